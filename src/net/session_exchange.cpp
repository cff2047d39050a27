#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <variant>

#include "net/answer_head.h"
#include "net/relay.h"
#include "net/session.h"

namespace bursary::net {
namespace {

using Source = std::shared_ptr<web::BodySource>;

// A piece of a stream is sent when it is this large or was this long in the making.
constexpr std::size_t kPiece = 64UL * 1024;
constexpr std::chrono::milliseconds kPieceTime{50};

// Something done by a worker while its session waits. It lies in the waiting coroutine.
class Waited : public Work {
 public:
  Waited(Session& session, bool bounded) : session_(session), bounded_(bounded) {}
  bool await_ready() const noexcept { return false; }
  // Going on at once means that it was not taken.
  bool await_suspend(std::coroutine_handle<> waiting) {
    waiting_ = waiting;
    taken_ = true;  // before submit(): from then on the worker may be done with it
    Workers& workers = session_.service.workers;
    if (bounded_ ? workers.submit(*this) : workers.submit_next(*this)) return true;
    taken_ = false;
    return false;
  }
  bool await_resume() const noexcept { return taken_; }

  void run() final {
    work();
    session_.station.loop.completed(waiting_);
  }
  void drop() final {
    taken_ = false;
    session_.station.loop.completed(waiting_);
  }

 protected:
  virtual void work() = 0;
  Session& session_;

 private:
  bool bounded_;
  bool taken_ = false;
  std::coroutine_handle<> waiting_;
};

std::string_view route_of(const Exchange& exchange) {
  return exchange.route ? std::string_view(exchange.route->path) : "(none)";
}

class Handling final : public Waited {
 public:
  Handling(Session& session, const Exchange& exchange) : Waited(session, true), exchange_(exchange) {}
  web::Response response;
  const std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();

  std::chrono::microseconds took() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
  }
  void log(std::uint64_t bytes) const {
    if (session_.service.options.access_log == AccessLog::off) return;
    const web::Request& request = exchange_.request;
    log_access(session_.service, {request.id, web::to_string(request.method), route_of(exchange_), request.peer,
                                  response.status, bytes, took()});
  }

 private:
  void work() override {
    try {
      response = session_.service.pipeline.handle(exchange_.request);
    } catch (const std::exception& failure) {
      log_failure(session_.service, "handler_failed", exchange_.request.id, failure.what());
      response = plain_refusal(500);
    }
    // Here and not on the I/O thread: whoever takes the log may be slow.
    if (const auto* text = std::get_if<std::string>(&response.body)) log(text->size());
  }
  const Exchange& exchange_;
};

class Pulling final : public Waited {
 public:
  Pulling(Session& session, Source& source, std::string_view request_id)
      : Waited(session, false), source_(source), id_(request_id) {}
  std::string gathered;
  bool more = true;
  bool failed = false;
  Millis pause{0};         // before the next turn
  bool abandoned = false;  // only the source's end is wanted; it may be as slow as its pieces

