#include "net/exchange.h"

#include "base/text.h"
#include "net/target.h"
#include "web/operation.h"

namespace bursary::net {
namespace {

// The lines of one name as one list.
std::string joined(const Head& head, std::string_view wanted) {
  std::string list;
  for (const auto& [name, value] : head.lines) {
    if (!equal_ignoring_case_ascii(name, wanted)) continue;
    if (!list.empty()) list += ", ";
    list += value;
  }
  return list;
}

void copy_headers(web::Headers& headers, const Head& head, std::string_view authority) {
  for (const auto& [name, value] : head.lines) {
    const bool replaced = !authority.empty() && equal_ignoring_case_ascii(name, "host");
    headers.add(std::string(name), std::string(replaced ? authority : value));
  }
}

bool takes(const web::Route& route, const web::Request& request) {
  const auto type = request.media_type();
  switch (route.body) {
    case web::BodyKind::form:
      return type == "application/x-www-form-urlencoded" || type == "multipart/form-data";
    case web::BodyKind::json:
      return type == "application/json" || (type.starts_with("application/") && type.ends_with("+json"));
    case web::BodyKind::none:
      return true;
  }
  return false;
}

int body_refusal(const Exchange& exchange, const Head& head) {
  if (!exchange.has_body || !exchange.route) return 0;
  if (exchange.route->body_limit == 0 || exchange.expected > exchange.route->body_limit) return 413;
  if (!takes(*exchange.route, exchange.request)) return 415;
  if (!head.expect.empty() && !exchange.wants_continue) return 417;
  return 0;
}

}  // namespace

bool is_secure(const Head& head, const Peer& peer) {
  if (peer.secure || !peer.trusted || !head.forwarded) return peer.secure;
  return equal_ignoring_case_ascii(joined(head, "x-forwarded-proto"), "https");
}

web::Request remains_of(const Head& head, const Peer& peer, std::string_view target) {
  web::Request request;
  request.method = head.method == web::Method::other ? web::Method::get : head.method;
  const std::string_view path = target.substr(0, target.find_first_of(" ?#\r\n"));
  request.path = web::is_api_path(path) ? path : "/";
  request.peer = to_string(peer.address);
  request.secure = peer.secure;
  if (!head.accept_language.empty()) request.headers.add("Accept-Language", std::string(head.accept_language));
  for (const auto& [name, value] : head.lines)
    if (equal_ignoring_case_ascii(name, "accept")) request.headers.add("Accept", std::string(value));
  return request;
}

Exchange plan_exchange(const Head& head, const Peer& peer, const std::vector<Cidr>& trusted,
                       const web::Pipeline& pipeline, KnownPages& pages) {
  Exchange exchange;
  exchange.http_1_1 = head.http_1_1;
  exchange.keep = head.may_keep();
  exchange.has_body = head.has_body();
  exchange.expected = head.content_length.value_or(0);
  exchange.wants_continue = head.http_1_1 && equal_ignoring_case_ascii(head.expect, "100-continue");

  auto target = parse_target(head.target);
  if (!target || (head.hosts == 1 && !is_host(head.host))) {
    exchange.request = remains_of(head, peer, head.target);
    exchange.refused = 400;
    return exchange;
  }
  web::Request& request = exchange.request;
  request.method = head.method;
  request.path = std::move(target->path);
  request.query = target->query;
  copy_headers(request.headers, head, target->authority);
  const bool forwarded = peer.trusted && head.forwarded;
  request.peer =
      to_string(forwarded ? client_of(peer.address, joined(head, "x-forwarded-for"), trusted) : peer.address);
  request.secure = is_secure(head, peer);

  exchange.route = pipeline.route_of(request.method, request.path);
  exchange.read_body = exchange.has_body && exchange.route != nullptr;
  exchange.refused = body_refusal(exchange, head);
  const bool reads = request.method == web::Method::get || request.method == web::Method::head;
  if (exchange.route == nullptr && !reads && pages.holds(request.path)) {
    exchange.stored = true;
    exchange.refused = 405;
  }
  return exchange;
}

}  // namespace bursary::net
