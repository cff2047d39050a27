// The signed receipt: docs/formats/receipt.md. Private; verification is public in applications.h.
#pragma once
#include <string>
#include <string_view>

#include "features/applications/applications.h"

namespace bursary::applications {

// What is signed, each value printable ASCII.
struct ReceiptFacts {
  std::string digest;        // hex
  std::string form_version;  // hex SHA-256 of the form's definition
  std::string issuer;        // Parts::public_address
  std::string program, reference;
  std::string submitted_at;  // RFC 3339, UTC
};
// The bytes under the signature.
std::string receipt_text(const ReceiptFacts& facts);

// The document that an applicant keeps. With `open` it carries salt and answers, and so proves what was submitted;
// without, it proves that something was, and tells nothing of it.
std::string make_receipt(const Parts& parts, const ConfirmationView& view, bool open);
// The key in use, then the retired ones.
std::vector<ReceiptKey> receipt_keys(const Parts& parts);

}  // namespace bursary::applications
