// A stream of events on its way to a client: passed on byte for byte, but for what was asked of the provider for the
// gateway's own sake. Private to the gateway.
//
// Invariants
//   - An event is passed on as soon as its last byte came.
//   - What is no event stream, and an event longer than kLongestEvent, is passed on as it is and reads as nothing.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "features/gateway/usage.h"

namespace bursary::gateway {

inline constexpr std::size_t kLongestEvent = 4UL * 1024 * 1024;

class Stream {
 public:
  // hide_usage: the client did not ask for it; what tells it is left out.
  explicit Stream(bool hide_usage) : hide_usage_(hide_usage) {}

  // Appends to `out` what the client gets.
  void feed(std::string_view bytes, std::string& out);
  // Nothing more comes: what is left of an unfinished event.
  void finish(std::string& out);

  // What the provider told.
  const std::optional<Usage>& usage() const { return usage_; }
  // Whether its own last event came: "[DONE]", or one of `responses` that ends it.
  bool ended() const { return ended_; }
  // What was produced so far, for when nobody tells: of each event that carries text one token for every four bytes of
  // it, and at least one.
  std::int64_t counted() const { return counted_; }

 private:
  void event(std::string_view raw, std::string& out);

  const bool hide_usage_;
  std::string pending_;     // of an event that is not whole
  std::size_t looked_ = 0;  // of pending_, in vain for its end
  bool through_ = false;    // no longer looked at
  std::optional<Usage> usage_;
  bool ended_ = false;
  std::int64_t counted_ = 0;
};

}  // namespace bursary::gateway
