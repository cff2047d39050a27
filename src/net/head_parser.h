// Reads a request's head and body by Beast's parser, and refuses what Beast would let pass but another server in the
// chain could read otherwise (request smuggling). No Beast in this header: its users compile in a tenth of the time.
#pragma once
#include <cstddef>
#include <memory>
#include <string_view>

#include "net/head.h"

namespace bursary::net {

// Takes a body's bytes as they arrive, without the chunks' frames.
class BodyTaker {
 public:
  virtual ~BodyTaker() = default;
  // 0, or the status to refuse with (413, 503).
  virtual int take(std::string_view piece) = 0;
};

class HeadParser {
 public:
  HeadParser();
  ~HeadParser();
  HeadParser(HeadParser&&) noexcept;
  HeadParser& operator=(HeadParser&&) noexcept;

  // `input` is one whole head, as HeadScanner found it. The result is good until the next parse() and as long as the
  // input stays.
  const Head& parse(std::string_view input, const HeadLimits& limits);

  struct Progress {
    std::size_t used = 0;  // bytes of the input that are done with
    bool complete = false;
    int refused = 0;  // 400, 413 …; the connection cannot go on
  };
  // The bytes after a head that has a body. Stops at the body's end: what follows is the next request's.
  Progress parse_body(std::string_view input, BodyTaker& taker);

 private:
  class Parser;
  struct Place;
  std::unique_ptr<Place> place_;
};

}  // namespace bursary::net
