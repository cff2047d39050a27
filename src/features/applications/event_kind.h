// Every kind of event that is ever written. Each has its phrase, "queue.event.<kind>", in every language.
#pragma once
#include <algorithm>
#include <array>
#include <string_view>

namespace bursary::applications {

inline constexpr std::array<std::string_view, 6> kEventKinds = {"draft_started", "draft_reminded", "draft_expired",
                                                                "submitted",     "link_mailed",    "email_corrected"};

constexpr bool is_event_kind(std::string_view kind) {
  return std::ranges::find(kEventKinds, kind) != kEventKinds.end();
}

}  // namespace bursary::applications
