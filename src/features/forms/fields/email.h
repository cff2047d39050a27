#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace bursary::forms {

// An address that mail can be delivered to: RFC 5321 dot-atom or quoted local part of at most 64 bytes, UTF-8 allowed
// (RFC 6531), and a domain name of at least two labels, international ones by UTS #46. No address literals
// ("user@[192.0.2.1]").
bool is_email(std::string_view address);
// The address with the domain that was probably meant: "ada@gmial.com" → "ada@gmail.com". Nothing when all seems well.
std::optional<std::string> likely_email(std::string_view address);

}  // namespace bursary::forms
