// What a person has to come in by, and whether they may change it now. Private.
#pragma once
#include <optional>

#include "base/result.h"
#include "features/accounts/accounts.h"

namespace bursary::accounts {

// They have more than mail: a passkey, a password or a provider.
bool has_more_than_mail(db::Tx& tx, web::PersonId person);

// Ways in may be added and removed by who has proved lately that they are the account's person; a first one by whoever
// reads its mail, for there is nothing else to prove it with. Error{forbidden} otherwise.
std::optional<Error> ways_in_closed(const Parts& parts, const web::Context& context);

}  // namespace bursary::accounts
