#include "net/relay.h"

#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "net/answer_head.h"
#include "net/answer_parser.h"

namespace bursary::net {
namespace {

using namespace std::chrono_literals;

constexpr Millis kLookAgain{500};  // whether the call is still wanted

// One call, in the coroutine that carries it out.
struct Call {
  Session& session;
  const Exchange& exchange;
  const web::Response& response;
  web::Relay& relay;
  const Upstream* to = nullptr;  // null: there is none of that name

  std::unique_ptr<Line> line = nullptr;
  AnswerParser parser = {};
  bool client_left = false;
  Millis finish_due = Millis::max();  // where the client has left
  bool passing = false;               // the upstream's answer goes to the client
  bool chunked = false;
  bool keep = false;
  Relayed done = {};

  const Upstream& upstream() const { return *to; }
  Millis now() const { return session.connection.loop().now(); }
  void leave_client() {
    if (client_left) return;
    client_left = true;
    finish_due = now() + upstream().options().finish;
    session.connection.reset_on_close();
  }
};

// The call's part of an answer, as it is parsed.
class Passing final : public BodyTaker {
 public:
  Passing(Call& call, std::optional<web::RelayHead>& head, std::string& out) : call_(call), head_(head), out_(out) {}
  void begin() {
    if (begun_) return;
    begun_ = true;
    const AnswerHead& answer = call_.parser.head();
    head_ = call_.relay.on_head(answer.status, answer.headers);
    call_.passing = head_.has_value();
  }
  int take(std::string_view piece) override {
    begin();
    call_.relay.on_bytes(piece, out_);
    return 0;
  }
  bool begun() const { return begun_; }

 private:
  Call& call_;
  std::optional<web::RelayHead>& head_;
  std::string& out_;
  bool begun_ = false;
};

int open_socket(const sockaddr_storage& address) {
  const int socket = ::socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket < 0) return -1;
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  const auto* const to = static_cast<const sockaddr*>(static_cast<const void*>(&address));
  const socklen_t size = address.ss_family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
  if (::connect(socket, to, size) == 0 || errno == EINPROGRESS) return socket;
  ::close(socket);
  return -1;
}

bool is_connected(int socket) {
  int failure = 0;
  socklen_t size = sizeof failure;
  return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &failure, &size) == 0 && failure == 0;
}

Task<bool> greet_upstream(Line& line, Millis due) {
  for (;;) {
    const Moved moved = line.wire->greet();
    if (moved.state == Moved::State::moved) co_return true;
    if (moved.state == Moved::State::closed) co_return false;
    const bool to_write = moved.state == Moved::State::wait_to_write;
    auto wait = to_write ? line.connection.writable(due) : line.connection.readable(due);
    const Woken woken = co_await wait;
    if (woken != Woken::ready) co_return false;
  }
}

// A new connection, greeted; null: none can be had.
Task<std::unique_ptr<Line>> open_line(Call& call) {
  const Millis due = call.now() + call.upstream().options().connect;
  const auto addresses = call.upstream().addresses();
  for (const sockaddr_storage& address : addresses) {
    const int socket = open_socket(address);
    if (socket < 0) continue;
    auto line = std::make_unique<Line>(call.session.connection.loop(), socket, call.upstream());
    if (!line->wire) continue;
    call.session.partner = &line->connection;
    auto wait = line->connection.writable(due);
    const Woken woken = co_await wait;
    if (woken == Woken::ready && is_connected(socket)) {
      const bool greeted = co_await greet_upstream(*line, due);
      if (greeted) co_return line;
    }
    call.session.partner = nullptr;
    if (woken != Woken::ready) break;
  }
  co_return nullptr;
}

// False: not all of it could be sent.
Task<bool> send_request(Call& call, std::string_view head, std::string_view body) {
  Line& line = *call.line;
  Output output;
  output.add(head);
  output.add(body);
  while (!output.empty()) {
    const Moved moved = line.wire->write(output.pieces());
    if (moved.state == Moved::State::closed) co_return false;
    if (moved.state == Moved::State::moved) {
      output.sent(moved.bytes);
      continue;
    }
    const Millis due = call.now() + call.upstream().options().between;
    const bool to_read = moved.state == Moved::State::wait_to_read;
    auto wait = to_read ? line.connection.readable(due) : line.connection.writable(due);
    const Woken woken = co_await wait;
    if (woken != Woken::ready) co_return false;
  }
  co_return true;
}

