#include "web/pipeline.h"

#include <spdlog/spdlog.h>

#include <exception>

#include "base/crypto.h"
#include "base/text.h"
#include "base/unavailable.h"
#include "web/address.h"
#include "web/form_data.h"
#include "web/metrics.h"
#include "web/operation.h"
#include "web/rate_limit.h"
#include "web/sparing_log.h"

namespace bursary::web {
namespace {

constexpr std::string_view kSessionCookie = "session";
constexpr std::string_view kLanguageCookie = "lang";
constexpr std::chrono::hours kRememberLanguage{24 * 365};

bool changes_something(Method method) {
  return method != Method::get && method != Method::head && method != Method::options;
}

// A program asks, not a person: by path, by what it sends or by what it wants back.
bool wants_json(const Request& request) {
  const std::string_view accept = request.header("Accept");
  const bool asks = accept.find("application/json") != std::string_view::npos ||
                    accept.find("application/problem+json") != std::string_view::npos;
  if (asks && accept.find("text/html") == std::string_view::npos) return true;
  return request.path.starts_with("/api/") || request.media_type() == "application/json";
}

// Empty when there is none. The scheme's name is compared without case.
std::string_view bearer_of(const Request& request) {
  constexpr std::string_view kScheme = "bearer ";
  const std::string_view sent = request.header("Authorization");
  if (to_lower_ascii(sent.substr(0, kScheme.size())) != kScheme) return {};
  return sent.substr(kScheme.size());
}

bool fits(BodyKind kind, const Request& request) {
  const std::string type = request.media_type();
  if (kind == BodyKind::json) return type == "application/json";
  return type == "application/x-www-form-urlencoded" || type == "multipart/form-data";
}

ErrorKind kind_of(int status) {
  switch (status) {
    case 403:
      return ErrorKind::forbidden;
    case 404:
      return ErrorKind::not_found;
    case 409:
      return ErrorKind::conflict;
    case 429:
      return ErrorKind::limit;
    case 503:
      return ErrorKind::unavailable;
    default:
      return ErrorKind::invalid;
  }
}

// Somebody behind a proxy on this machine is not this machine.
bool is_this_machine(const Request& request) {
  return is_loopback_address(request.peer) && !request.headers.has("X-Forwarded-For") &&
         !request.headers.has("Forwarded");
}

bool is_empty(const Response& response) {
  const auto* text = std::get_if<std::string>(&response.body);
  return text != nullptr && text->empty();
}

bool is_html(const Response& response) {
  return response.headers.find("Content-Type").value_or(std::string_view{}).starts_with("text/html");
}

}  // namespace

// Holds the phrasebooks, so that a reload in the middle does not take the words away.
struct Pipeline::Asked {
  const Request& request;
  std::shared_ptr<const html::Phrasebooks> books;
  Context context;
  Router::Match match;
  bool api = false;
  std::optional<RateLimiter::Taken> taken = std::nullopt;  // of a service token
};

// One set of series for each route, made beforehand: noting a request takes no lock but the histogram's own.
struct Pipeline::Series {
  struct OfRoute {
    std::vector<Counter> answers;  // by hundreds of the status: 1xx … 5xx
    Histogram seconds;
  };

  Series(Metrics& metrics, const Router& router) {
    for (const auto& route : router.routes()) add(metrics, route.get());
    add(metrics, nullptr);
  }

  void add(Metrics& metrics, const Route* route) {
    const std::string path = route != nullptr ? route->path : "none";
    const std::string method(route != nullptr ? to_string(route->method) : "none");
    std::vector<Counter> answers;
    for (const char* hundreds : {"1xx", "2xx", "3xx", "4xx", "5xx"}) {
      answers.push_back(metrics.counter("bursary_requests_total", "Requests through the pipeline, by route and answer.",
                                        {{"method", method}, {"route", path}, {"status", hundreds}}));
    }
    by_route.emplace(route,
                     OfRoute{std::move(answers),
                             metrics.histogram("bursary_request_seconds", "Time in the pipeline and the handler.",
                                               {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5},
                                               {{"method", method}, {"route", path}})});
  }

