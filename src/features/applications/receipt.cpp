#include "features/applications/receipt.h"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace bursary::applications {

namespace json = boost::json;

std::string receipt_text(const ReceiptFacts& facts) {
  return fmt::format(
      "bursary-receipt-1\ndigest: {}\nform_version: {}\nissuer: {}\nprogram: {}\nreference: {}\nsubmitted_at: {}\n",
      facts.digest, facts.form_version, facts.issuer, facts.program, facts.reference, facts.submitted_at);
}

std::string make_receipt(const Parts& parts, const ConfirmationView& view, bool open) {
  const Submission& submission = view.submission;
  const ReceiptFacts facts{to_hex(submission.digest),  parts.form_versions.hash_of(view.submission.form_version),
                           parts.public_address,       view.application.program,
                           view.application.reference, to_rfc3339(submission.submitted_at)};
  const std::string text = receipt_text(facts);
  // Written by hand for its order and line breaks: people open it.
  std::string out = "{\n  \"format\": \"bursary-receipt-1\",\n";
  const auto line = [&](std::string_view name, std::string_view value) {
    out += fmt::format("  \"{}\": {},\n", name, json::serialize(json::value(value)));
  };
  line("reference", facts.reference);
  line("submitted_at", facts.submitted_at);
  line("program", facts.program);
  line("issuer", facts.issuer);
  line("form_version", facts.form_version);
  line("digest", facts.digest);
  line("key", parts.signing_key.id());
  if (open) {
    line("salt", to_base64url(submission.salt));
    line("answers", forms::to_json(submission.answers));
  }
  out += fmt::format("  \"signature\": \"{}\"\n}}\n", to_base64url(sign(parts.signing_key, text)));
  return out;
}

std::vector<ReceiptKey> receipt_keys(const Parts& parts) {
  const auto& bytes = parts.signing_key.public_key;
  std::vector<ReceiptKey> out = {{parts.signing_key.id(), std::string(bytes.begin(), bytes.end())}};
  for (const ReceiptKey& key : parts.retired_keys) {
    if (key.id != out.front().id) out.push_back(key);
  }
  return out;
}

std::string receipt_keys_json(const std::vector<ReceiptKey>& keys) {
  json::array list;
  for (const ReceiptKey& key : keys) {
    list.push_back({{"id", key.id}, {"algorithm", "Ed25519"}, {"public_key", to_base64url(key.public_key)}});
  }
  return json::serialize(json::object{{"keys", std::move(list)}}) + "\n";
}

}  // namespace bursary::applications
