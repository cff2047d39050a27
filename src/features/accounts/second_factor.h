// The second half of a password: six digits of an app (TOTP, RFC 6238, by liboath), or a recovery code. A part of
// accounts, not of its public face.
//
// Invariants
//   - A code is taken once: the app's by its time step, a recovery code by its row.
//   - The app's secret is made of an id and the installation's secret; no row holds it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/accounts/accounts.h"

namespace bursary::accounts {

inline constexpr int kRecoveryCodes = 10;

// For the app: base 32 as it is typed, and the address that a picture of squares holds (Key Uri Format).
struct CodeAppSecret {
  std::string typed, uri;
};
CodeAppSecret code_app_secret(const Parts& parts, std::int64_t id, std::string_view issuer, std::string_view account);

// The time step whose code `typed` is, now or one step to either side; nothing when it is none of these.
std::optional<std::int64_t> step_of_code(const Parts& parts, std::int64_t id, std::string_view typed, Instant now);

// Takes the code of the person's app, or one of their recovery codes, and uses it up.
bool take_code(db::Tx& tx, const Parts& parts, web::PersonId person, std::string_view typed);

// Ten new ones in place of the old; shown once.
std::vector<std::string> make_recovery_codes(db::Tx& tx, const Parts& parts, web::PersonId person);

}  // namespace bursary::accounts
