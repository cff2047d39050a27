// Reads an upstream's answer: its head, then its body without the chunks' frames. No Beast in this header.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "net/head_parser.h"
#include "web/request.h"

namespace bursary::net {

struct AnswerHead {
  int status = 0;
  web::Headers headers;
  std::optional<std::uint64_t> length;  // of the body, where it was told
};

class AnswerParser {
 public:
  AnswerParser();
  ~AnswerParser();
  AnswerParser(AnswerParser&&) noexcept;
  AnswerParser& operator=(AnswerParser&&) noexcept;

  struct Progress {
    std::size_t used = 0;    // bytes of the input that are done with
    bool head_done = false;  // head() is whole
    bool complete = false;   // so is the body
    bool broken = false;     // it is no HTTP, or too long a head; the connection is of no more use
  };
  // `taker` gets the body's bytes. Interim answers (100, 103) are passed over.
  Progress parse(std::string_view input, BodyTaker& taker);
  // The connection has ended: whether that is the body's own end.
  bool ends_here();
  const AnswerHead& head() const;
  // Whether another request may follow on the connection. After `complete`.
  bool may_keep() const;

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace bursary::net