  void note(const Route* route, int status, double took) const {
    const auto found = by_route.find(route);
    if (found == by_route.end()) return;
    const auto hundreds = static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1);
    found->second.answers[hundreds].add();
    found->second.seconds.observe(took);
  }

  std::unordered_map<const Route*, OfRoute> by_route;
};

Pipeline::Pipeline(PipelineParts parts) : parts_(std::move(parts)), away_log_(std::make_shared<SparingLog>()) {
  if (parts_.metrics != nullptr) series_ = std::make_shared<const Series>(*parts_.metrics, parts_.router);
}

std::string Pipeline::locale_of(const Request& request) const {
  const auto books = parts_.phrasebooks();
  if (const auto asked = request.parameter(kLanguageCookie); asked && books->has(*asked))
    return books->get(*asked).tag();
  // By either of its names: a language is no secret, and net/ asks for stored pages before it knows the rest of a
  // request.
  for (const auto& name : {std::string("__Host-").append(kLanguageCookie), std::string(kLanguageCookie)}) {
    if (const auto kept = request.cookie(name); kept && books->has(*kept)) return books->get(*kept).tag();
  }
  return books->negotiate(request.header("Accept-Language")).tag();
}

std::optional<std::string> Pipeline::language_cookie(const Request& request) const {
  const auto asked = request.parameter(kLanguageCookie);
  if (!asked) return std::nullopt;
  const auto books = parts_.phrasebooks();
  if (!books->has(*asked) || read_cookie(request, kLanguageCookie) == books->get(*asked).tag()) return std::nullopt;
  Response carrier;
  set_cookie(carrier, request, {std::string(kLanguageCookie), books->get(*asked).tag(), kRememberLanguage});
  return carrier.headers.lines().front().second;
}

const Route* Pipeline::route_of(Method method, std::string_view path) const {
  return parts_.router.find(method, path).route;
}

Response Pipeline::handle(const Request& request) const {
  const Instant start = parts_.clock.now();
  const auto books = parts_.phrasebooks();
  Asked asked{
      request, books, Context{books->get(locale_of(request)), {}, start, {}, {}, {}}, {}, is_api_path(request.path)};
  Response response;
  try {
    response = answer(asked);
    if (response.status >= 400 && is_empty(response) && !response.headers.has("Content-Type")) {
      Headers kept = std::move(response.headers);
      response = refuse(asked, response.status);
      for (const auto& [name, value] : kept.lines()) {
        if (!response.headers.has(name)) response.headers.add(name, value);
      }
    }
  } catch (const Unavailable& problem) {
    response = away(asked, problem);
  } catch (const std::exception& problem) {
    // The route's pattern, not the path: private links are paths.
    spdlog::error("request {} failed on {} {}: {}", request.id, to_string(request.method),
                  asked.match.route != nullptr ? asked.match.route->path : "(no route)", problem.what());
    response = refuse(asked, 500);
  } catch (...) {
    spdlog::error("request {} failed with something that is no std::exception", request.id);
    response = refuse(asked, 500);
  }
  finish(asked, response);
  return response;
}

Response Pipeline::answer(Asked& asked) const {
  const Request& request = asked.request;
  find_viewer(asked);
  asked.match = parts_.router.find(request.method, request.path);
  if (auto refused = gate(asked)) return std::move(*refused);
  asked.context.path_values = std::move(asked.match.values);
  return asked.match.route->handler(request, asked.context);
}

void Pipeline::find_viewer(Asked& asked) const {
  const Request& request = asked.request;
  if (asked.api) {
    const std::string_view token = bearer_of(request);
    auto viewer = token.empty() ? std::nullopt : parts_.sessions.find_token(token, asked.context.now);
    if (viewer) asked.context.viewer = std::move(*viewer);
    return;
  }
  auto secret = read_cookie(request, kSessionCookie);
  if (!secret || secret->empty()) return;
  if (auto viewer = parts_.sessions.find(*secret, asked.context.now)) {
    asked.context.viewer = std::move(*viewer);
    asked.context.form_token = form_token(parts_.form_secret, *secret);
    asked.context.session_secret = std::move(*secret);
  }
}

