#include <algorithm>
#include <cstring>
#include <exception>

#include "net/answer_head.h"
#include "net/session.h"

namespace bursary::net {
namespace {

// What a client may still send into a refusal before it is cut.
constexpr std::size_t kLongestLinger = 64UL * 1024 * 1024;

}  // namespace

void Input::keep() {
  if (view_.empty()) {
    kept_ = {};
  } else if (view_.data() >= kept_.data() && view_.data() < kept_.data() + kept_.size()) {
    kept_.erase(0, static_cast<std::size_t>(view_.data() - kept_.data()));
  } else {
    kept_.assign(view_);
  }
  view_ = kept_;
}

Moved Input::fill(Wire& wire, std::span<char> scratch, std::size_t most) {
  const std::size_t have = view_.size();
  most = std::min(most, scratch.size());
  if (have >= most) return {Moved::State::closed, 0};  // the caller should have refused before
  if (have > 0) std::memmove(scratch.data(), view_.data(), have);
  const Moved moved = wire.read(scratch.subspan(have, most - have));
  view_ = std::string_view(scratch.data(), have + moved.bytes);
  return moved;
}

void Output::add(std::string_view bytes) {
  if (bytes.empty()) return;
  pieces_[count_++] = {const_cast<char*>(bytes.data()), bytes.size()};  // iovec is for reading too; sending only reads
}

void Output::sent(std::size_t bytes) {
  while (bytes > 0) {
    iovec& piece = pieces_[first_];
    const std::size_t part = std::min(bytes, piece.iov_len);
    piece.iov_base = static_cast<char*>(piece.iov_base) + part;
    piece.iov_len -= part;
    bytes -= part;
    if (piece.iov_len == 0) ++first_;
  }
}

bool Session::receive(std::size_t most) {
  const Moved moved = input.fill(*wire, connection.loop().scratch(), most);
  read_waits_to_write = moved.state == Moved::State::wait_to_write;
  if (moved.bytes > 0) station.count(Count::bytes_in, moved.bytes);
  return moved.state != Moved::State::closed;
}

Session::Sent Session::send_now(Output& output) {
  while (!output.empty()) {
    const Moved moved = wire->write(output.pieces());
    if (moved.state == Moved::State::closed) return Sent::none;
    write_waits_to_read = moved.state == Moved::State::wait_to_read;
    if (moved.state != Moved::State::moved) return Sent::part;
    station.count(Count::bytes_out, moved.bytes);
    output.sent(moved.bytes);
  }
  return Sent::all;
}

Millis Session::due_at_pace(Millis begun, std::uint64_t bytes, Millis timeout) const {
  const auto earned = static_cast<Millis::rep>(bytes * 1000 / std::max<std::size_t>(service.options.least_rate, 1));
  return std::min(begun + timeout + Millis{earned}, station.loop.now() + timeout);
}

Task<bool> send_all(Session& session, Output output) {
  const Millis begun = session.connection.loop().now();
  const auto& options = session.service.options;
  std::uint64_t total = 0;
  for (const iovec& piece : output.pieces()) total += piece.iov_len;
  for (;;) {
    const Session::Sent sent = session.send_now(output);
    if (sent != Session::Sent::part) co_return sent == Session::Sent::all;
    std::uint64_t left = 0;
    for (const iovec& piece : output.pieces()) left += piece.iov_len;
    session.input.keep();
    const Millis due = session.due_at_pace(begun, total - left, options.write_timeout);
    auto wait = session.write_waits_to_read ? session.connection.readable(due) : session.connection.writable(due);
    const Woken woken = co_await wait;
    if (woken == Woken::late) session.station.count(Count::timeouts);
    if (woken != Woken::ready) co_return false;
  }
}

Task<Woken> receive_more(Session& session, Millis due, std::size_t most) {
  for (;;) {
    if (!session.wire->holds_more()) {
      session.input.keep();
      auto wait = session.read_waits_to_write ? session.connection.writable(due) : session.connection.readable(due);
      const Woken woken = co_await wait;
      if (woken != Woken::ready) co_return woken;
    }
    const std::size_t before = session.input.bytes().size();
    if (!session.receive(most)) co_return Woken::cut;
    if (session.input.bytes().size() > before) co_return Woken::ready;
  }
}

// Reads and forgets until the client has seen the end. Closing with unread input would make the kernel answer with a
// reset, and the refusal would be lost on its way.
Task<bool> end_and_linger(Session& session) {
  session.wire->end();
  const Millis due = session.connection.loop().now() + session.service.options.linger_timeout;
  std::size_t forgotten = session.input.bytes().size();
  session.input.consume(forgotten);
  while (forgotten < kLongestLinger) {
    const Woken woken = co_await receive_more(session, due, session.connection.loop().scratch().size());
    if (woken != Woken::ready) break;
    forgotten += session.input.bytes().size();
    session.input.consume(session.input.bytes().size());
  }
  co_return false;
}

web::Response draw_refusal(Session& session, const web::Request& request, int status) {
  if (!session.station.may_draw_refusal()) return plain_refusal(status);
  try {
    return session.service.pipeline.refusal(request, status);
  } catch (const std::exception& failure) {
    log_failure(session.service, "refusal_failed", request.id, failure.what());
    return plain_refusal(status);
  }
}

Task<bool> refuse(Session& session, web::Request request, int status, std::string allow) {
  if (request.id.empty()) request.id = session.station.next_request_id();
  web::Response response = draw_refusal(session, request, status);
  if (!allow.empty()) response.headers.set("Allow", std::move(allow));
  session.service.figures.add_answer(session.connection.loop().number(), status);
  const auto date = session.connection.loop().date();
  std::string bytes = whole_answer(response, date, request.id);
  if (bytes.empty()) bytes = whole_answer(plain_refusal(status), date, request.id);
  if (session.service.options.access_log != AccessLog::off)
    log_access(session.service,
               {request.id, web::to_string(request.method), "(refused)", request.peer, status, bytes.size(), {}});
  const std::size_t head = bytes.find("\r\n\r\n") + 4;
  Output output;
  output.add(std::string_view(bytes).substr(0, request.method == web::Method::head ? head : bytes.size()));
  const bool sent = co_await send_all(session, output);
  if (!sent) co_return false;
  const bool kept = co_await end_and_linger(session);
  co_return kept;
}

}  // namespace bursary::net