std::string request_head(const Upstream& upstream, const web::UpstreamRequest& request) {
  std::string head = upstream.head_of(request.path);
  for (const auto& [name, value] : request.headers) {
    if (!append_header(head, name, value)) return {};
  }
  return head + fmt::format("Content-Type: application/json\r\nContent-Length: {}\r\n\r\n", request.body.size());
}

// On a connection that was used before the other side may be about to leave: then once more on a new one. Only as long
// as not all of the request has gone, for after that the upstream may have begun.
Task<bool> send_to_upstream(Call& call, const web::UpstreamRequest& request) {
  const std::string head = request_head(call.upstream(), request);
  if (head.empty()) co_return false;
  call.line = call.session.station.lines.take(call.upstream(), call.now());
  if (call.line) {
    call.session.partner = &call.line->connection;
    const bool sent = co_await send_request(call, head, request.body);
    if (sent) co_return true;
    call.session.partner = nullptr;
  }
  call.line = co_await open_line(call);
  if (!call.line) co_return false;
  const bool sent = co_await send_request(call, head, request.body);
  co_return sent;
}

// Until something can be read. False: it took too long, or everything is being stopped.
Task<bool> wait_for_upstream(Call& call, Millis due, bool to_write) {
  Line& line = *call.line;
  for (;;) {
    const Millis last = std::min(due, call.finish_due);
    const Millis next = std::min(last, call.now() + kLookAgain);
    auto wait = to_write ? line.connection.writable(next) : line.connection.readable(next);
    const Woken woken = co_await wait;
    if (woken == Woken::ready) co_return true;
    if (woken == Woken::cut || call.now() >= last) co_return false;
    if (!call.relay.wanted()) call.leave_client();
  }
}

Task<bool> send_to_client(Call& call, std::string_view a, std::string_view b = {}, std::string_view c = {}) {
  if (call.client_left) co_return false;
  Output output;
  output.add(a);
  output.add(b);
  output.add(c);
  const bool sent = co_await send_all(call.session, output);
  if (!sent) call.leave_client();
  co_return sent;
}

std::string client_head(Call& call, const web::RelayHead& head) {
  web::Response response;
  response.status = call.done.status = head.status;
  response.headers = call.response.headers;
  for (const auto& [name, value] : head.headers.lines()) response.headers.set(name, value);
  const auto length = head.unchanged ? call.parser.head().length : std::nullopt;
  call.chunked = !length && call.exchange.http_1_1;
  call.keep = call.exchange.keep && call.session.may_keep() && (length || call.chunked);
  std::string bytes;
  const bool good = append_head(bytes, response, Framing{length, call.chunked, call.keep, call.exchange.http_1_1},
                                call.session.connection.loop().date(), call.exchange.request.id);
  return good ? bytes : std::string{};
}

// `more` behind what was sent before, and the body's end where it is the last.
Task<bool> pass_on(Call& call, std::string head, std::string_view more, bool last) {
  call.done.bytes += more.size();
  std::string before = std::move(head);
  std::string_view after;
  if (call.chunked) {
    if (!more.empty()) before += fmt::format("{:x}\r\n", more.size());
    after = more.empty() ? (last ? "0\r\n\r\n" : "") : (last ? "\r\n0\r\n\r\n" : "\r\n");
  }
  if (before.empty() && more.empty() && after.empty()) co_return true;
  const bool sent = co_await send_to_client(call, before, more, after);
  co_return sent;
}

// Reads what has come behind what was left over. The bytes are good until the next suspension.
Moved read_more(Line& line, std::span<char> scratch, std::string_view& bytes) {
  const std::size_t have = std::min(line.unread.size(), scratch.size() - 1);
  std::copy_n(line.unread.begin(), have, scratch.begin());
  const Moved moved = line.wire->read(scratch.subspan(have));
  bytes = std::string_view(scratch.data(), have + moved.bytes);
  return moved;
}