 private:
  void work() override {
    const auto until = std::chrono::steady_clock::now() + kPieceTime;
    try {
      std::string piece;
      while (more && !abandoned && gathered.size() < kPiece && std::chrono::steady_clock::now() < until) {
        more = source_->next(piece);
        if (more) gathered += piece;
        pause = more ? source_->pause() : Millis{0};
        if (pause > Millis{0}) break;
      }
      if (!more || abandoned) source_.reset();
    } catch (const std::exception& failure) {
      failed = true;
      source_.reset();
      log_failure(session_.service, "stream_failed", id_, failure.what());
    }
  }
  Source& source_;
  std::string_view id_;
};

Task<bool> send_bytes(Session& session, std::string_view a, std::string_view b = {}, std::string_view c = {}) {
  Output output;
  output.add(a);
  output.add(b);
  output.add(c);
  const bool sent = co_await send_all(session, output);
  co_return sent;
}

// Waits so long, or for the client to leave. True: it is still there.
Task<bool> stay(Session& session, Millis pause) {
  const Millis due = session.connection.loop().now() + pause;
  auto wait = session.connection.readable(due);
  const Woken woken = co_await wait;
  if (woken != Woken::ready) co_return woken == Woken::late;
  // It has sent something, or has gone: what it sent is read when its turn comes.
  const std::size_t before = session.input.bytes().size();
  if (!session.receive(session.connection.loop().scratch().size())) co_return false;
  session.input.keep();
  co_return session.input.bytes().size() == before || session.connection.loop().now() < due;
}

// Pieces as they come, in chunks, or bare until the connection's end for HTTP/1.0. True: the client has it all.
Task<bool> send_pieces(Session& session, Pulling& pull, bool chunked, std::uint64_t& bytes) {
  for (;;) {
    pull.gathered.clear();
    session.input.keep();
    const bool taken = co_await pull;
    if (!taken || pull.failed) {
      session.connection.reset_on_close();
      session.station.count(Count::streams_cut);
      co_return false;
    }
    bytes += pull.gathered.size();
    std::string before;
    std::string_view after;
    if (chunked && !pull.gathered.empty()) before = fmt::format("{:x}\r\n", pull.gathered.size());
    if (chunked)
      after = pull.gathered.empty() ? (pull.more ? "" : "0\r\n\r\n") : (pull.more ? "\r\n" : "\r\n0\r\n\r\n");
    const bool sent = co_await send_bytes(session, before, pull.gathered, after);
    if (!sent || !pull.more) co_return sent;
    if (pull.pause > Millis{0}) {
      const bool here = co_await stay(session, pull.pause);
      if (!here) co_return false;
    }
  }
}

Task<bool> send_stream(Session& session, const Exchange& exchange, const web::Response& response, Source source,
                       std::uint64_t& bytes) {
  const bool chunked = exchange.http_1_1;
  const bool keep = chunked && exchange.keep && session.may_keep();
  std::string head;
  if (!append_head(head, response, Framing{std::nullopt, chunked, keep, exchange.http_1_1},
                   session.connection.loop().date(), exchange.request.id))
    co_return false;
  Pulling pull(session, source, exchange.request.id);
  bool sent = co_await send_bytes(session, head);
  if (sent && exchange.request.method != web::Method::head) sent = co_await send_pieces(session, pull, chunked, bytes);
  if (source) {  // closing a source may touch a disk: not on this thread
    pull.abandoned = true;
    co_await pull;
  }
  co_return sent&& keep;
}

Task<bool> send_text(Session& session, const Exchange& exchange, const web::Response& response, std::string_view text) {
  const bool keep = exchange.keep && session.may_keep() && (!exchange.has_body || exchange.read_body);
  const auto date = session.connection.loop().date();
  std::string head;
  if (!append_head(head, response, Framing{text.size(), false, keep, exchange.http_1_1}, date, exchange.request.id)) {
    log_failure(session.service, "bad_answer", exchange.request.id, "a header line that cannot be sent");
    const std::string refusal = whole_answer(plain_refusal(500), date, exchange.request.id);
    co_await send_bytes(session, refusal);
    co_return false;
  }
  const bool bodiless = exchange.request.method == web::Method::head || !may_have_body(response.status);
  const bool sent = co_await send_bytes(session, head, bodiless ? std::string_view{} : text);
  if (sent && !keep) co_await end_and_linger(session);
  co_return sent&& keep;
}

struct BodyRead {
  int refused = 0;    // the status to refuse with
  bool over = false;  // the connection is
};

// Feeds what is there to the parser. A frame of a chunk that has no end is as bad as a head that has none.
HeadParser::Progress feed(Session& session, HeadParser& parser, IncomingBody& body) {
  auto progress = parser.parse_body(session.input.bytes(), body);
  session.input.consume(progress.used);
  const bool endless = !progress.complete && session.input.bytes().size() > session.service.limits.bytes;
  if (endless && progress.refused == 0) progress.refused = 400;
  return progress;
}

Task<BodyRead> read_body(Session& session, Exchange& exchange, HeadParser& parser) {
  IncomingBody body(session.service.spool, exchange.route->body_limit, exchange.expected);
  const Millis begun = session.connection.loop().now();
  if (exchange.wants_continue && session.input.empty()) {
    const bool sent = co_await send_bytes(session, "HTTP/1.1 100 Continue\r\n\r\n");
    if (!sent) co_return BodyRead{0, true};
  }
  for (;;) {
    const auto progress = feed(session, parser, body);
    if (progress.refused != 0) co_return BodyRead{progress.refused, false};
    if (progress.complete) break;
    const Millis due = session.due_at_pace(begun, body.size(), session.service.options.body_timeout);
    const Woken woken = co_await receive_more(session, due, session.connection.loop().scratch().size());
    if (woken == Woken::late) session.station.count(Count::timeouts);
    if (woken != Woken::ready) co_return BodyRead{woken == Woken::late ? 408 : 0, woken == Woken::cut};
  }
  if (body.on_disk()) session.station.count(Count::bodies_spooled);
  exchange.request.body = body.finish();
  co_return BodyRead{exchange.request.body ? 0 : 503, false};
}

// The queue is full: said at once, and the connection stays, so that a client that waits and asks again costs little.
Task<bool> shed(Session& session, const Exchange& exchange) {
  session.station.count(Count::shed);
  session.service.figures.add_answer(session.station.loop.number(), 503);
  const web::Response response = draw_refusal(session, exchange.request, 503);
  const auto* text = std::get_if<std::string>(&response.body);
  const bool kept =
      co_await send_text(session, exchange, response, text ? std::string_view(*text) : std::string_view{});
  co_return kept;
}

Task<bool> handle(Session& session, Exchange& exchange) {
  Handling handling(session, exchange);
  session.input.keep();
  const bool taken = co_await handling;
  exchange.request.body.reset();  // a spooled file need not wait for the answer to be read
  if (!taken) {
    const bool kept = co_await shed(session, exchange);
    co_return kept;
  }
  web::Response& response = handling.response;
  const bool relays = std::holds_alternative<std::shared_ptr<web::Relay>>(response.body);
  if (!relays) session.service.figures.add_answer(session.station.loop.number(), response.status);
  session.service.figures.add_duration(session.station.loop.number(), handling.took());
  if (auto* text = std::get_if<std::string>(&response.body)) {
    const bool kept = co_await send_text(session, exchange, response, *text);
    co_return kept;
  }
  if (const auto* relay = std::get_if<std::shared_ptr<web::Relay>>(&response.body)) {
    const Relayed relayed = co_await serve_relay(session, exchange, response, *relay);
    response.status = relayed.status;
    session.service.figures.add_answer(session.station.loop.number(), relayed.status);
    handling.log(relayed.bytes);
    co_return relayed.kept;
  }
  std::uint64_t bytes = 0;
  Source source = std::move(std::get<Source>(response.body));
  const bool kept = co_await send_stream(session, exchange, response, std::move(source), bytes);
  handling.log(bytes);
  co_return kept;
}

}  // namespace

