// The way of every request that is not a stored page: language, session, route, permission, anti-forgery, limits,
// handler, errors to pages, security headers. One call, on a worker thread; no sockets.
//
// Under /api/v1 nobody is anybody but by "Authorization: Bearer" with a service token: cookies are not looked at, so no
// other site's page can make a browser do anything there, and no anti-forgery token is asked for.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "web/page_store.h"
#include "web/router.h"

namespace bursary::web {

class Metrics;
class RateLimiter;
class SparingLog;

// What the pipeline needs from outside. `phrasebooks` is asked once per request: a reload changes it.
struct PipelineParts {
  const Router& router;
  const Clock& clock;
  Sessions& sessions;
  std::function<std::shared_ptr<const html::Phrasebooks>()> phrasebooks;
  // Draws an error as a page in the site's layout (404, 403, 500 …); JSON clients get problem+json instead.
  std::function<Response(const Request&, const Context&, int status, const Error&)> error_page;
  std::string form_secret;              // key of the anti-forgery tokens; from the data folder
  RateLimiter* rate_limiter = nullptr;  // null: no limits
  Metrics* metrics = nullptr;           // null: nothing is counted
  // Opens Permission::operate to who sends "Authorization: Bearer <token>"; empty: loopback alone.
  std::string operator_token = {};
};

class Pipeline {
 public:
  // The router must be complete.
  explicit Pipeline(PipelineParts parts);
  // Never throws. The response carries every header but Date, Content-Length and Connection.
  Response handle(const Request& request) const;
  // The language a request asks for: ?lang=, then cookie `lang`, then Accept-Language.
  std::string locale_of(const Request& request) const;
  // The Set-Cookie line that remembers ?lang=, for the stored pages that net/ answers; nothing when it asks for none.
  std::optional<std::string> language_cookie(const Request& request) const;
  // For what net/ must say without a route: 400, 408, 413, 429, 431, 503.
  Response refusal(const Request& request, int status) const;
  // What a route takes, before the body is read: limit in bytes, or 0 (413/415 early). Null: no such route.
  const Route* route_of(Method method, std::string_view path) const;

 private:
  struct Asked;   // one request on its way
  struct Series;  // what is counted
  Response answer(Asked& asked) const;
  std::optional<Response> gate(Asked& asked) const;
  std::optional<Response> check_proof(const Asked& asked) const;
  std::optional<Response> check_forgery(Asked& asked) const;
  std::optional<Response> check_rate(Asked& asked) const;
  void find_viewer(Asked& asked) const;
  bool permitted(const Asked& asked) const;
  Response refuse(const Asked& asked, int status, Phrase message = {}) const;
  Response ask_for_token(const Asked& asked) const;
  Response refuse(const Asked& asked, int status, const Error& error) const;
  Response away(const Asked& asked, const std::exception& problem) const;
  void finish(const Asked& asked, Response& response) const;

  PipelineParts parts_;
  std::shared_ptr<const Series> series_;
  std::shared_ptr<SparingLog> away_log_;
};

// Whether a request that changes something comes from this site's own pages: Sec-Fetch-Site and Origin, of which at
// least one must be there and neither may say otherwise.
bool is_same_origin(const Request& request);

// The headers of every response, added where they are not set yet; `secure` adds HSTS. CSP: default-src 'none', own
// scripts, styles, images, fonts, connections and forms alone; nothing inline.
void add_security_headers(Headers& headers, bool secure);

// Anti-forgery token of a session or a draft: HMAC of its secret. Compared in constant time.
std::string form_token(std::string_view form_secret, std::string_view bound_to);

}  // namespace bursary::web
