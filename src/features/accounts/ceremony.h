// What is begun in one request and ended in another: a passkey's challenge, the second half of a password sign-in, a
// way to a provider and back. A part of accounts, not of its public face.
//
// Invariants
//   - A ceremony is ended once, however many post its end at once, and within its life.
//   - The row opens nothing: the secret that names it is made of its id and the installation's secret.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "features/accounts/accounts.h"

namespace bursary::accounts {

struct CeremonyTag;
using CeremonyId = Id<CeremonyTag>;

// The codes are stored: never renumber.
enum class CeremonyKind : std::int16_t {
  passkey_sign_in = 0,
  passkey_new = 1,
  second_factor = 2,  // a password was right; a code is awaited
  provider = 3,       // somebody was sent to an OpenID provider
  confirmation = 4,   // a passkey is asked for again, before something dangerous
  code_app = 5,       // an app for codes is being set up; its secret is made of the id
  address = 6         // a code was mailed to an address that its person wants to add
};

struct Ceremony {
  CeremonyId id;
  std::optional<web::PersonId> person;
  std::string detail;
};

// Its secret. `detail` is kept as it is: it must hold nothing that opens anything.
std::string begin_ceremony(db::Tx& tx, const Parts& parts, CeremonyKind kind, std::optional<web::PersonId> person,
                           std::string_view detail, std::chrono::seconds life);
// The ceremony of `secret` while it is open; changes nothing.
std::optional<Ceremony> find_ceremony(db::Tx& tx, const Parts& parts, CeremonyKind kind, std::string_view secret);
bool is_open(db::Tx& tx, const Parts& parts, CeremonyKind kind, CeremonyId id);
// Ends it: nothing when it was ended before, its time is over, or there is none such.
std::optional<Ceremony> end_ceremony(db::Tx& tx, const Parts& parts, CeremonyKind kind, std::string_view secret);
// Counts an attempt before it is looked at; false past `limit`: then the ceremony is of no more use.
bool count_attempt(db::Tx& tx, const Parts& parts, CeremonyId id, int limit);

}  // namespace bursary::accounts
