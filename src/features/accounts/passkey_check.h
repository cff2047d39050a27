// What a browser says of a passkey, checked: WebAuthn level 2, sections 7.1 (registration) and 7.2 (assertion), with
// attestation "none". libfido2 underneath. No I/O. A part of accounts, not of its public face.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bursary::accounts {

// Whose passkeys are asked for: the site's origin, "https://apply.example.org", and its host.
struct RelyingParty {
  std::string origin, host;
  static RelyingParty of(std::string_view public_address);
};

struct PasskeyKey {
  std::int16_t algorithm = 0;  // COSE: -7, -8 or -257
  std::string bytes;           // as libfido2 keeps a key of that algorithm
};
struct NewPasskey {
  std::string credential_id;
  PasskeyKey key;
  std::uint32_t sign_count = 0;
};

// The challenge that `client_data` (the browser's JSON) answers, when it is of `type` ("webauthn.create" or
// "webauthn.get") and of our own origin. Whether that challenge is ours, its caller must ask.
std::optional<std::string> challenge_in(std::string_view client_data, std::string_view type, const RelyingParty& site);

// What the browser made: only with a person present and verified, for our host, with one of our algorithms.
Result<NewPasskey> read_new_passkey(std::string_view attestation_object, const RelyingParty& site);

struct Assertion {
  std::string client_data, authenticator_data, signature;
};
// The counter that it was signed with; Error{forbidden} when the signature does not hold, is not for our host, or its
// person was not verified. The challenge is not looked at here.
Result<std::uint32_t> check_assertion(const Assertion& assertion, const PasskeyKey& key, const RelyingParty& site);

}  // namespace bursary::accounts
