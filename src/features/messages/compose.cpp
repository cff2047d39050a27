#include <fmt/format.h>

#include <stdexcept>

#include "base/crypto.h"
#include "base/mail_address.h"
#include "features/messages/desk.h"
#include "features/messages/mail.html.h"
#include "features/messages/messages.h"
#include "features/messages/mime.h"

namespace bursary::messages {
namespace {

// RFC 5322: as in HTTP, but with a numeric zone.
std::string mail_date(Instant at) {
  std::string date = to_http_date(at);
  return date.substr(0, date.size() - 3) + "+0000";
}

std::string part(std::string_view boundary, std::string_view media_type, std::string_view text) {
  const TransferEncoding encoding = encoding_for(text);
  return fmt::format("--{}\r\nContent-Type: {}; charset=utf-8\r\nContent-Transfer-Encoding: {}\r\n\r\n{}", boundary,
                     media_type, to_string(encoding), encoded(text, encoding));
}

std::string html_document(const Words& words, const html::Phrasebook& phrases, const Phrase& footer) {
  html::Writer writer(phrases);
  tpl::messages::mail(writer, {phrases.tag(), phrases.right_to_left(), words.subject, words.html, footer});
  return writer.str();
}

}  // namespace

Result<web::OutgoingMail> compose(const programs::Program& program, const Message& message, const Sender& sender,
                                  Instant date, const TellLink& tell) {
  const std::optional<MailAddress> recipient = read_mail_address(message.recipient);
  if (!recipient || !is_plain_address(sender.address)) {
    return fail(ErrorKind::invalid, "messages.problem.address", "not an address that mail can be sent to");
  }
  if (!message.links.empty() && !tell) throw std::logic_error("a message with a private link needs who tells it");
  std::optional<std::string> told_list;  // what ends a list (RFC 2369), where its mail has such a link
  if (const auto stop = message.links.find("stop_link"); stop != message.links.end()) told_list = tell(stop->second);
  const Result<Words> words = words_of(program, message, tell);
  if (!words) return fail(words.error());
  const html::Phrasebook& phrases = program.phrasebooks->get(message.locale);
  const std::string host = program.host.in(message.locale);
  const Phrase footer("messages.footer", {{"host", host}, {"program", program.name.in(message.locale)}});

  // "=_" stands in no quoted-printable or base64 text (RFC 2045, section 6.7).
  const std::string boundary = "=_" + to_hex(bytes_of(sha256(message.message_id)).substr(0, 12));
  std::string mail = "Date: " + mail_date(date) + "\r\n";
  mail += address_line("From", sender.name.empty() ? host : sender.name, sender.address);
  if (is_plain_address(program.contact_email)) mail += address_line("Reply-To", "", program.contact_email);
  mail += address_line("To", "", recipient->text());
  mail += header_line("Subject", words->subject);
  mail += header_line("Message-ID", message.message_id);
  mail += "MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n";
  if (told_list) mail += header_line("List-Unsubscribe", "<" + *told_list + ">");
  // One click in the reader's mail program (RFC 8058), which posts by HTTPS alone.
  if (told_list && told_list->starts_with("https://"))
    mail += header_line("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  mail += header_line("Content-Language", phrases.tag());
  mail += fmt::format("Content-Type: multipart/alternative; boundary=\"{}\"\r\n\r\n", boundary);
  mail += part(boundary, "text/plain", fmt::format("{}\n-- \n{}\n", words->plain, phrases.text(footer)));
  mail += part(boundary, "text/html", html_document(*words, phrases, footer));
  mail += fmt::format("--{}--\r\n", boundary);
  return web::OutgoingMail{
      sender.bounce_address.empty() ? sender.address : envelope_for(sender.bounce_address, message.id, sender.secret),
      recipient->text(), message.message_id, std::move(mail)};
}

}  // namespace bursary::messages
