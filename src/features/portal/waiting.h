// What waits for somebody: the one list that /my begins with and the header counts. Private.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "features/applications/people.h"
#include "features/applications/portal.h"
#include "features/portal/portal.h"

namespace bursary::portal {

// Of one application, as far as who asks may read it.
struct Standing {
  std::int64_t letter = 0, decision = 0;  // the last of each that was told; 0: none
  bool unread = false;                    // the last letter
  bool decision_unread = false;
  std::optional<Instant> changes_due;  // changes are asked for
  bool expires_soon = false;           // the draft
  int waits() const;
};
Standing standing_of(db::Tx& tx, const applications::Application& application, const applications::Belonging& belonging,
                     web::PersonId person, Instant now);

// Somebody has read up to there; 0: nothing new.
void see(db::Tx& tx, web::PersonId person, applications::ApplicationId id, std::int64_t letter, std::int64_t decision);

}  // namespace bursary::portal
