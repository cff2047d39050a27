// A response as a plain value. Security headers, the request id and Content-Language are added by the pipeline, Date,
// Content-Length and Connection by net/; never by a handler. A HEAD's response keeps its body, which net/ measures
// and does not send. A handler may return a bare status of 400 and above without a body: the pipeline draws its page.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "html/writer.h"
#include "web/request.h"

namespace bursary::web {

// A body that is produced piece by piece on a worker thread (exports). Called until it returns false; throwing
// cuts the connection so that a half export never looks whole.
class BodySource {
 public:
  virtual ~BodySource() = default;
  virtual bool next(std::string& piece) = 0;  // replaces `piece`; false: no more, `piece` is ignored
  // How long to wait before next() is called again, exact to a tenth of a second; no thread is held meanwhile.
  virtual std::chrono::milliseconds pause() const { return {}; }
};

class Relay;  // web/relay.h: what net/ passes on to somebody else's server

struct Response {
  int status = 200;
  Headers headers;
  std::variant<std::string, std::shared_ptr<BodySource>, std::shared_ptr<Relay>> body;

  Response& header(std::string name, std::string value) {
    headers.add(std::move(name), std::move(value));
    return *this;
  }
};

Response html_page(html::SafeHtml page, int status = 200);  // text/html; charset=utf-8, Cache-Control: no-store
Response plain_text(std::string text, int status = 200);
Response json(std::string document, int status = 200);
// RFC 9457. `type` is "/problems/<key>", `title` the phrase in the request's language, `errors` the fields.
Response problem(const Error& error, const html::Phrasebook& phrases, std::string_view request_id);
Response problem(const Error& error, int status, const html::Phrasebook& phrases, std::string_view request_id);
// As the API says it: `title` names the status, `detail` is the sentence, each of `errors` stands at a JSON pointer
// ("/due") or, where its field begins with '?', at a parameter.
Response api_problem(const Error& error, int status, const html::Phrasebook& phrases, std::string_view request_id);
int status_of(ErrorKind kind);
// 415 and 400 for what web/form_data.h says, 400, 412 and 415 for what the API says of a request, else by kind.
int status_of(const Error& error);
// 303 to a local path; anything that is not one ("//x", "\x", "https:…", control characters) becomes "/".
Response see_other(std::string_view local_path);
// 303 to another site that the operator named; throws std::invalid_argument for what is no http(s) address.
Response see_other_site(const std::string& address);
bool is_local_path(std::string_view path);
Response attachment(std::string bytes, std::string_view media_type,
                    std::string_view file_name);  // nosniff + sandbox CSP
Response streamed(std::shared_ptr<BodySource> source, std::string_view media_type, std::string_view file_name);

struct Cookie {
  std::string name, value;
  std::optional<std::chrono::seconds> max_age;  // absent: ends with the browser's session
  bool http_only = true;
};
// Adds the __Host- prefix and Secure, but for plain http on loopback; Path=/, SameSite=Lax.
void set_cookie(Response& response, const Request& request, const Cookie& cookie);
std::optional<std::string> read_cookie(const Request& request, std::string_view name);

}  // namespace bursary::web
