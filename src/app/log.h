// The log of everything but requests (net/ writes those): one JSON object a line, like theirs.
#pragma once
#include <spdlog/formatter.h>

#include <memory>

namespace bursary::app {

// {"event":"log","at":"2026-03-01T09:30:00Z","level":"error","what":"…"}. Nothing in a message makes a second line or
// another object.
class JsonLines final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& line) override;
  std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<JsonLines>(); }
};

}  // namespace bursary::app