// The upstream's answer from its first byte to its last.
Task<web::RelayEnd> pass_answer(Call& call) {
  Line& line = *call.line;
  const UpstreamOptions& options = call.upstream().options();
  const Millis whole_due = call.now() + options.whole;
  std::optional<web::RelayHead> head;
  std::string out;
  Passing passing(call, head, out);
  bool head_sent = false;
  for (;;) {
    std::string_view bytes;
    const Moved moved = read_more(line, call.session.connection.loop().scratch(), bytes);
    if (moved.state == Moved::State::wait_to_read || moved.state == Moved::State::wait_to_write) {
      const Millis pause = passing.begun() ? options.between : options.first;
      const bool came = co_await wait_for_upstream(call, std::min(whole_due, call.now() + pause),
                                                   moved.state == Moved::State::wait_to_write);
      if (!came) co_return web::RelayEnd::broken;
      continue;
    }
    if (moved.state == Moved::State::closed)
      co_return call.parser.ends_here() ? web::RelayEnd::whole : web::RelayEnd::broken;
    const auto progress = call.parser.parse(bytes, passing);
    if (progress.broken) co_return web::RelayEnd::broken;
    line.unread.assign(bytes.substr(progress.used));
    if (progress.head_done) passing.begin();
    if (!call.relay.wanted()) call.leave_client();
    if (head && !call.client_left) {
      std::string first;
      if (!head_sent) first = client_head(call, *head);
      head_sent = true;
      co_await pass_on(call, std::move(first), out, false);
    }
    out.clear();
    if (progress.complete) co_return web::RelayEnd::whole;
  }
}

Task<bool> answer_instead(Call& call) {
  web::Response response = call.relay.refusal();
  for (const auto& [name, value] : call.response.headers.lines()) {
    if (!response.headers.has(name)) response.headers.add(name, value);
  }
  call.done.status = response.status;
  const std::string* text = std::get_if<std::string>(&response.body);
  call.keep = call.exchange.keep && call.session.may_keep();
  call.chunked = false;
  std::string head;
  if (text == nullptr || !append_head(head, response, Framing{text->size(), false, call.keep, call.exchange.http_1_1},
                                      call.session.connection.loop().date(), call.exchange.request.id))
    co_return false;
  call.done.bytes = text->size();
  const bool sent = co_await send_to_client(call, head, *text);
  co_return sent;
}

Task<web::RelayEnd> call_upstream(Call& call, web::UpstreamRequest request) {
  const bool sent = co_await send_to_upstream(call, request);
  request = {};  // may be large, and the answer may take long
  if (!sent) co_return web::RelayEnd::unsent;
  const web::RelayEnd end = co_await pass_answer(call);
  co_return end;
}

Task<bool> end_call(Call& call, web::RelayEnd end) {
  std::string rest;
  call.relay.on_end(end, rest);
  if (!call.passing) {
    const bool sent = co_await answer_instead(call);
    co_return sent;
  }
  const bool sent = co_await pass_on(call, {}, rest, end == web::RelayEnd::whole);
  // A client that waits for more must see that there is none, and that it was not the end.
  if (end != web::RelayEnd::whole) call.session.connection.reset_on_close();
  co_return sent&& end == web::RelayEnd::whole;
}

}  // namespace

Task<Relayed> serve_relay(Session& session, const Exchange& exchange, const web::Response& response,
                          std::shared_ptr<web::Relay> relay) {
  web::UpstreamRequest request = relay->take_request();
  Call call{session, exchange, response, *relay};
  if (session.service.upstreams != nullptr) call.to = session.service.upstreams->find(request.upstream);
  web::RelayEnd end = web::RelayEnd::unsent;
  if (call.to != nullptr && !call.to->begin_call()) {
    end = web::RelayEnd::busy;
  } else if (call.to != nullptr) {
    end = co_await call_upstream(call, std::move(request));
    call.to->end_call();
  }
  session.partner = nullptr;
  if (end == web::RelayEnd::whole && call.line && call.parser.may_keep() && call.line->unread.empty())
    session.station.lines.keep(std::move(call.line), call.now());
  call.line.reset();
  const bool sent = co_await end_call(call, end);
  call.done.kept = sent && call.keep && !call.client_left;
  co_return call.done;
}

}  // namespace bursary::net
