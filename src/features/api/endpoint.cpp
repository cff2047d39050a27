#include <spdlog/spdlog.h>

#include "base/number.h"
#include "features/api/api.h"
#include "features/api/check.h"
#include "features/api/keys.h"

namespace bursary::api {
namespace {

using web::Response;

Response refused(const Call& call, const Error& error) {
  const int status = web::status_of(error);
  Response response = web::api_problem(error, status, call.context.phrases, call.request.id);
  if (status == 429) response.headers.set("Retry-After", "60");
  if (status == 503) response.headers.set("Retry-After", "2");
  return response;
}

Response answered(std::string body, int status, const std::string& etag) {
  Response response = web::json(std::move(body), status);
  if (!etag.empty()) response.headers.set("ETag", etag);
  return response;
}

// Everything that can be seen to be wrong before a handler looks.
std::optional<Error> unfit(Call& call) {
  std::vector<FieldError> problems = check_parameters(call.operation, call.request);
  if (!problems.empty()) return Error{ErrorKind::invalid, "problem.api.request.parameters", {}, std::move(problems)};
  if (!call.operation.takes) return std::nullopt;
  auto body = read_body(*call.operation.takes, call.request.body_bytes());
  if (!body) return body.error();
  call.body = std::move(*body);
  return std::nullopt;
}

Result<Outcome> run_in(db::Tx& tx, const Call& call, const Change& change, const std::optional<Key>& key) {
  if (key) {
    auto known = take_key(tx, *key, call.context.now);
    if (!known) return fail(known.error());
    if (auto& before = *known) return std::move(*before);
  }
  JoinedDatabase inside(call.parts.database, tx);
  auto answer = change(call, inside);
  if (!answer) return fail(answer.error());
  if (inside.failed()) throw std::logic_error(call.operation.id + " goes on after a rule was refused");
  Outcome outcome{answer->status, boost::json::serialize(answer->body), std::move(answer->etag)};
  if (call.parts.tell) {
    call.parts.tell(tx, {call.person(), call.context.viewer.token, call.operation.id, call.context.now});
  }
  if (key) keep_answer(tx, *key, outcome);
  return outcome;
}

Result<Outcome> run_change(const Call& call, const Change& change) {
  const auto key = read_key(call);
  if (!key) return fail(key.error());
  const auto run = [&] {
    return call.parts.database.write([&](db::Tx& tx) { return run_in(tx, call, change, *key); });
  };
  try {
    return run();
  } catch (const db::ConstraintViolated& violated) {
    if (!*key) throw;
    spdlog::debug("a key was taken at the same time: {}", violated.what());
  }
  // Whoever took it at the same time has committed: their answer is there now.
  return run();
}

template <class Respond>
void add(web::Router& router, const Parts& parts, Endpoint endpoint, Respond respond) {
  web::Route route;
  route.method = endpoint.method;
  route.path = std::string(web::kApi) + endpoint.path;
  route.permission = endpoint.permission;
  route.rate = endpoint.rate;
  if (endpoint.operation.takes) {
    route.body = web::BodyKind::json;
    route.body_limit = endpoint.body_limit;
  }
  const auto operation = std::make_shared<const web::Operation>(std::move(endpoint.operation));
  route.operation = operation;
  route.handler = [&parts, operation, respond = std::move(respond)](const web::Request& request,
                                                                    const web::Context& context) {
    Call call(parts, request, context, *operation);
    if (const auto problem = unfit(call)) return refused(call, *problem);
    return respond(call);
  };
  router.add(std::move(route));
}

web::Parameter in_header(std::string name, std::string about) {
  return {std::move(name), web::Parameter::In::header, std::move(about), web::text(), false};
}

}  // namespace

std::int64_t Call::number(std::string_view name, std::int64_t otherwise) const {
  return read_integer(parameter(name).value_or("")).value_or(otherwise);
}

std::int64_t Call::id(std::string_view name) const { return id_in(part(name)).value_or(0); }

bool Call::has(std::string_view name) const {
  const auto* value = body.if_contains(name);
  return value != nullptr && !value->is_null();
}

std::string Call::text(std::string_view name, std::string_view otherwise) const {
  return std::string(has(name) ? std::string_view(body.at(name).as_string()) : otherwise);
}

std::optional<std::int64_t> Call::whole(std::string_view name) const {
  return has(name) ? std::optional(body.at(name).as_int64()) : std::nullopt;
}

bool Call::yes(std::string_view name) const { return has(name) && body.at(name).as_bool(); }

std::vector<std::string> Call::texts(std::string_view name) const {
  std::vector<std::string> all;
  if (!has(name)) return all;
  for (const auto& one : body.at(name).as_array()) all.emplace_back(std::string_view(one.as_string()));
  return all;
}

web::PersonId Call::person() const {
  if (!context.viewer.person) throw std::logic_error("a token without its maker");
  return *context.viewer.person;
}

Error not_found() { return {ErrorKind::not_found, "problem.api.status.404", {}, {}}; }

Result<void> check_match(const Call& call, std::string_view etag) {
  if (!call.request.headers.has("If-Match")) return {};
  const std::string_view sent = call.request.header("If-Match");
  if (sent == "*" || sent == etag) return {};
  const bool one = sent.size() >= 2 && sent.front() == '"' && sent.find('"', 1) == sent.size() - 1;
  return fail(ErrorKind::conflict, one ? "problem.api.changed" : "problem.api.request.match");
}

void add_read(web::Router& router, const Parts& parts, Endpoint endpoint, Read read) {
  add(router, parts, std::move(endpoint), [read = std::move(read)](const Call& call) {
    auto answer = read(call);
    if (!answer) return refused(call, answer.error());
    return answered(boost::json::serialize(answer->body), answer->status, answer->etag);
  });
}

void add_change(web::Router& router, const Parts& parts, Endpoint endpoint, Change change) {
  add_prepared(router, parts, std::move(endpoint),
               [change = std::move(change)](const Call&) -> Result<Change> { return change; });
}

void add_prepared(web::Router& router, const Parts& parts, Endpoint endpoint, Prepare prepare) {
  auto& parameters = endpoint.operation.parameters;
  if (endpoint.method == web::Method::post) {
    parameters.push_back(in_header("Idempotency-Key",
                                   "Up to 255 printable characters of your choice. The same request with the same key "
                                   "gets the same answer for 24 hours and does nothing again."));
  }
  if (endpoint.matched) {
    parameters.push_back(in_header("If-Match", "The ETag of what you decided upon: 412 when it has changed since."));
  }
  add(router, parts, std::move(endpoint), [prepare = std::move(prepare)](const Call& call) {
    const auto change = prepare(call);
    if (!change) return refused(call, change.error());
    const auto outcome = run_change(call, *change);
    if (!outcome) return refused(call, outcome.error());
    Response response = answered(outcome->body, outcome->status, outcome->etag);
    if (outcome->repeated) response.headers.set("Idempotency-Replayed", "true");
    return response;
  });
}

void add_stream(web::Router& router, const Parts& parts, Endpoint endpoint, Stream stream) {
  add(router, parts, std::move(endpoint), [stream = std::move(stream)](const Call& call) {
    auto response = stream(call);
    return response ? std::move(*response) : refused(call, response.error());
  });
}

}  // namespace bursary::api
