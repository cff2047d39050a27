// A way to an OpenID provider and back, as the browser's cookie keeps it: signed, and bound to that browser. Private.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "features/accounts/accounts.h"
#include "features/accounts/openid.h"

namespace bursary::accounts {

inline constexpr std::string_view kAttemptCookie = "provider";
inline constexpr std::chrono::minutes kAttemptLife{15};

struct Attempt {
  std::string id;                       // random: 128 bits
  std::string provider;                 // its key
  std::string next;                     // a local path
  std::optional<web::PersonId> person;  // who connects an account; nobody: it is a sign-in
  Instant expires_at;
};
Attempt begin_attempt(const Parts& parts, std::string_view provider, std::string_view next,
                      std::optional<web::PersonId> person);
std::string to_cookie(const Parts& parts, const Attempt& attempt);
// Nothing when it is not ours, or too old.
std::optional<Attempt> read_attempt(const Parts& parts, std::string_view cookie);
AttemptSecrets secrets_of(const Parts& parts, const Attempt& attempt);
// Where the provider sends the browser back to.
std::string back_address(const Parts& parts, const Provider& provider);

}  // namespace bursary::accounts
