#include "net/session.h"

#include <algorithm>
#include <exception>

#include "net/answer_head.h"
#include "net/target.h"

namespace bursary::net {
namespace {

// Beyond a head there may be the beginning of the next request or of a body: room for it saves a read.
constexpr std::size_t kReadAhead = 4UL * 1024;

// What the answer from a stored page says that its prepared head does not.
std::string changing_lines(Session& session, const web::Request& asked, bool keep, bool http_1_1) {
  std::string lines;
  lines.reserve(128);
  lines.append("Date: ")
      .append(session.connection.loop().date())
      .append("\r\nX-Request-Id: ")
      .append(session.station.next_request_id())
      .append("\r\n");
  if (!asked.query.empty()) {
    if (const auto cookie = session.service.pipeline.language_cookie(asked)) {
      if (!append_header(lines, "Set-Cookie", *cookie)) lines.clear();
    }
  }
  if (!keep) lines.append("Connection: close\r\n");
  if (keep && !http_1_1) lines.append("Connection: keep-alive\r\n");
  return lines.append("\r\n");
}

void drop_leading_empty_line(Session& session) {
  if (session.input.bytes().starts_with("\r\n")) session.input.consume(2);
}

// A stored page on its way; the input that asked for it is done with.
struct StoredReply {
  StoredAnswer page;
  std::string lines;
  bool keep = true;
};

// Nothing when it is no stored page or the request is not the plain kind.
std::optional<StoredReply> find_stored(Session& session, const Head& head) {
  if (head.refused != 0 || head.has_body() || (head.method != web::Method::get && head.method != web::Method::head))
    return std::nullopt;
  if (head.hosts == 1 && !is_host(head.host)) return std::nullopt;
  std::optional<Target> target;
  auto path = plain_path(head.target);
  if (!path) {
    target = parse_target(head.target);
    if (!target) return std::nullopt;
    path = target->path;
  }
  const bool secure = is_secure(head, session.peer);
  auto page = session.station.stored.find(*path, target ? target->query : std::string_view{}, head, secure);
  if (!page) return std::nullopt;
  StoredReply reply{std::move(*page), {}, head.may_keep() && session.may_keep()};
  web::Request asked;
  if (target && !target->query.empty()) {
    asked.query = target->query;
    asked.secure = secure;
    asked.headers.add("Host", std::string(head.host));
  }
  reply.lines = changing_lines(session, asked, reply.keep, head.http_1_1);
  return reply;
}

void account_stored(Session& session, const StoredReply& reply, std::string_view method) {
  session.station.count(Count::stored_pages);
  session.service.figures.add_answer(session.connection.loop().number(), reply.page.status);
  if (session.service.options.access_log == AccessLog::all) {
    const auto peer = to_string(session.peer.address);
    const auto id = reply.lines.find("X-Request-Id: ") + 14;
    log_access(session.service, {std::string_view(reply.lines).substr(id, reply.lines.find('\r', id) - id),
                                 method,
                                 "(stored page)",
                                 peer,
                                 reply.page.status,
                                 reply.page.body.size(),
                                 {}});
  }
}

Task<bool> greet(Session& session) {
  const Millis due = session.connection.loop().now() + session.service.options.header_timeout;
  for (;;) {
    const Moved moved = session.wire->greet();
    if (moved.state == Moved::State::moved) co_return true;
    if (moved.state == Moved::State::closed) co_return false;
    auto wait = moved.state == Moved::State::wait_to_write ? session.connection.writable(due)
                                                           : session.connection.readable(due);
    const Woken woken = co_await wait;
    if (woken == Woken::late) session.station.count(Count::timeouts);
    if (woken != Woken::ready) co_return false;
  }
}

// The head's time begins when anything of it has come, be it a part of a TLS record; before that the connection is
// idle.
void begin_head(Session& session) {
  if (session.head_due == Millis{0})
    session.head_due = session.connection.loop().now() + session.service.options.header_timeout;
}

Millis next_due(Session& session) {
  if (!session.input.empty()) begin_head(session);
  if (session.head_due != Millis{0}) return session.head_due;
  return session.connection.loop().now() + session.service.options.idle_timeout;
}

Task<bool> refuse_head(Session& session, int status) {
  session.station.count(Count::malformed);
  const std::string_view head = session.input.bytes();
  const std::size_t method_end = std::min(head.find(' '), head.size());
  web::Request request = remains_of(Head{}, session.peer, head.substr(std::min(method_end + 1, head.size())));
  const bool kept = co_await refuse(session, std::move(request), status, {});
  co_return kept;
}

// Waits for the rest of a head. False: the connection is over.
Task<bool> late_head(Session& session) {
  if (session.input.empty()) co_return false;
  session.station.count(Count::timeouts);
  const bool kept = co_await refuse_head(session, 408);
  co_return kept;
}

// The connection's whole life. Requests one after another: answers are in order by themselves.
Task<bool> serve(Session& session) {
  const std::size_t most = session.service.limits.bytes + kReadAhead;
  for (;;) {
    if (!session.scanner.begun()) drop_leading_empty_line(session);
    const HeadEnd end = session.scanner.find(session.input.bytes(), session.service.limits);
    if (end.state == HeadEnd::State::refused) {
      const bool kept = co_await refuse_head(session, end.status);
      co_return kept;
    }
    if (end.state == HeadEnd::State::incomplete) {
      if (!session.wire->holds_more()) {
        session.input.keep();
        const Millis due = next_due(session);
        if (session.input.empty()) {
          if (!session.may_keep()) co_return true;
          session.station.idle.add(session.idle_place);
        }
        auto wait = session.read_waits_to_write ? session.connection.writable(due) : session.connection.readable(due);
        const Woken woken = co_await wait;
        session.idle_place.leave();
        if (woken == Woken::late) {
          const bool kept = co_await late_head(session);
          co_return kept;
        }
        if (woken == Woken::cut) co_return false;
        begin_head(session);
      }
      if (!session.receive(most)) co_return false;
      continue;
    }

    session.scanner.reset();
    session.head_due = Millis{0};
    const Head& head = session.station.parser.parse(session.input.bytes().substr(0, end.size), session.service.limits);
    std::optional<StoredReply> reply = find_stored(session, head);
    if (!reply) {
      const bool kept = co_await serve_exchange(session, head, end.size);
      if (!kept) co_return false;
      continue;
    }
    account_stored(session, *reply, web::to_string(head.method));
    session.input.consume(end.size);
    Output output;
    output.add(reply->page.head);
    output.add(reply->lines);
    output.add(reply->page.body);
    const Session::Sent sent = session.send_now(output);
    if (sent == Session::Sent::none) co_return false;
    if (sent == Session::Sent::part) {
      const bool all = co_await send_all(session, output);
      if (!all) co_return false;
    }
    if (!reply->keep) {
      const bool kept = co_await end_and_linger(session);
      co_return kept;
    }
  }
}

Detached run(std::unique_ptr<Session> owned) {
  Session& session = *owned;
  try {
    const bool greeted = co_await greet(session);
    if (greeted) co_await serve(session);
  } catch (const std::exception& failure) {
    log_failure(session.service, "connection_failed", {}, failure.what());
  }
}

}  // namespace

Session::Session(Station& its_station, int socket, std::unique_ptr<Wire> its_wire, const Peer& its_peer)
    : station(its_station),
      service(its_station.service),
      connection(its_station.loop, socket),
      wire(std::move(its_wire)),
      peer(its_peer) {
  station.sessions.add(*this);
  station.count(Count::connections_accepted);
}

Session::~Session() {
  station.count(Count::connections_closed);
  leave();
  service.closed(station, peer);
}

void run_session(std::unique_ptr<Session> session) { run(std::move(session)); }

}  // namespace bursary::net