// Everything that can stop a request before its handler, cheapest first; nothing tells a stranger what staff may do.
std::optional<Response> Pipeline::gate(Asked& asked) const {
  const Request& request = asked.request;
  const Route* route = asked.match.route;
  if (auto refused = check_rate(asked)) return refused;
  const bool open = route != nullptr && route->permission == Permission::anyone;
  if (asked.api && !open && asked.context.viewer.token == 0) return ask_for_token(asked);
  if (route == nullptr) {
    if (asked.match.allow.empty()) return refuse(asked, 404);
    Response refused = refuse(asked, 405);
    refused.headers.set("Allow", asked.match.allow);
    return refused;
  }
  if (!permitted(asked)) {
    const bool leads = route->permission == Permission::person && !changes_something(request.method);
    return leads ? see_other("/log-in") : refuse(asked, 404);
  }
  if (auto refused = check_proof(asked)) return refused;
  if (request.body_bytes().size() > route->body_limit) return refuse(asked, 413);
  if (route->body != BodyKind::none && !fits(route->body, request)) {
    return refuse(asked, 415,
                  route->body == BodyKind::json ? Phrase("problem.request.not_json") : Phrase("problem.media_type"));
  }
  return changes_something(request.method) && !asked.api ? check_forgery(asked) : std::nullopt;
}

std::optional<Response> Pipeline::check_rate(Asked& asked) const {
  const Route* route = asked.match.route;
  if (parts_.rate_limiter == nullptr || (route != nullptr && route->permission == Permission::operate))
    return std::nullopt;
  const RateClass usual = changes_something(asked.request.method) ? RateClass::write : RateClass::read;
  const RateClass of = route != nullptr ? route->rate.value_or(usual) : usual;
  std::optional<std::chrono::seconds> wait;
  if (asked.context.viewer.token != 0) {
    asked.taken = parts_.rate_limiter->take_token(asked.context.viewer.token, of, asked.context.now);
    wait = asked.taken->wait;
  } else {
    wait = parts_.rate_limiter->take(asked.request.peer, of, asked.context.now);
  }
  if (!wait) return std::nullopt;
  Response refused = refuse(asked, 429);
  refused.headers.set("Retry-After", std::to_string(wait->count()));
  return refused;
}

bool Pipeline::permitted(const Asked& asked) const {
  const Permission wanted = asked.match.route->permission;
  if (wanted == Permission::anyone || wanted == Permission::holder) return true;
  if (wanted == Permission::person) return asked.context.viewer.person.has_value();
  if (wanted != Permission::operate) return asked.context.viewer.may(to_string(wanted));
  const std::string_view sent = asked.request.header("Authorization");
  const bool token = !parts_.operator_token.empty() && same_secret(sent, "Bearer " + parts_.operator_token);
  return token || is_this_machine(asked.request);
}

// A page leads to where one proves it and back; what was posted is not kept, so nothing happens before.
std::optional<Response> Pipeline::check_proof(const Asked& asked) const {
  const Route& route = *asked.match.route;
  if (route.proof != Proof::recent || asked.context.viewer.proved_since(asked.context.now - kRecent))
    return std::nullopt;
  if (!changes_something(asked.request.method)) return see_other("/confirm?next=" + percent_encode(asked.request.path));
  return refuse(asked, 403, "problem.request.confirm");
}

