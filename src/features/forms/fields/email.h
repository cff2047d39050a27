#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace bursary::forms {

// An address that mail can be delivered to (base/mail_address.h).
bool is_email(std::string_view address);
// The address with the domain that was probably meant: "ada@gmial.com" → "ada@gmail.com". Nothing when all seems well.
std::optional<std::string> likely_email(std::string_view address);

}  // namespace bursary::forms
