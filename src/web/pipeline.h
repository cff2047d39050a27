// The way of every request that is not a stored page: language, session, route, permission, anti-forgery, limits,
// handler, errors to pages, security headers. One call, on a worker thread; no sockets.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "web/page_store.h"
#include "web/router.h"

namespace bursary::web {

// What the pipeline needs from outside. `phrasebooks` is asked once per request: a reload changes it.
struct PipelineParts {
  const Router& router;
  const Clock& clock;
  Sessions& sessions;
  std::function<std::shared_ptr<const html::Phrasebooks>()> phrasebooks;
  // Draws an error as a page in the site's layout (404, 403, 500 …); JSON clients get problem+json instead.
  std::function<Response(const Request&, const Context&, int status, const Error&)> error_page;
  std::string form_secret;  // key of the anti-forgery tokens; from the data folder
};

class Pipeline {
 public:
  explicit Pipeline(PipelineParts parts);
  // Never throws. The response carries every header but Date, Content-Length and Connection.
  Response handle(const Request& request) const;
  // The language a request asks for: ?lang=, then cookie `lang`, then Accept-Language.
  std::string locale_of(const Request& request) const;
  // For what net/ must say without a route: 400, 408, 413, 429, 431, 503.
  Response refusal(const Request& request, int status) const;
  // What a route takes, before the body is read: limit in bytes, or 0 (413/415 early). Null: no such route.
  const Route* route_of(Method method, std::string_view path) const;

 private:
  PipelineParts parts_;
};

// The headers of every response; `secure` adds HSTS. CSP: default-src 'none', own scripts, styles, images, fonts,
// connections and forms alone; nothing inline.
void add_security_headers(Headers& headers, bool secure);

// Anti-forgery token of a session or a draft: HMAC of its secret. Compared in constant time.
std::string form_token(std::string_view form_secret, std::string_view bound_to);

}  // namespace bursary::web
