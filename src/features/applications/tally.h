// What the queue's counts are made of: each change of where an application stands is a row of its own, in the
// transaction that makes it, and a job (queue/tally_job.cpp) adds them up. So no two writers wait for one counter, and
// what is counted and not yet added up together are exact.
//
// Whoever changes state, country, areas, flags or assignee of what is in the queue posts the change here: out of the
// old place, into the new one. All of these are to be called after the statement that changed (and so locked) the row.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "features/applications/applications.h"

namespace bursary::applications {

// The codes are stored: never renumber.
enum class TallyFacet : std::int16_t { all = 0, country = 1, area = 2, flag = 3, assignee = 4 };

// It came into the queue.
void tally_submitted(db::Tx& tx, IdSource& ids, const Application& application, std::string_view areas);
// From `from` to where its row says it is. Nothing for what is not in the queue.
void tally_moved(db::Tx& tx, IdSource& ids, ApplicationId id, State from);
// Bits that were not set and are now; negative: that were set and are not.
void tally_flagged(db::Tx& tx, IdSource& ids, ApplicationId id, std::int64_t bits);
void tally_assigned(db::Tx& tx, IdSource& ids, ApplicationId id, std::optional<std::int64_t> assignee_before);
// Country or areas are about to be others: out before the row is written (it must be locked already), in after.
void tally_out(db::Tx& tx, IdSource& ids, ApplicationId id);
void tally_in(db::Tx& tx, IdSource& ids, ApplicationId id);

}  // namespace bursary::applications
