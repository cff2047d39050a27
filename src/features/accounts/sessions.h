// Starting and ending sessions: what every way of signing in uses. A part of accounts, not of its public face.
#pragma once
#include <string>
#include <string_view>

#include "features/accounts/accounts.h"

namespace bursary::accounts {

inline constexpr std::string_view kSessionCookie = "session";

// Adds a session for `staff` and ends the one of `replaced_secret` (empty: none). The new secret.
std::string start_session(db::Tx& tx, Random& random, Instant now, web::StaffId staff,
                          std::string_view replaced_secret);
void end_session(db::Tx& tx, std::string_view secret);

}  // namespace bursary::accounts
