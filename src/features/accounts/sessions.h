// Starting and ending sessions: what every way of signing in uses. A part of accounts, not of its public face.
#pragma once
#include <string>
#include <string_view>

#include "features/accounts/accounts.h"

namespace bursary::accounts {

inline constexpr std::string_view kSessionCookie = "session";

// How surely a session's person is who they say. Codes are stored: never renumber.
enum class Strength : std::int16_t {
  mail = 0,   // who reads their mail: enough for one's own applications, not for anybody else's
  strong = 1  // who sat at the server's terminal
};

// Adds a session for `person` and ends the one of `replaced_secret` (empty: none). The new secret.
std::string start_session(db::Tx& tx, Random& random, Instant now, web::PersonId person, Strength strength,
                          std::string_view replaced_secret);
void end_session(db::Tx& tx, std::string_view secret);

}  // namespace bursary::accounts
