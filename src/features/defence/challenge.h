// Making and checking proof-of-work challenges. Stateless: a challenge is its own record, signed.
//
//   challenge = base64url( issued[8, microseconds, big endian] bits[1] random[12] mac[16] )
//   mac       = first 16 bytes of HMAC-SHA-256(secret, "bursary challenge 1\n" + the first 21 bytes)
//   proof     = challenge ":" nonce, nonce 1 to 20 decimal digits; SHA-256(proof) begins with `bits` zero bits
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/random.h"
#include "features/defence/defence.h"

namespace bursary::defence {

Challenge make_challenge(std::string_view secret, Instant now, int bits, Random& random);

struct Proof {
  std::string id;  // the challenge's 12 random bytes: what is remembered when it is spent
  Instant issued;
};
// Nothing for a proof that is malformed, not ours, too old, from the future, or without the work.
std::optional<Proof> check_proof(std::string_view secret, std::string_view proof, Instant now,
                                 std::chrono::seconds life);

}  // namespace bursary::defence
