#include "net/head.h"

namespace bursary::net {

// Only CR LF ends a line (a bare LF is where two parsers disagree), no line is folded, none begins with a space.
HeadEnd HeadScanner::find(std::string_view input, const HeadLimits& limits) {
  if (input == "\r") return {};  // perhaps half of an empty line before the head, which the caller takes off
  for (;;) {
    const auto newline = input.find('\n', scanned_);
    const std::size_t end = newline == std::string_view::npos ? input.size() : newline + 1;
    if (lines_ == 0 && end - line_start_ > limits.target_bytes + 64) return {HeadEnd::State::refused, 0, 414};
    if (end > limits.bytes) return {HeadEnd::State::refused, 0, 431};
    if (newline == std::string_view::npos) {
      scanned_ = input.size();
      return {};
    }
    if (newline == line_start_ || input[newline - 1] != '\r') return {HeadEnd::State::refused, 0, 400};
    const char first = input[line_start_];
    if (first == ' ' || first == '\t') return {HeadEnd::State::refused, 0, 400};
    if (newline - line_start_ == 1 && lines_ > 0) return {HeadEnd::State::complete, end, 0};
    if (newline - line_start_ == 1) return {HeadEnd::State::refused, 0, 400};
    if (++lines_ > limits.lines + 1) return {HeadEnd::State::refused, 0, 431};
    line_start_ = scanned_ = end;
  }
}

}  // namespace bursary::net
