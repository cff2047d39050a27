// The handlers behind routes.cpp, and what this folder's files share. Private.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "features/webhooks/webhooks.h"
#include "web/request.h"
#include "web/response.h"

namespace bursary::webhooks {

// What is sent: {"type", "timestamp", "data": {"program", "reference", and the event's own detail}}.
std::string body_of(std::string_view kind, Instant at, std::string_view program, std::string_view reference,
                    std::string_view detail);
std::vector<std::string> words_in(std::string_view text);  // between blanks

using Page = web::Response(const Parts&, const web::Request&, const web::Context&);
Page show_webhooks, post_webhook;                // all of them
Page show_webhook, post_change, show_secret_of;  // one

}  // namespace bursary::webhooks
