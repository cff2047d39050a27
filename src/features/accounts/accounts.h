// People, their ways in and their sessions: mail, passkey, password with a code, OpenID Connect, and a one-time link of
// the terminal for the first administrator. Each ends in start_session (sessions.h); roles are read in one place
// (roles.h). Lists as public: features/accounts/openid.h.
//
// Invariants
//   - A session's secret and a link's secret are 256 random bits, handed out once and kept as SHA-256 alone.
//   - A link opens one session, however many post it at once; a newer link for the same person ends it.
//   - Mail alone gives nobody a role's permissions.
//   - Signing in always makes a new secret; one that came with the request is ended, never taken over.
#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "base/random.h"
#include "db/database.h"
#include "features/accounts/openid.h"
#include "features/programs/programs.h"
#include "features/site/site.h"
#include "web/context.h"
#include "web/router.h"

namespace bursary::api {
struct Parts;
}
namespace bursary::messages {
struct PrivateLink;
}

namespace bursary::accounts {

struct Parts {
  db::Database& database;
  const Clock& clock;
  Random& random;  // suits any thread
  IdSource& ids;
  programs::Programs& programs;
  std::string public_address;  // "https://apply.example.org", without a slash at its end
  std::string secret;          // of derived secrets (base/derived_secret.h): at least 32 bytes, the same on every node
  std::shared_ptr<const OpenIdProviders> providers = nullptr;  // null: none
};

// messages::TellLink of this feature: address and code of a mail that lets in. Nothing once it is of no use.
std::optional<std::string> tell_link(const Parts& parts, const messages::PrivateLink& link);

// A path "/staff/link/<secret>" that opens one session within `life`; kept hashed. Makes the first administrator when
// there is none. GET of the link changes nothing: its button's POST does. Links that were made before for the same
// person and not used end. Throws std::runtime_error when the database takes no writes.
std::string make_staff_link(const Parts& parts, std::chrono::seconds life);

// OpenID providers, for the stored log-in page.
std::vector<site::WayIn> ways_in(const Parts& parts);

// Sessions by cookie "session": 12 h idle, 7 days in all. `seen_at` is written at most once in five minutes.
inline constexpr std::chrono::hours kIdleLife{12};
inline constexpr std::chrono::hours kSessionLife{7 * 24};
std::unique_ptr<web::Sessions> open_sessions(const Parts& parts);

// /log-in/…, /staff/sign-in/…, /staff/link/…, /staff/people/…, /confirm and /my/account/…: routes.cpp. `parts` is
// copied.
void add_routes(web::Router& router, const Parts& parts);
// /api/v1/people…, /api/v1/token, /api/v1/tokens…. `parts` outlives the router.
void add_api_routes(web::Router& router, const Parts& parts, const api::Parts& api);

}  // namespace bursary::accounts
