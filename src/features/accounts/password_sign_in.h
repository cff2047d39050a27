// Staff let in by a password and a code. A part of accounts, not of its public face.
//
// Invariants
//   - A right password alone opens nothing; a session begins with the code.
//   - Guessing is slow: ten attempts an hour for an address, right or wrong; but a browser that was let in before has
//     ten of its own, so that nobody locks anybody out.
//   - What is refused, and how long it takes, does not tell whether an address is known or has a password.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "features/accounts/accounts.h"
#include "features/accounts/sessions.h"

namespace bursary::accounts {

inline constexpr int kAttemptsAnHour = 10;
inline constexpr int kSecondFactorAttempts = 5;
inline constexpr std::chrono::minutes kSecondFactorLife{10};
inline constexpr std::chrono::hours kDeviceLife{24 * 365};

// The secret of the awaited code. Error{invalid} for a wrong pair, Error{limit} for too many attempts. `device`: what
// an earlier sign-in left in this browser, or empty.
Result<std::string> begin_by_password(const Parts& parts, std::string_view email, std::string_view password,
                                      std::string_view device);
struct Admitted {
  std::string session;  // its secret
  std::string device;   // to be kept by the browser
};
// Error{invalid} for a wrong code, Error{conflict} when there is nothing (more) to be ended.
Result<Admitted> finish_by_code(const Parts& parts, std::string_view secret, std::string_view code,
                                const Visitor& visitor);

// The same for somebody who is in already: both at once, and the renewed session's secret.
Result<std::string> confirm_by_password(const Parts& parts, web::PersonId person, std::string_view password,
                                        std::string_view code, const Visitor& visitor);

// For the account page. `set` also takes the app that `begun` names, once its first code is right: Error{invalid} with
// fields "code" or "password". What it returns are the recovery codes.
Result<std::string> begin_code_app(const Parts& parts, web::PersonId person);
std::optional<std::int64_t> code_app_begun(db::Tx& tx, const Parts& parts, web::PersonId person,
                                           std::string_view begun);
Result<std::vector<std::string>> set_password_and_app(const Parts& parts, web::PersonId person, std::string_view begun,
                                                      std::string_view code, std::string_view password,
                                                      const std::vector<std::string>& own_words);
Result<void> remove_password(const Parts& parts, web::PersonId person);
Result<std::vector<std::string>> new_recovery_codes(const Parts& parts, web::PersonId person);

struct PasswordState {
  bool set = false;
  int recovery_codes = 0;  // not used yet
};
PasswordState password_state(db::Tx& tx, web::PersonId person);

}  // namespace bursary::accounts
