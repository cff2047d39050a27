// Idempotency-Keys (draft-ietf-httpapi-idempotency-key-header): the same key with the same request gets the same answer
// for a day, and does nothing again. Private.
#pragma once
#include "base/crypto.h"
#include "features/api/api.h"

namespace bursary::api {

struct Outcome {
  int status = 200;
  std::string body, etag;
  bool repeated = false;
};

// A key as it was sent, and which request it came with; both as SHA-256.
struct Key {
  std::int64_t token = 0;
  Sha256 key{}, request{};
};
// Nothing where none was sent. Error "problem.api.request.key".
Result<std::optional<Key>> read_key(const Call& call);

// What was answered to this key, or nothing: then it is taken. Error{invalid} for a key of another request,
// Error{limit} past kMostKeys. Throws ConstraintViolated when somebody takes it at the same time: then look again.
Result<std::optional<Outcome>> take_key(db::Tx& tx, const Key& key, Instant now);
void keep_answer(db::Tx& tx, const Key& key, const Outcome& outcome);

}  // namespace bursary::api
