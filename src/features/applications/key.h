// What makes the same post twice one application. Private.
#pragma once
#include <optional>
#include <string_view>

#include "features/applications/applications.h"

namespace bursary::applications {

// Keys that a page makes: 16 to 100 letters, digits, '-' and '_'. Anything else is as good as none.
bool is_page_key(std::string_view key);

// By the page's key; without one by what was sent, if that holds an e-mail (else two people could mean one form).
std::optional<Sha256> submission_key(std::string_view program, std::string_view page_key, std::string_view email,
                                     std::string_view canonical_answers);

// Days since 1970.
std::int64_t day_of(Instant at);

// Puts the key down for this application: breaks the transaction (ConstraintViolated) when it is there already.
void take_key(db::Tx& tx, const Sha256& key, Instant now, ApplicationId application);
std::optional<ApplicationId> find_key(db::Tx& tx, const Sha256& key);
// Forgets keys taken before yesterday, a bounded number in each write; how many.
std::int64_t forget_keys(db::Database& database, Instant now);

}  // namespace bursary::applications
