#include <fstream>
#include <iterator>

#include "app/commands.h"
#include "app/data_folder.h"
#include "features/applications/applications.h"

namespace bursary::app {
namespace {

constexpr std::size_t kLargestReceipt = 4u << 20;

Result<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorKind::not_found, "app.problem.no_file", "cannot read " + path.string());
  std::string text((std::istreambuf_iterator<char>(file)), {});
  if (text.size() > kLargestReceipt)
    return fail(ErrorKind::limit, "app.problem.no_file", path.string() + " is too large");
  return text;
}

Result<std::vector<applications::ReceiptKey>> trusted_keys(const VerifyOptions& options) {
  if (!options.keys.empty()) {
    auto text = read_file(options.keys);
    if (!text) return fail(std::move(text).error());
    return applications::receipt_keys_from_json(*text);
  }
  SystemRandom random;
  if (!std::filesystem::exists(options.data / "secrets")) {
    return fail(ErrorKind::not_found, "app.problem.no_file",
                options.data.string() + " is no data folder: give --keys or --data");
  }
  auto folder = DataFolder::open(options.data, random);
  if (!folder) return fail(std::move(folder).error());
  std::vector<applications::ReceiptKey> keys;
  const auto add = [&](const SigningKey& key) { keys.push_back({key.id(), std::string(bytes_of(key.public_key))}); };
  add(folder->secrets().receipt);
  for (const auto& key : folder->secrets().earlier_receipt) add(key);
  return keys;
}

}  // namespace

int verify_receipt_file(const VerifyOptions& options) {
  using Finding = applications::ReceiptCheck::Finding;
  const auto keys = trusted_keys(options);
  if (!keys) return complain(keys.error().detail);
  const auto text = read_file(options.receipt == "-" ? std::filesystem::path("/dev/stdin") : options.receipt);
  if (!text) return complain(text.error().detail);
  const auto check = applications::verify_receipt(*text, *keys);
  switch (check.finding) {
    case Finding::not_a_receipt:
      return complain("this is not a receipt");
    case Finding::unknown_key:
      return complain("the receipt names a key that is not trusted here: " + check.key_id);
    case Finding::bad_signature:
      return complain("the signature does not hold: the receipt was altered, or never came from here");
    case Finding::holds:
      break;
  }
  const bool holds = check.answers_match.value_or(true);
  fmt::print("{}: {} of program {}, submitted {}\n", holds ? "holds" : "does NOT hold", check.reference, check.program,
             check.submitted_at);
  if (!holds) fmt::print("the receipt was signed here, but the answers in it are not the ones that were submitted\n");
  fmt::print("form version {}\nanswers' digest {}\nkey {}\n", check.form_version, check.digest, check.key_id);
  if (holds && check.answers_match) fmt::print("answers in the receipt: the ones submitted\n");
  return holds ? 0 : 1;
}

}  // namespace bursary::app
