// The one-time link that opens a first session. A part of accounts, not of its public face.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "features/accounts/accounts.h"
#include "features/accounts/sessions.h"

namespace bursary::accounts {

enum class LinkState { usable, used, replaced, expired, unknown };

// Changes nothing.
LinkState state_of_link(db::Tx& tx, std::string_view secret, Instant now);
// Uses the link up and starts a session: its secret. Error{conflict} when the link cannot be used (any more).
Result<std::string> use_link(const Parts& parts, std::string_view secret, const Visitor& visitor);

}  // namespace bursary::accounts
