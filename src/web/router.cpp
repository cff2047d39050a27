#include "web/router.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "web/operation.h"

namespace bursary::web {
namespace {

constexpr std::size_t kMethods = 8;

std::size_t slot(Method method) { return static_cast<std::size_t>(method); }

// The next segment of what is left of a path; `path` begins with '/'.
std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1);
  const std::size_t end = std::min(path.find('/'), path.size());
  const std::string_view segment = path.substr(0, end);
  path.remove_prefix(end);
  return segment;
}

[[noreturn]] void refuse(const Route& route, std::string_view why) {
  throw std::logic_error(fmt::format("route {} {}: {}", to_string(route.method), route.path, why));
}

bool is_capture(std::string_view segment) {
  return segment.starts_with('{') && segment.ends_with('}') && segment.size() > 2;
}

bool captures(const Route& route, std::string_view name) {
  return route.path.find(fmt::format("{{{}}}", name)) != std::string::npos;
}

// A client is made from what is said here: it must be there, and fit its path.
void check_operation(const Route& route) {
  if (!route.operation) refuse(route, "is of the API and not described");
  const Operation& operation = *route.operation;
  if (operation.id.empty() || operation.tag.empty() || operation.summary.empty() || operation.gives.empty())
    refuse(route, "is of the API and half described");
  if (route.body == BodyKind::form) refuse(route, "is of the API, which takes JSON");
  if (operation.takes.has_value() != (route.body == BodyKind::json)) refuse(route, "takes another body than described");
  auto described = std::count(route.path.begin(), route.path.end(), '{');
  for (const Parameter& parameter : operation.parameters) {
    if (parameter.in != Parameter::In::path) continue;
    --described;
    if (!captures(route, parameter.name)) refuse(route, "describes a part that its path has not");
  }
  if (described != 0) refuse(route, "does not describe every part of its path");
}

void check(const Route& route) {
  if (!route.handler) refuse(route, "has no handler");
  if (!route.path.starts_with('/')) refuse(route, "must begin with '/'");
  if (route.method == Method::head) refuse(route, "HEAD is answered by GET");
  if (route.method == Method::options || route.method == Method::other)
    refuse(route, "has a method that is not routed");
  if (route.method == Method::get && route.body != BodyKind::none) refuse(route, "a GET has no body");
  const bool public_page = route.permission == Permission::anyone || route.permission == Permission::holder;
  if (route.token != Token::of_session && !public_page)
    refuse(route, "is for staff, so it needs their session's token");
  if (route.proof == Proof::recent && public_page) refuse(route, "asks who is there, so it is not for everybody");
  if ((route.body == BodyKind::none) != (route.body_limit == 0))
    refuse(route, "a body needs a limit, and a limit a body");
  if (is_api_path(route.path)) return check_operation(route);
  if (route.operation) refuse(route, "is described and not of the API");
}

}  // namespace

bool is_api_path(std::string_view path) { return path == kApi || path.starts_with(std::string(kApi) + '/'); }

std::string_view to_string(Permission permission) {
  switch (permission) {
    case Permission::anyone:
      return "anyone";
    case Permission::holder:
      return "holder";
    case Permission::person:
      return "person";
    case Permission::staff:
      return "staff";
    case Permission::read_applications:
      return "read_applications";
    case Permission::export_applications:
      return "export_applications";
    case Permission::screen_applications:
      return "screen_applications";
    case Permission::decide_applications:
      return "decide_applications";
    case Permission::read_messages:
      return "read_messages";
    case Permission::send_messages:
      return "send_messages";
    case Permission::read_audit:
      return "read_audit";
    case Permission::manage_people:
      return "manage_people";
    case Permission::manage_program:
      return "manage_program";
    case Permission::operate:
      return "operate";
  }
  return "";
}

// One segment's place in the tree. Names of captures belong to the routes: two routes may name one place differently.
struct Router::Node {
  struct Leaf {
    const Route* route = nullptr;
    std::vector<std::string> names;
  };
  std::map<std::string, std::unique_ptr<Node>, std::less<>> fixed;
  std::unique_ptr<Node> capture;
  std::array<Leaf, kMethods> leaves;

  bool has_routes() const {
    return std::any_of(leaves.begin(), leaves.end(), [](const Leaf& leaf) { return leaf.route != nullptr; });
  }

  // A fixed segment wins over a capture; when it leads nowhere, the capture is tried.
  const Node* find(std::string_view rest, std::vector<std::string_view>& captured) const {
    if (rest.empty()) return has_routes() ? this : nullptr;
    const std::string_view segment = take_segment(rest);
    if (const auto found = fixed.find(segment); found != fixed.end()) {
      if (const Node* end = found->second->find(rest, captured)) return end;
    }
    if (!capture || segment.empty()) return nullptr;
    captured.push_back(segment);
    if (const Node* end = capture->find(rest, captured)) return end;
    captured.pop_back();
    return nullptr;
  }

  std::string allow() const {
    std::string list;
    for (const Leaf& leaf : leaves) {
      if (leaf.route == nullptr) continue;
      list.append(list.empty() ? "" : ", ").append(to_string(leaf.route->method));
      if (leaf.route->method == Method::get) list.append(", HEAD");
    }
    return list;
  }
};

void Router::add(Route route) {
  check(route);
  if (!root_) root_ = std::make_shared<Node>();
  Node* node = root_.get();
  std::vector<std::string> names;
  for (std::string_view rest = route.path; !rest.empty();) {
    const std::string_view segment = take_segment(rest);
    if (segment.empty() && route.path != "/") refuse(route, "has an empty segment");
    if (is_capture(segment)) {
      std::string name(segment.substr(1, segment.size() - 2));
      if (std::find(names.begin(), names.end(), name) != names.end()) refuse(route, "captures one name twice");
      names.push_back(std::move(name));
      if (!node->capture) node->capture = std::make_unique<Node>();
      node = node->capture.get();
      continue;
    }
    if (segment.find_first_of("{}") != std::string_view::npos) refuse(route, "a capture is a whole segment: {name}");
    auto& next = node->fixed[std::string(segment)];
    if (!next) next = std::make_unique<Node>();
    node = next.get();
  }
  Node::Leaf& leaf = node->leaves.at(slot(route.method));
  if (leaf.route != nullptr) refuse(route, "stands twice");
  routes_.push_back(std::make_unique<Route>(std::move(route)));
  leaf = {routes_.back().get(), std::move(names)};
}

Router::Match Router::find(Method method, std::string_view path) const {
  if (!root_ || !path.starts_with('/')) return {};
  std::vector<std::string_view> captured;
  const Node* node = root_->find(path, captured);
  if (node == nullptr) return {};
  const Node::Leaf& leaf = node->leaves.at(slot(method == Method::head ? Method::get : method));
  if (leaf.route == nullptr) return {nullptr, {}, node->allow()};
  Match match;
  match.route = leaf.route;
  for (std::size_t i = 0; i < captured.size(); ++i) match.values.emplace(leaf.names[i], captured[i]);
  return match;
}

}  // namespace bursary::web
