#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include "base/secret_file.h"
#include "base/text.h"
#include "net/curl.h"
#include "net/mail.h"

namespace bursary::net {
namespace {

using web::Delivery;
using web::SendResult;

// What the other side said, and how far the text had gone by then.
struct Talk {
  std::string_view left;             // of the text
  bool all_handed_over = false;      // the final dot may have been sent
  bool answered_after_text = false;  // a reply came after that: it is the last word on the message
  std::string last_reply;            // "550 5.1.1 No such user"
  bool needs_utf8 = false;           // an address is not ASCII
  bool offers_utf8 = false;          // in the last list of extensions
  bool begun = false;                // the commands about this message
  int replies = 0;                   // to them: the first is to MAIL FROM
};

std::size_t read_text(char* into, std::size_t size, std::size_t count, void* talk) {
  auto& state = *static_cast<Talk*>(talk);
  const std::size_t part = std::min(size * count, state.left.size());
  std::copy_n(state.left.data(), part, into);
  state.left.remove_prefix(part);
  if (part == 0) state.all_handed_over = true;
  return part;
}

std::size_t hear_reply(char* line, std::size_t size, std::size_t count, void* talk) {
  auto& state = *static_cast<Talk*>(talk);
  std::string_view text(line, size * count);
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  // The answer to our farewell says nothing about the message.
  if (text.size() >= 3 && text[0] >= '2' && text[0] <= '5' && !text.starts_with("221")) {
    state.last_reply.assign(text.substr(0, 300));
    if (text.starts_with("220")) state.offers_utf8 = false;  // a greeting, or TLS begins: the list comes (again)
    if (text.starts_with("250") && text.size() > 4 && equal_ignoring_case_ascii(text.substr(4), "SMTPUTF8"))
      state.offers_utf8 = true;
    if (state.all_handed_over) state.answered_after_text = true;
    const bool last_line = text.size() == 3 || text[3] == ' ';
    if (state.begun && last_line) ++state.replies;
  }
  return size * count;
}

// Asked between the server's list of extensions and the first command about this message. libcurl would send such an
// address to any server, and one without SMTPUTF8 may take it for another.
int before_message(void* talk, char*, char*, int, int) {
  auto& state = *static_cast<Talk*>(talk);
  state.begun = true;
  return state.needs_utf8 && !state.offers_utf8 ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

// The connection failed, or the other side refused; before or after the text was handed over.
SendResult judge(CURLcode code, const Talk& talk, const char* words) {
  if (code == CURLE_OK) return {Delivery::sent, talk.last_reply};
  if (code == CURLE_ABORTED_BY_CALLBACK && talk.needs_utf8 && !talk.offers_utf8) {
    return {Delivery::refused_for_good,
            "the mail server takes no addresses with letters beyond ASCII before the @ (it does not offer SMTPUTF8)"};
  }
  std::string detail = *words != '\0' ? words : curl_easy_strerror(code);
  if (!talk.last_reply.empty()) detail += " (" + talk.last_reply + ")";
  if (talk.all_handed_over && !talk.answered_after_text) return {Delivery::maybe_sent, detail};
  // What was said to our greeting, our TLS, our password or our sender is mended by the operator, not by giving the
  // message up.
  const int reply = std::atoi(talk.last_reply.substr(0, 3).c_str());
  const bool about_us = talk.replies < 2 || (reply >= 530 && reply <= 538);
  if (reply >= 500 && reply < 600 && !about_us) return {Delivery::refused_for_good, detail};
  return {Delivery::refused_now, detail};
}

}  // namespace

SmtpSender::SmtpSender(SmtpOptions options) : options_(std::move(options)) { begin_curl(); }

SendResult SmtpSender::send(const web::OutgoingMail& mail) {
  if (const auto reason = unfit(mail); !reason.empty()) return {Delivery::refused_for_good, reason};
  std::string password;
  if (!options_.user.empty()) {
    auto read = read_secret_file(options_.password_file);
    if (!read) return {Delivery::refused_now, "the password file: " + read.error().detail};
    password = std::move(*read);
  }
  const CurlHandle handle(curl_easy_init());
  if (!handle) return {Delivery::refused_now, "libcurl cannot start"};
  CURL* c = handle.get();

  const std::string content = with_crlf(mail.content);
  Talk talk;
  talk.left = content;
  talk.needs_utf8 = !is_ascii(mail.recipient) || !is_ascii(mail.sender);
  const std::string from = "<" + mail.sender + ">", to = "<" + mail.recipient + ">";
  const CurlList recipients(curl_slist_append(nullptr, to.c_str()));
  std::array<char, CURL_ERROR_SIZE> words{};

  curl_easy_setopt(c, CURLOPT_URL, options_.url.c_str());
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(c, CURLOPT_USE_SSL, static_cast<long>(options_.require_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  curl_easy_setopt(c, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options_.certificate_file.empty()) curl_easy_setopt(c, CURLOPT_CAINFO, options_.certificate_file.c_str());
  if (!options_.user.empty()) {
    curl_easy_setopt(c, CURLOPT_USERNAME, options_.user.c_str());
    curl_easy_setopt(c, CURLOPT_PASSWORD, password.c_str());
  }
  curl_easy_setopt(c, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(c, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(c, CURLOPT_READFUNCTION, &read_text);
  curl_easy_setopt(c, CURLOPT_READDATA, &talk);
  curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, &hear_reply);
  curl_easy_setopt(c, CURLOPT_HEADERDATA, &talk);
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, &hear_reply);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, &talk);
  curl_easy_setopt(c, CURLOPT_PREREQFUNCTION, &before_message);
  curl_easy_setopt(c, CURLOPT_PREREQDATA, &talk);
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
  curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.timeout.count()));
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_PROXY, "");  // the environment does not decide where mail goes
  curl_easy_setopt(c, CURLOPT_ERRORBUFFER, words.data());

  const CURLcode code = curl_easy_perform(c);
  return judge(code, talk, words.data());
}

}  // namespace bursary::net
