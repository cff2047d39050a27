// What arrives on a connection: heads and bodies, whole or in pieces, and what is read out of them.
// modules: net
#include <string>

#include "net/head_parser.h"
#include "net/negotiation.h"
#include "net/target.h"
#include "tests/fuzz/require.h"

using namespace bursary;

namespace {

class Taken final : public net::BodyTaker {
 public:
  int take(std::string_view piece) override {
    bytes.append(piece);
    return bytes.size() > 100'000 ? 413 : 0;
  }
  std::string bytes;
};

struct Read {
  int status = 0;  // of the head's or the body's refusal
  bool whole = false;
  std::size_t used = 0;
  std::string lines, body;
  bool operator==(const Read&) const = default;
};

// The first request in the input, which arrives `step` bytes at a time.
Read read_request(std::string_view input, std::size_t step) {
  const net::HeadLimits limits{2'000, 20, 500};
  net::HeadScanner scanner;
  net::HeadEnd end;
  for (std::size_t have = 0; have < input.size() && end.state == net::HeadEnd::State::incomplete;) {
    have = std::min(have + step, input.size());
    end = scanner.find(input.substr(0, have), limits);
  }
  if (end.state != net::HeadEnd::State::complete) return {end.status, false, 0, {}, {}};
  net::HeadParser parser;
  const net::Head& head = parser.parse(input.substr(0, end.size), limits);
  Read read{head.refused, false, end.size, {}, {}};
  if (head.refused != 0) return read;
  fuzz::require(head.lines.size() <= limits.lines && head.target.size() <= limits.target_bytes);
  fuzz::require(!(head.chunked && head.content_length) && head.hosts <= 1 && (head.hosts == 1 || !head.http_1_1));
  for (const auto& [name, value] : head.lines) {
    fuzz::require(!name.empty() && name.find_first_of(" \t\r\n:") == std::string_view::npos);
    fuzz::require(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos);
    read.lines.append(name).append(":").append(value).append("\n");
  }
  if (const auto target = net::parse_target(head.target)) {
    const std::string_view path = target->path;
    fuzz::require(path.starts_with('/') && path.find("//") == std::string_view::npos &&
                  path.find('\0') == std::string_view::npos);
    fuzz::require(path.find("/../") == std::string_view::npos && !path.ends_with("/.."));
    if (const auto plain = net::plain_path(head.target)) fuzz::require(*plain == path);
  }
  net::choose_encoding(head.accept_encoding, true, true);
  net::none_match_holds(head.if_none_match, "\"tag\"");
  net::language_key(head.target, head.cookie, head.accept_language);
  if (!head.has_body()) {
    read.whole = true;
    return read;
  }
  Taken taken;
  const auto length = head.content_length;
  for (std::size_t have = end.size; have < input.size() && !read.whole && read.status == 0;) {
    have = std::min(have + step, input.size());
    const auto progress = parser.parse_body(input.substr(read.used, have - read.used), taken);
    read.used += progress.used;
    read.status = progress.refused;
    read.whole = progress.complete;
  }
  fuzz::require(read.used <= input.size());
  if (read.whole && length) fuzz::require(taken.bytes.size() == *length);
  if (read.status != 0) return {read.status, false, 0, {}, {}};  // how far it came by then depends on the pieces
  read.body = std::move(taken.bytes);
  return read;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::text(data, size);
  const Read whole = read_request(input, input.size() + 1);
  // However a request is cut into packets, it is the same request.
  for (const std::size_t step : {1, 7}) {
    const Read pieces = read_request(input, static_cast<std::size_t>(step));
    fuzz::require(pieces.whole == whole.whole);
    if (whole.whole) fuzz::require(pieces == whole);
  }
  return 0;
}
