// A moment in UTC with microseconds, and the clocks that tell it. Nothing in the product asks the
// operating system for the time but SystemClock; tests hand in a FakeClock.
#pragma once
#include <atomic>
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bursary {

using Microseconds = std::chrono::microseconds;

struct Instant {
  std::int64_t micros = 0;  // since 1970-01-01T00:00:00Z

  auto operator<=>(const Instant&) const = default;
  Instant operator+(Microseconds d) const { return {micros + d.count()}; }
  Instant operator-(Microseconds d) const { return {micros - d.count()}; }
  Microseconds operator-(Instant other) const { return Microseconds{micros - other.micros}; }
};

// "2026-03-01T09:30:00.123456Z", or without the fraction when it is zero.
std::string to_rfc3339(Instant at);
// Accepts what to_rfc3339 writes and any RFC 3339 offset; nothing else.
std::optional<Instant> parse_rfc3339(std::string_view text);
// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, IMF-fixdate).
std::string to_http_date(Instant at);

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

class FakeClock final : public Clock {
 public:
  explicit FakeClock(Instant start) : micros_(start.micros) {}
  Instant now() const override { return {micros_.load()}; }
  void advance(Microseconds by) { micros_ += by.count(); }

 private:
  std::atomic<std::int64_t> micros_;
};

}  // namespace bursary
