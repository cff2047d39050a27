// A mail address, from what somebody typed to what a header and a mail server take.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace bursary {

struct MailAddress {
  std::string local;   // Unicode NFC; between quotes where it was typed so
  std::string domain;  // ASCII: "例え.jp" has become "xn--r8jz45g.jp"

  std::string text() const { return local + "@" + domain; }
  // Only servers with SMTPUTF8 (RFC 6531) take it.
  bool is_international() const;
};

// "\"john doe\"": between quotes, nothing in it ends them, and it is on one line.
bool is_quoted_local(std::string_view local);

// RFC 5321 dot-atom or quoted local part of at most 64 bytes, UTF-8 allowed (RFC 6531) but nothing that cannot be seen,
// and a domain name of at least two labels, international ones by UTS #46. No address literals ("user@[192.0.2.1]").
// Holds no control character, so it never ends a header or a command.
std::optional<MailAddress> read_mail_address(std::string_view typed);

}  // namespace bursary