std::optional<Response> Pipeline::check_forgery(Asked& asked) const {
  const Request& request = asked.request;
  if (asked.match.route->token == Token::none) return std::nullopt;
  if (!is_same_origin(request)) return refuse(asked, 403, "problem.request.foreign_origin");
  if (asked.context.session_secret.empty() || asked.match.route->token == Token::of_page) return std::nullopt;
  std::string sent(request.header("X-Form-Token"));
  if (sent.empty() && asked.match.route->body == BodyKind::form) {
    const auto form = parse_form_keeping(request);
    if (!form) return refuse(asked, status_of(form.error()), form.error());
    sent = form->form.get("_token");
  }
  if (!same_secret(sent, asked.context.form_token)) return refuse(asked, 403, "problem.request.form_token");
  return std::nullopt;
}

Response Pipeline::away(const Asked& asked, const std::exception& problem) const {
  if (const auto held = away_log_->turn(asked.context.now)) {
    spdlog::error("request {} could not be answered: {} ({} like it since the last such line)", asked.request.id,
                  problem.what(), *held);
  }
  Response response = refuse(asked, 503);
  response.headers.set("Retry-After", "2");
  return response;
}

Response Pipeline::refuse(const Asked& asked, int status, Phrase message) const {
  if (message.empty())
    message = Phrase((asked.api ? "problem.api.status." : "problem.status.") + std::to_string(status));
  return refuse(asked, status, Error{kind_of(status), std::move(message), {}, {}});
}

// RFC 6750: which of both it is, a caller may know; whether the token ever was one, not.
Response Pipeline::ask_for_token(const Asked& asked) const {
  const bool sent = asked.request.headers.has("Authorization");
  Response refused = refuse(asked, 401, sent ? "problem.api.token.invalid" : "problem.api.token.missing");
  refused.headers.set("WWW-Authenticate",
                      sent ? R"(Bearer realm="bursary", error="invalid_token")" : R"(Bearer realm="bursary")");
  return refused;
}

Response Pipeline::refuse(const Asked& asked, int status, const Error& error) const {
  if (asked.api) return api_problem(error, status, asked.context.phrases, asked.request.id);
  if (wants_json(asked.request)) return problem(error, status, asked.context.phrases, asked.request.id);
  try {
    if (parts_.error_page) return parts_.error_page(asked.request, asked.context, status, error);
  } catch (const std::exception& failure) {
    spdlog::error("request {}: the page for status {} failed: {}", asked.request.id, status, failure.what());
  }
  return plain_text(asked.context.phrases.text(error.message) + "\n", status);
}

Response Pipeline::refusal(const Request& request, int status) const {
  const auto books = parts_.phrasebooks();
  Asked asked{request,
              books,
              Context{books->get(locale_of(request)), {}, parts_.clock.now(), {}, {}, {}},
              {},
              is_api_path(request.path)};
  Response response = refuse(asked, status);
  const bool passing = status == 429 || status == 503;
  if (passing && !response.headers.has("Retry-After")) response.headers.add("Retry-After", status == 503 ? "2" : "10");
  finish(asked, response);
  return response;
}

void Pipeline::finish(const Asked& asked, Response& response) const {
  add_security_headers(response.headers, asked.request.secure);
  if (!response.headers.has("Cache-Control")) response.headers.add("Cache-Control", "no-store");
  if (is_html(response) && !response.headers.has("Content-Language")) {
    response.headers.add("Content-Language", asked.context.phrases.tag());
  }
  if (!asked.request.id.empty()) response.headers.set("X-Request-Id", asked.request.id);
  if (asked.taken) {
    const auto& [wait, burst, left, window] = *asked.taken;
    response.headers.set("RateLimit-Policy", fmt::format(R"("token";q={};w={})", burst, window.count()));
    response.headers.set("RateLimit", fmt::format(R"("token";r={};t={})", left, wait ? wait->count() : window.count()));
  }
  if (auto cookie = asked.api ? std::nullopt : language_cookie(asked.request))
    response.headers.add("Set-Cookie", std::move(*cookie));
  if (series_ == nullptr) return;
  const double seconds = std::chrono::duration<double>(parts_.clock.now() - asked.context.now).count();
  series_->note(asked.match.route, response.status, seconds);
}

}  // namespace bursary::web
