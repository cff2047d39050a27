// Staff and their sessions. This first part has one way in: a one-time link that the terminal prints for the first
// administrator. Sign-in by passkey, password and OpenID Connect comes beside it, behind the same Sessions.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/random.h"
#include "db/database.h"
#include "features/programs/programs.h"
#include "web/context.h"
#include "web/router.h"

namespace bursary::accounts {

struct Parts {
  db::Database& database;
  const Clock& clock;
  Random& random;
  IdSource& ids;
  programs::Programs& programs;
};

// A path "/staff/link/<secret>" that opens one session within `life`; kept hashed. Makes the first administrator when
// there is none. GET of the link changes nothing: its button's POST does.
std::string make_staff_link(const Parts& parts, std::chrono::seconds life);

// Sessions by cookie "session": 256-bit secret, stored hashed; 12 h idle, 7 days in all.
std::unique_ptr<web::Sessions> open_sessions(const Parts& parts);

// GET /staff/link/{secret}, POST /staff/link/{secret}, POST /staff/log-out.
void add_routes(web::Router& router, const Parts& parts);

}  // namespace bursary::accounts
