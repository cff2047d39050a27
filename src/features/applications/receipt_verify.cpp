#include <boost/json.hpp>

#include "base/text.h"
#include "features/applications/receipt.h"

namespace bursary::applications {

namespace json = boost::json;

namespace {

constexpr std::size_t kLargest = 20u << 20;
constexpr std::size_t kLongestFact = 300;
constexpr std::size_t kSaltBytes = 16;  // fixed: else bytes could move from the answers into the salt

std::optional<json::object> object_from(std::string_view text) {
  if (text.size() > kLargest || !is_utf8(text)) return std::nullopt;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  json::parse_options options;
  options.max_depth = 6;
  boost::system::error_code refused;
  const std::string trimmed(trim(text));
  json::value value = json::parse(trimmed, refused, {}, options);
  if (refused || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

std::optional<std::string> member_text(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

bool is_fact(std::string_view text) {
  const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
  return !text.empty() && text.size() <= kLongestFact && std::all_of(text.begin(), text.end(), printable);
}

// All or nothing: a line that is no fact could make the signed text read as another.
std::optional<ReceiptFacts> facts_of(const json::object& object) {
  ReceiptFacts facts;
  const std::pair<std::string_view, std::string*> wanted[] = {
      {"digest", &facts.digest},   {"form_version", &facts.form_version}, {"issuer", &facts.issuer},
      {"program", &facts.program}, {"reference", &facts.reference},       {"submitted_at", &facts.submitted_at}};
  for (const auto& [name, place] : wanted) {
    std::optional<std::string> text = member_text(object, name);
    if (!text || !is_fact(*text)) return std::nullopt;
    *place = std::move(*text);
  }
  return facts;
}

// The answers beside the receipt are what was submitted when salt and answers give the signed digest.
void open_answers(const json::object& object, ReceiptCheck& check) {
  const std::optional<std::string> salt = member_text(object, "salt");
  const std::optional<std::string> answers = member_text(object, "answers");
  if (!salt && !answers) return;
  const std::optional<std::string> bytes = salt ? from_base64url(*salt) : std::nullopt;
  const bool match = bytes && bytes->size() == kSaltBytes && answers &&
                     to_hex(bytes_of(answers_digest(*bytes, *answers))) == check.digest;
  check.answers_match = match;
  if (match) check.answers = *answers;
}

}  // namespace

ReceiptCheck verify_receipt(std::string_view text, const std::vector<ReceiptKey>& keys) {
  ReceiptCheck check;
  const std::optional<json::object> object = object_from(text);
  if (!object || member_text(*object, "format") != "bursary-receipt-1") return check;
  const std::optional<ReceiptFacts> facts = facts_of(*object);
  check.key_id = member_text(*object, "key").value_or("");
  const std::optional<std::string> signature = member_text(*object, "signature");
  if (!facts || !is_fact(check.key_id) || !signature) return check;
  check.program = facts->program;
  check.reference = facts->reference;
  check.form_version = facts->form_version;
  check.submitted_at = facts->submitted_at;
  check.digest = facts->digest;
  check.issuer = facts->issuer;
  check.finding = ReceiptCheck::Finding::unknown_key;
  for (const ReceiptKey& key : keys) {
    if (key.id != check.key_id) continue;
    const std::optional<std::string> bytes = from_base64url(*signature);
    const bool holds = bytes && signature_holds(key.public_key, receipt_text(*facts), *bytes);
    check.finding = holds ? ReceiptCheck::Finding::holds : ReceiptCheck::Finding::bad_signature;
    if (holds) break;
  }
  if (check.finding == ReceiptCheck::Finding::holds) open_answers(*object, check);
  return check;
}

Result<std::vector<ReceiptKey>> receipt_keys_from_json(std::string_view text) {
  const auto refused = [] { return fail(ErrorKind::invalid, "applications.problem.receipt_keys"); };
  const std::optional<json::object> object = object_from(text);
  const json::value* list = object ? object->if_contains("keys") : nullptr;
  if (list == nullptr || !list->is_array()) return refused();
  std::vector<ReceiptKey> keys;
  for (const json::value& entry : list->get_array()) {
    if (!entry.is_object()) return refused();
    const std::optional<std::string> id = member_text(entry.get_object(), "id");
    const std::optional<std::string> encoded = member_text(entry.get_object(), "public_key");
    const std::optional<std::string> bytes = encoded ? from_base64url(*encoded) : std::nullopt;
    if (member_text(entry.get_object(), "algorithm") != "Ed25519" || !id || !bytes || bytes->size() != 32)
      return refused();
    keys.push_back({*id, *bytes});
  }
  return keys;
}

}  // namespace bursary::applications
