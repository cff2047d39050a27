// The head of one request as it stands in the input, taken apart but not copied: every view is good only as long as
// the bytes it was parsed from stay where they are.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "web/request.h"

namespace bursary::net {

struct HeadLimits {
  std::size_t bytes = 16UL * 1024;
  std::size_t lines = 100;
  std::size_t target_bytes = 8UL * 1024;
};

struct Head {
  web::Method method = web::Method::other;
  std::string_view target;
  bool http_1_1 = true;
  std::vector<std::pair<std::string_view, std::string_view>> lines;

  // What the server itself looks at; empty when absent.
  std::string_view host;
  std::string_view accept_encoding, accept_language, cookie, if_none_match, expect;
  std::size_t hosts = 0;
  bool close = false;       // "Connection: close"
  bool keep_alive = false;  // "Connection: keep-alive"; matters to HTTP/1.0
  bool forwarded = false;   // has a header of a proxy's; see addresses.h

  bool chunked = false;
  std::optional<std::uint64_t> content_length;
  bool has_body() const { return chunked || content_length.value_or(0) > 0; }

  // What the answer must be instead, when the head is refused: 400, 414, 431, 501, 505; 0 when it stands. The rest of
  // the head may then be missing.
  int refused = 0;

  // Whether another request may follow on the same connection.
  bool may_keep() const { return !close && (http_1_1 || keep_alive); }
};

// Where a head ends, without looking at what it says but for its line ends.
struct HeadEnd {
  enum class State { incomplete, complete, refused } state = State::incomplete;
  std::size_t size = 0;  // of the whole head, when complete
  int status = 0;        // when refused
};

// Resumable: call find() again with the same bytes and more behind them.
class HeadScanner {
 public:
  HeadEnd find(std::string_view input, const HeadLimits& limits);
  void reset() { *this = {}; }
  bool begun() const { return scanned_ > 0; }

 private:
  std::size_t line_start_ = 0;
  std::size_t scanned_ = 0;
  std::size_t lines_ = 0;
};

}  // namespace bursary::net
