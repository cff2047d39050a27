// The route table: method, path, permission, handler; one readable list per feature (routes.cpp). A route without a
// permission cannot be written. Lookup does not depend on the number of routes.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/context.h"
#include "web/request.h"
#include "web/response.h"

namespace bursary::web {

struct Operation;

// Who may call a route. Settled before the handler runs; a missing permission reads as 404 (or leads to sign-in
// where a page says so). Protected data is looked up with its viewer all the same.
enum class Permission {
  anyone,  // public
  holder,  // whoever holds the secret link in the path; the handler looks the thing up by it
  person,  // whoever is logged in; others are led to /log-in
  staff,   // whoever has a role and signed in for it; which one does not matter
  read_applications,
  export_applications,
  screen_applications,  // notes, checks, flags, and every move but a decision
  decide_applications,  // decisions and their release
  read_messages,
  send_messages,
  read_audit,
  manage_people,   // invitations and roles
  manage_program,  // tokens, webhooks, erasure
  operate,         // health and metrics: loopback or the operator's token
};
std::string_view to_string(Permission permission);

// Captured "{name}" segments, decoded.
using PathValues = std::map<std::string, std::string, std::less<>>;
using Handler = std::function<Response(const Request&, const Context&)>;

enum class BodyKind { none, form, json };  // form: urlencoded or multipart

// What a request that changes something must bring beside its own origin (security.md, anti-forgery).
enum class Token {
  of_session,  // `_token` or X-Form-Token, wherever there is a session
  // The page it comes from knows no session: the public form is stored and the same for everyone, a private link is
  // opened by who holds it. Its handler asks for the token of the draft or link where there is one; what it does must
  // be the same with and without a session.
  of_page,
  // Nothing, not even its own origin: it answers everyone alike, and changes nothing but what the secret in its own
  // address opens. For programs.
  none
};

// How lately its person must have proved who they are.
enum class Proof {
  of_session,  // when they signed in
  recent       // within kRecent: what a browser left open, or a stolen session, must not do
};
inline constexpr std::chrono::minutes kRecent{15};
// Which bucket of web/rate_limit.h a request is taken from.
enum class RateClass { read, write, costly };

struct Route {
  Method method;     // a GET route answers HEAD too
  std::string path;  // "/applications/{token}/receipt"
  Permission permission;
  Handler handler;
  std::size_t body_limit = 0;  // bytes; 0: no body allowed
  BodyKind body = BodyKind::none;
  // Absent: `read` for GET, `write` for the rest. `costly` for what sends mail or makes a large file.
  std::optional<RateClass> rate = std::nullopt;
  Token token = Token::of_session;
  Proof proof = Proof::of_session;
  // What the OpenAPI document says of it (operation.h): there for every route under /api/v1 and for no other.
  std::shared_ptr<const Operation> operation = nullptr;
};

class Router {
 public:
  // Throws std::logic_error on a duplicate, a malformed path, or a route of the API that is not described: a start-up
  // check.
  void add(Route route);

  struct Match {
    const Route* route = nullptr;  // null: no such path, or not with that method
    PathValues values;
    std::string allow;  // for 405: "GET, HEAD, POST"; empty: 404
  };
  Match find(Method method, std::string_view path) const;
  const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

 private:
  struct Node;
  std::vector<std::unique_ptr<Route>> routes_;
  std::shared_ptr<Node> root_;
};

}  // namespace bursary::web
