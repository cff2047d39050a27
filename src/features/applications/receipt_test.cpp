#include <doctest/doctest.h>

#include "features/applications/receipt.h"
#include "features/applications/test_house.h"

using namespace bursary;
using namespace bursary::applications;
using Finding = ReceiptCheck::Finding;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

struct WithReceipt {
  testing::SqliteForTest sqlite;
  House house{*sqlite.database};
  ConfirmationView view = [&] {
    const auto submitted = submit(house.parts, house.good_request());
    REQUIRE(submitted.has_value());
    return house.database.read([&](db::Tx& tx) { return find_confirmation(tx, house.versions, submitted->link); })
        .value();
  }();
  std::vector<ReceiptKey> keys = receipt_keys(house.parts);
};

}  // namespace

TEST_CASE("a receipt says what was submitted when, holds, and tells nothing of the answers") {
  const WithReceipt given;
  const std::string receipt = make_receipt(given.house.parts, given.view, false);
  CHECK(receipt.find("Amina") == std::string::npos);
  CHECK(receipt.find("amina@example.org") == std::string::npos);
  const ReceiptCheck check = verify_receipt(receipt, given.keys);
  CHECK(check.finding == Finding::holds);
  CHECK(check.reference == given.view.application.reference);
  CHECK(check.program == "researcher-access");
  CHECK(check.issuer == "https://apply.example.org");
  CHECK(check.submitted_at == "2026-03-02T10:00:00Z");
  CHECK(check.form_version == given.house.program()->form_version);
  CHECK(check.digest == to_hex(given.view.submission.digest));
  CHECK_FALSE(check.answers_match.has_value());
  CHECK(make_receipt(given.house.parts, given.view, false) == receipt);
}

TEST_CASE("a receipt with answers proves them, and notices a changed word") {
  const WithReceipt given;
  const std::string receipt = make_receipt(given.house.parts, given.view, true);
  const ReceiptCheck check = verify_receipt(receipt, given.keys);
  CHECK(check.finding == Finding::holds);
  CHECK(check.answers_match == true);
  CHECK(check.answers == forms::to_json(given.view.submission.answers));

  const ReceiptCheck changed = verify_receipt(replaced(receipt, "perturbed", "perturbEd"), given.keys);
  CHECK(changed.finding == Finding::holds);
  CHECK(changed.answers_match == false);
  CHECK(changed.answers.empty());
  // Bytes moved from the answers into the salt give the same digest and must not pass.
  const std::string salt = given.view.submission.salt;
  std::string moved = replaced(receipt, to_base64url(salt), to_base64url(salt + "{"));
  moved = replaced(moved, "\"answers\": \"{", "\"answers\": \"");
  CHECK(verify_receipt(moved, given.keys).answers_match == false);
  CHECK(verify_receipt(replaced(receipt, "\"salt\"", "\"sallt\""), given.keys).answers_match == false);
}

TEST_CASE("a receipt survives what mail and editors do to white space, and nothing else") {
  const WithReceipt given;
  const std::string receipt = make_receipt(given.house.parts, given.view, false);
  std::string squeezed;
  for (const char c : receipt) {
    if (c != '\n') squeezed += c;
  }
  CHECK(verify_receipt(squeezed, given.keys).finding == Finding::holds);
  CHECK(verify_receipt("\xEF\xBB\xBF \r\n" + receipt + "\r\n\r\n", given.keys).finding == Finding::holds);

  const std::string& reference = given.view.application.reference;
  CHECK(verify_receipt(replaced(receipt, reference, "RA-0000-00000"), given.keys).finding == Finding::bad_signature);
  CHECK(verify_receipt(replaced(receipt, "2026-03-02T10", "2026-03-01T10"), given.keys).finding ==
        Finding::bad_signature);
  CHECK(verify_receipt(replaced(receipt, "apply.example.org", "evil.example.org"), given.keys).finding ==
        Finding::bad_signature);
  CHECK(verify_receipt(replaced(receipt, "\"program\": \"", "\"program\": \"x"), given.keys).finding ==
        Finding::bad_signature);
  // A value that would read as two lines of the signed text.
  CHECK(verify_receipt(replaced(receipt, reference, reference + "\\nsubmitted_at: x"), given.keys).finding ==
        Finding::not_a_receipt);
}

TEST_CASE("what is no receipt is said to be none") {
  const WithReceipt given;
  const std::string receipt = make_receipt(given.house.parts, given.view, false);
  for (const std::string& text :
       {std::string(), std::string("hello"), std::string("{}"), std::string("[]"), std::string("null"),
        std::string(1000, '['), receipt.substr(0, receipt.size() / 2), std::string("{\"a\":\"\xFF\"}"),
        std::string("\0{}", 3), replaced(receipt, "bursary-receipt-1", "bursary-receipt-2"),
        replaced(receipt, "\"digest\": \"", "\"digest\": 1, \"x\": \"")}) {
    INFO(text.substr(0, 60));
    CHECK(verify_receipt(text, given.keys).finding == Finding::not_a_receipt);
  }
}

TEST_CASE("a key that was retired still verifies, and a stranger's does not") {
  WithReceipt given;
  const std::string old_receipt = make_receipt(given.house.parts, given.view, false);
  const SigningKey fresh = SigningKey::from_seed(std::string(32, 'n'));
  const House& house = given.house;
  const Parts rotated{
      given.house.database, house.clock, given.house.random,         given.house.ids,    *house.programs,
      given.house.versions, fresh,       house.parts.public_address, house.parts.secret, given.keys};
  const std::vector<ReceiptKey> keys = receipt_keys(rotated);
  REQUIRE(keys.size() == 2);
  CHECK(keys[0].id == fresh.id());
  CHECK(verify_receipt(old_receipt, keys).finding == Finding::holds);
  CHECK(verify_receipt(make_receipt(rotated, given.view, false), keys).finding == Finding::holds);
  CHECK(verify_receipt(make_receipt(rotated, given.view, false), given.keys).finding == Finding::unknown_key);
  // Signed by a stranger under our key's name.
  const std::string forged = replaced(make_receipt(rotated, given.view, false), fresh.id(), given.keys[0].id);
  CHECK(verify_receipt(forged, given.keys).finding == Finding::bad_signature);

  const auto read = receipt_keys_from_json(receipt_keys_json(keys));
  REQUIRE(read.has_value());
  REQUIRE(read->size() == 2);
  CHECK((*read)[1].public_key == keys[1].public_key);
  CHECK(verify_receipt(old_receipt, *read).finding == Finding::holds);
  CHECK_FALSE(
      receipt_keys_from_json("{\"keys\":[{\"id\":\"x\",\"algorithm\":\"RSA\",\"public_key\":\"AA\"}]}").has_value());
  CHECK_FALSE(receipt_keys_from_json("nothing").has_value());
}
