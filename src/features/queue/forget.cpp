#include "features/queue/forget.h"

#include "features/queue/forget.sql.h"
#include "features/queue/search_document.h"
#include "features/queue/search_index.sql.h"

namespace bursary::queue {

namespace forget_sql = sql::queue::forget;

std::int64_t erasures_so_far(db::Tx& tx) { return tx.query(forget_sql::erasures).at(0).integer(0); }

void forget_document(db::Tx& tx, applications::FormVersions& versions, applications::ApplicationId id,
                     std::int64_t queue_id) {
  for (const db::Row row : tx.query(forget_sql::submissions, id)) {
    const auto definition = versions.get(tx, row.id<applications::FormVersionId>(0));
    const auto answers = forms::answers_from_json(row.text(1));
    if (!answers) continue;
    for (const auto& band : defence::bands_of(shingles_of(*definition, *answers)))
      tx.post(forget_sql::forget_band, band.band, band.value, id);
  }
  tx.post(sql::queue::search_index::forget, queue_id);
  tx.post(forget_sql::forget_waiting, queue_id);
}

bool TextPurge::step() {
  if (database_.dialect() != db::Dialect::sqlite) return false;  // VACUUM's task there
  const auto changed = database_.write([&](db::Tx& tx) -> Result<std::int64_t> {
    const std::int64_t before = tx.query(forget_sql::changes).at(0).integer(0);
    if (begun_) {
      tx.execute(forget_sql::merge_on);
    } else {
      tx.execute(forget_sql::merge_all);
    }
    return tx.query(forget_sql::changes).at(0).integer(0) - before;
  });
  if (!changed) return true;  // the database is busy
  const bool more = !begun_ || *changed >= 2;
  begun_ = more;
  return more;
}

}  // namespace bursary::queue
