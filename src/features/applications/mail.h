// The messages that this feature sends, with the values that programs::mail_kinds() lists for each. Public:
// applications.h lists it.
#pragma once
#include <string>

#include "features/applications/applications.h"
#include "features/messages/messages.h"

namespace bursary::applications {

// Of PrivateLink::opens.
inline constexpr std::string_view kOpensDraft = "draft";
inline constexpr std::string_view kOpensApplication = "application";

std::string draft_address(const Parts& parts, std::string_view link);
std::string application_address(const Parts& parts, std::string_view link);
// When the program has promised a decision by; nothing when it promises none.
std::optional<Instant> decision_due(const programs::Program& program, Instant submitted_at);

messages::NewMessage submitted_mail(const programs::Program& program, const Application& application, Instant due);
messages::NewMessage draft_link_mail(const Application& draft, Instant due);
messages::NewMessage draft_expires_mail(const Application& draft, Instant due);

}  // namespace bursary::applications
