// ID tokens of OpenID Connect Core 1.0, section 3.1.3.7, checked. cjose underneath. No I/O. A part of accounts.
#pragma once
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/result.h"

namespace bursary::accounts {

struct ExpectedToken {
  std::string issuer, client_id, nonce;
  Instant now;
};
struct Claims {
  std::string issuer, subject, name, email;
  bool email_verified = false;
};
// How far the provider's clock may be from ours.
inline constexpr std::chrono::seconds kClockSlack{120};

// `keys`: the provider's JSON Web Key Set. Signed by one of these with RS256, PS256 or ES256 (never by a shared secret,
// never by nothing), for us, now, and for this attempt. Error{forbidden} with the reason for the log; Error{not_found}
// when the set lacks the key that the token names, so that it is worth fetching again.
Result<Claims> check_id_token(std::string_view token, std::string_view keys, const ExpectedToken& expected);

}  // namespace bursary::accounts
