// What a webhook may be told of, and the events behind it. A name is a promise to other people's programs: it stays.
#pragma once
#include <algorithm>
#include <string_view>

namespace bursary::webhooks {

struct WebhookKind {
  std::string_view name;   // as it is sent
  std::string_view event;  // audit/event_kind.h
};

// Nothing here tells a decision before its applicant may know it.
inline constexpr WebhookKind kWebhookKinds[] = {
    {"application.submitted", "submitted"},   {"application.resubmitted", "resubmitted"},
    {"application.withdrawn", "withdrawn"},   {"application.moved", "moved"},
    {"application.moved_back", "moved_back"}, {"application.decided", "decision_released"},
    {"application.appealed", "appealed"},     {"application.flagged", "flag_added"},
    {"application.assigned", "assigned"},     {"application.erased", "erased"},
    {"letter.received", "letter_received"},   {"letter.written", "letter_written"},
    {"message.bounced", "mail_bounced"},
};
// Sent by a button alone, whatever the webhook is told of.
inline constexpr std::string_view kTrial = "webhook.trial";

constexpr bool is_webhook_kind(std::string_view name) {
  return std::ranges::any_of(kWebhookKinds, [&](const WebhookKind& one) { return one.name == name; });
}

}  // namespace bursary::webhooks
