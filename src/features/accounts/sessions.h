// Starting, listing and ending sessions: what every way of signing in uses. A part of accounts, not of its public face.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "features/accounts/accounts.h"
#include "features/audit/audit.h"
#include "web/request.h"

namespace bursary::accounts {

inline constexpr std::string_view kSessionCookie = "session";

// How surely a session's person is who they say. Codes are stored: never renumber.
enum class Strength : std::int16_t {
  mail = 0,   // who reads their mail: enough for one's own applications, not for anybody else's
  strong = 1  // a passkey, a password with a second factor, a provider that staff may use, or the server's terminal
};
// How they came in. Codes are stored: never renumber.
enum class Method : std::int16_t { unknown = 0, mail = 1, terminal = 2, passkey = 3, password = 4, provider = 5 };
std::string_view to_string(Method method);

// What a request tells beside its answer: the session that it came with, which ends, and by which browser.
struct Visitor {
  std::string session;  // its secret; empty: none
  std::string browser;  // "Firefox, Linux"; empty: it does not say
  static Visitor of(const web::Request& request);
};

// Adds a session for `person`, with its event. The new secret.
std::string start_session(db::Tx& tx, const Parts& parts, web::PersonId person, Strength strength, Method method,
                          const Visitor& visitor);
// Its person has proved once more who they are: a new secret in place of the old (empty when that is no session), so
// that nobody who had the old one has gained anything.
std::string renew_session(db::Tx& tx, const Parts& parts, web::PersonId person, Method method, const Visitor& visitor);
void end_session(db::Tx& tx, std::string_view secret);

struct SessionLine {
  std::int64_t id = 0;
  Method method = Method::unknown;
  std::string browser;
  Instant created_at, seen_at;
};
std::vector<SessionLine> sessions_of(db::Tx& tx, web::PersonId person, Instant now);
// False when there is none such of this person.
bool end_session_of(db::Tx& tx, web::PersonId person, std::int64_t id);
void end_other_sessions(db::Tx& tx, web::PersonId person, std::int64_t but);

// By whom an act of this person is: staff where they have a role in the program.
audit::By act_of(db::Tx& tx, const Parts& parts, web::PersonId person);
// An event of one's account.
void write_account_event(db::Tx& tx, const Parts& parts, web::PersonId person, std::string_view kind,
                         std::string_view detail = "{}");

}  // namespace bursary::accounts
