// Passkeys: adding one to a person, and being let in by one. A part of accounts, not of its public face.
//
// Invariants
//   - A challenge is answered once, within five minutes, by the purpose that it was made for.
//   - A passkey's counter that goes back means a copy: it lets nobody in any more until its owner adds a new one.
//   - What the browser says is checked in passkey_check.h; who may add a passkey, the pages settle.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "features/accounts/accounts.h"
#include "features/accounts/passkey_check.h"
#include "features/accounts/sessions.h"

namespace bursary::accounts {

struct PasskeyTag;
using PasskeyId = Id<PasskeyTag>;

inline constexpr std::chrono::minutes kChallengeLife{5};
inline constexpr int kMostPasskeys = 20;

struct Passkey {
  PasskeyId id;
  std::string name, credential_id;
  Instant created_at;
  std::optional<Instant> used_at;
};
std::vector<Passkey> passkeys_of(db::Tx& tx, web::PersonId person);

// What a browser is asked for: PublicKeyCredentialCreationOptions and …RequestOptions as JSON, bytes in base64url.
Result<std::string> begin_passkey(const Parts& parts, web::PersonId person, const std::string& user_name);
Result<std::string> begin_passkey_sign_in(const Parts& parts);
// With the passkeys of this person alone.
Result<std::string> begin_passkey_confirmation(const Parts& parts, web::PersonId person);

// What it answered. Error{forbidden} for whatever does not hold, without telling more than that; Error{conflict} for a
// passkey that somebody has already; Error{limit} past kMostPasskeys.
struct Registration {
  std::string client_data, attestation_object;
};
Result<void> add_passkey(const Parts& parts, web::PersonId person, const Registration& registration,
                         std::string_view name);
struct PasskeyAnswer {
  std::string credential_id;
  Assertion assertion;
};
// The new session's secret.
Result<std::string> enter_by_passkey(const Parts& parts, const PasskeyAnswer& answer, const Visitor& visitor);
// The renewed session's secret.
Result<std::string> confirm_by_passkey(const Parts& parts, web::PersonId person, const PasskeyAnswer& answer,
                                       const Visitor& visitor);
// False when it is not one of theirs.
Result<bool> remove_passkey(const Parts& parts, web::PersonId person, PasskeyId id);

}  // namespace bursary::accounts