Task<bool> serve_exchange(Session& session, const Head& head, std::size_t head_size) {
  if (head.refused != 0) {
    session.station.count(Count::malformed);
    web::Request remains = remains_of(head, session.peer, head.target);
    const bool kept = co_await refuse(session, std::move(remains), head.refused, {});
    co_return kept;
  }
  Exchange exchange =
      plan_exchange(head, session.peer, session.service.trusted, session.service.pipeline, session.station);
  exchange.request.id = session.station.next_request_id();
  exchange.request.received = session.service.clock.now();
  session.input.consume(head_size);
  if (exchange.refused != 0) {
    if (exchange.refused == 400) session.station.count(Count::malformed);
    const bool kept = co_await refuse(session, exchange.request, exchange.refused, exchange.stored ? "GET, HEAD" : "");
    co_return kept;
  }
  if (exchange.read_body) {
    HeadParser parser;  // the station's own serves other sessions while this body arrives
    std::swap(parser, session.station.parser);
    const BodyRead read = co_await read_body(session, exchange, parser);
    if (read.over) co_return false;
    if (read.refused != 0) {
      const bool kept = co_await refuse(session, exchange.request, read.refused, {});
      co_return kept;
    }
  }
  const bool kept = co_await handle(session, exchange);
  co_return kept;
}

}  // namespace bursary::net
