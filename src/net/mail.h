// The ways mail can leave: to a mail server by SMTP, or into a Maildir on this machine.
#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "web/outside.h"

namespace bursary::net {

struct SmtpOptions {
  std::string url;   // "smtp://mail.example.org:587" (STARTTLS), "smtps://mail.example.org:465" (TLS at once)
  std::string user;  // empty: no authentication
  std::string
      password_file;        // its first line; read for each message, so that it can be changed; not readable by others
  bool require_tls = true;  // smtp:// without STARTTLS is then refused, before anything secret is said
  std::string certificate_file;  // PEM of the authorities to believe; empty: the system's
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds timeout{60'000};  // of a whole message
};

// One connection for each message. Any thread.
class SmtpSender final : public web::MailSender {
 public:
  explicit SmtpSender(SmtpOptions options);
  web::SendResult send(const web::OutgoingMail& mail) override;

 private:
  SmtpOptions options_;
};

// A message is a file in `folder`/new, made durable before send() returns. The folder is made when it is missing. The
// same message_id is the same file: trying again makes no second copy as long as the first has not been thrown away.
class MaildirSender final : public web::MailSender {
 public:
  explicit MaildirSender(std::string folder);
  web::SendResult send(const web::OutgoingMail& mail) override;

 private:
  std::string folder_;
};

// What is wrong with a message that could make one command or header into two; empty when nothing is.
std::string unfit(const web::OutgoingMail& mail);
// With CR LF at the end of every line, the last one too.
std::string with_crlf(std::string_view text);

}  // namespace bursary::net
