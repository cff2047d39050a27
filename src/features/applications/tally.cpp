#include "features/applications/tally.h"

#include "features/applications/tally.sql.h"

namespace bursary::applications {

namespace tally_sql = sql::applications::tally;

void tally_submitted(db::Tx& tx, IdSource& ids, const Application& application, std::string_view areas) {
  tx.post(tally_sql::submitted, ids.next_value(), application.program, application.country, areas, application.flags);
}

void tally_moved(db::Tx& tx, IdSource& ids, ApplicationId id, State from) {
  const std::int64_t gone = ids.next_value();
  tx.post(tally_sql::moved, gone, from, id, ids.next_value());
}

void tally_flagged(db::Tx& tx, IdSource& ids, ApplicationId id, std::int64_t bits) {
  const std::int64_t gone = ids.next_value();
  tx.post(tally_sql::flagged, gone, bits, id, ids.next_value());
}

void tally_assigned(db::Tx& tx, IdSource& ids, ApplicationId id, std::optional<std::int64_t> assignee_before) {
  const std::int64_t gone = ids.next_value();
  tx.post(tally_sql::assigned, gone, assignee_before, id, ids.next_value());
}

void tally_out(db::Tx& tx, IdSource& ids, ApplicationId id) { tx.post(tally_sql::one, ids.next_value(), -1, id); }
void tally_in(db::Tx& tx, IdSource& ids, ApplicationId id) { tx.post(tally_sql::one, ids.next_value(), 1, id); }

}  // namespace bursary::applications
