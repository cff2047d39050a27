// Every kind of event that is ever written. Each has its phrase, "audit.event.<kind>", in every language.
#pragma once
#include <algorithm>
#include <string_view>

namespace bursary::audit {

inline constexpr std::string_view kEventKinds[] = {
    // Of an application, by its applicant or the program.
    "draft_started", "draft_reminded", "draft_expired", "submitted", "link_mailed", "email_corrected",
    // From state to state; detail: {"from": "submitted", "to": "screening"}.
    "moved"};

constexpr bool is_event_kind(std::string_view kind) {
  return std::ranges::find(kEventKinds, kind) != std::ranges::end(kEventKinds);
}

}  // namespace bursary::audit
