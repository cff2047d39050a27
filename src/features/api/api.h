// The JSON API under /api/v1, as far as it belongs to no feature: calls that are checked against what their route says
// of itself, answers and problems, cursors, Idempotency-Key, and the OpenAPI document. The handlers lie beside their
// features, as api.cpp, and use the same rules as the pages. Lists as public: features/api/joined.h,
// features/api/cursor.h, features/api/words.h.
//
// Invariants
//   - A handler is called with nothing that its route does not describe: an unknown or wrong parameter or member is
//     refused before, by name.
//   - What a change does, its events, its answer and its Idempotency-Key are one transaction. A change that is refused
//     has done nothing and leaves no key, so it may be sent again.
//   - A stored answer holds nothing personal: it outlives what it tells of by up to a day.
#pragma once
#include <boost/json.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "db/database.h"
#include "features/api/cursor.h"
#include "features/api/joined.h"
#include "features/api/words.h"
#include "features/programs/programs.h"
#include "web/context.h"
#include "web/operation.h"
#include "web/response.h"
#include "web/router.h"

namespace bursary::api {

inline constexpr std::size_t kSmallBody = std::size_t{64} * 1024;
inline constexpr std::chrono::hours kKeyLife{24};
inline constexpr int kMostKeys = 10'000;  // of one token, at a time

// Who called what by a token: written in the transaction of each change.
struct Told {
  web::PersonId person;
  std::int64_t token = 0;
  std::string_view operation;
  Instant at;
};

struct Parts {
  db::Database& database;
  const Clock& clock;
  std::string cursor_secret;  // the same on every node
  std::string public_address;
  // What keeps the event of a change; handed in, for the audit has routes here as well.
  std::function<void(db::Tx& tx, const Told& told)> tell = nullptr;
};

// One request that fits its operation.
class Call {
 public:
  Call(const Parts& p, const web::Request& r, const web::Context& c, const web::Operation& o)
      : parts(p), request(r), context(c), operation(o) {}

  const Parts& parts;
  const web::Request& request;
  const web::Context& context;
  const web::Operation& operation;
  boost::json::object body;

  // Of the query; nothing when it was not sent.
  std::optional<std::string> parameter(std::string_view name) const { return request.parameter(name); }
  // Of an integer parameter, which was checked.
  std::int64_t number(std::string_view name, std::int64_t otherwise) const;
  // "true".
  bool flag(std::string_view name) const { return parameter(name).value_or("") == "true"; }
  // A part of the path.
  const std::string& part(std::string_view name) const { return context.path_value(name); }
  // The same as an id; 0 for what is none.
  std::int64_t id(std::string_view name) const;

  // Members of the body, which was checked: `otherwise` where it is missing or null.
  std::string text(std::string_view name, std::string_view otherwise = {}) const;
  std::optional<std::int64_t> whole(std::string_view name) const;
  bool yes(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;
  bool has(std::string_view name) const;

  // In whose name; a token always has its maker.
  web::PersonId person() const;
  bool may(web::Permission permission) const { return context.viewer.may(web::to_string(permission)); }
};

struct Answer {
  boost::json::value body;
  int status = 200;
  std::string etag = {};  // in quotes
};
// Handlers. A change reads and writes by `inside` alone, which is the caller's transaction: it may run more than once.
using Read = std::function<Result<Answer>(const Call& call)>;
using Change = std::function<Result<Answer>(const Call& call, db::Database& inside)>;
// Looks before the transaction, where long reading hurts nobody, and says what is then done in it.
using Prepare = std::function<Result<Change>(const Call& call)>;
using Stream = std::function<Result<web::Response>(const Call& call)>;

// A feature's handlers are functions of its own parts, which outlive the router, and of what Read or Change is called
// with:
//   const auto bound = api::bound_to(parts);  …  bound(list_messages)
template <class FeatureParts>
auto bound_to(const FeatureParts& parts) {
  return [&parts](auto* handler) {
    return [&parts, handler](const Call& call, auto&... inside) { return handler(parts, call, inside...); };
  };
}

struct Endpoint {
  web::Method method = web::Method::get;
  std::string path;  // behind "/api/v1"
  web::Permission permission = web::Permission::staff;
  web::Operation operation;
  bool matched = false;  // it gives an ETag; a change of it takes If-Match
  std::size_t body_limit = kSmallBody;
  std::optional<web::RateClass> rate = std::nullopt;
};

// Adds what every such operation takes and gives besides (If-Match, Idempotency-Key) to its description. `parts`
// outlives the router.
void add_read(web::Router& router, const Parts& parts, Endpoint endpoint, Read read);
void add_change(web::Router& router, const Parts& parts, Endpoint endpoint, Change change);
void add_prepared(web::Router& router, const Parts& parts, Endpoint endpoint, Prepare prepare);
void add_stream(web::Router& router, const Parts& parts, Endpoint endpoint, Stream stream);

// The etag that If-Match must name, where it is sent: Error "problem.api.changed" (412).
Result<void> check_match(const Call& call, std::string_view etag);

Error not_found();

// The document of every route there is, as JSON. Throws std::logic_error for two operations of one id, or two schemas
// of one name that differ.
std::string openapi(const web::Router& router, std::string_view public_address);
// GET /api/v1/openapi.json, which knows every route that was added before.
void add_document(web::Router& router, const Parts& parts);
// GET /api: the same for people. `router` and `programs` outlive it.
void add_reference(web::Router& router, programs::Programs& programs);

// Forgets keys whose day is over. How many.
std::int64_t forget_keys(const Parts& parts, int limit);

}  // namespace bursary::api
