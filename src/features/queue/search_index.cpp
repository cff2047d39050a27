// The job that makes what was submitted findable, and flags what resembles another.
#include <fmt/format.h>

#include "features/applications/tally.h"
#include "features/queue/forget.h"
#include "features/queue/likeness.h"
#include "features/queue/queue.h"
#include "features/queue/search_document.h"
#include "features/queue/search_index.sql.h"

namespace bursary::queue {
namespace {

namespace search_index_sql = sql::queue::search_index;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr std::chrono::seconds kIndexLease{
    5};  // renewed with each batch; a node that died holds the others up no longer

// A batch is one write, and who submits waits behind it: small while many do.
constexpr std::size_t kIndexBatch = 100;
constexpr std::size_t kBatchWhenBusy = 24;
constexpr milliseconds kIndexIdle{200};
// From here on the index takes half the time, whatever comes in.
constexpr std::chrono::seconds kBehind{60};

void flag_alike(db::Tx& tx, IdSource& ids, const SearchDocument& document, const Likeness& alike, Instant now) {
  const std::string detail = fmt::format(R"({{"reference":"{}","resemblance":{}}})", alike.reference,
                                         static_cast<int>(alike.resemblance * 100));
  const auto kind = applications::Flag::near_duplicate;
  tx.post(search_index_sql::add_flag, document.id, kind, document.queue_id, detail, now);
  const std::int64_t bit = applications::bit_of(kind);
  if (tx.execute(search_index_sql::set_flag_bit, bit, document.id) > 0)
    applications::tally_flagged(tx, ids, document.id, bit);
}

void write_document(db::Tx& tx, IdSource& ids, const SearchDocument& document, const std::optional<Likeness>& alike,
                    Instant now) {
  tx.post(search_index_sql::forget, document.queue_id);
  tx.post(search_index_sql::remember, document.queue_id, document.body, document.facets);
  if (alike) flag_alike(tx, ids, document, *alike, now);
  for (const auto& band : document.bands) tx.post(search_index_sql::keep_band, band.band, band.value, document.id);
  applications::list_email(tx, document.id, document.email);
  tx.post(search_index_sql::done, document.queue_id, document.since);
}

// What one batch will write, all of it made before the writing transaction begins.
struct Batch {
  std::vector<SearchDocument> documents;
  std::vector<std::optional<Likeness>> alike;
  std::vector<std::pair<std::int64_t, Instant>> gone;  // erased meanwhile
  Instant oldest;
  std::int64_t erasures = 0;  // so far, when it was read
  std::size_t size() const { return documents.size() + gone.size(); }
};

Batch read_batch(db::Tx& tx, applications::FormVersions& versions, std::size_t limit) {
  Batch batch;
  batch.erasures = erasures_so_far(tx);
  std::vector<std::shared_ptr<const forms::Definition>> definitions;
  for (const db::Row waiting : tx.query(search_index_sql::waiting, static_cast<std::int64_t>(limit))) {
    const std::int64_t queue_id = waiting.integer(0);
    if (batch.size() == 0) batch.oldest = waiting.instant(1);
    const auto row = tx.find(search_index_sql::source, queue_id);
    if (!row) {
      batch.gone.emplace_back(queue_id, waiting.instant(1));
      continue;
    }
    definitions.push_back(versions.get(tx, row->id<applications::FormVersionId>(4)));
    batch.documents.push_back(make_document(tx.dialect(), queue_id, *row, *definitions.back()));
    batch.documents.back().since = waiting.instant(1);
  }
  LikenessSearch search(tx);  // keeps pointers into documents, which grows no more
  for (std::size_t i = 0; i < batch.documents.size(); ++i) {
    batch.alike.push_back(search.find(batch.documents[i], *definitions[i]));
  }
  return batch;
}

}  // namespace

IndexJob::Done IndexJob::run_once(std::size_t limit) {
  const Batch batch = parts_.database.read([&](db::Tx& tx) { return read_batch(tx, parts_.form_versions, limit); });
  if (batch.size() == 0) return {};
  const Instant now = parts_.clock.now();
  const auto written = parts_.database.write([&](db::Tx& tx) -> Result<bool> {
    tx.hold(kErasureTurn);
    if (tx.execute(search_index_sql::take_lease, "search_index", parts_.node_name, now + kIndexLease, now) == 0)
      return false;
    if (erasures_so_far(tx) != batch.erasures) return false;  // of what was read, something may be gone: read again
    for (std::size_t i = 0; i < batch.documents.size(); ++i)
      write_document(tx, parts_.ids, batch.documents[i], batch.alike[i], now);
    for (const auto& [queue_id, since] : batch.gone) tx.post(search_index_sql::done, queue_id, since);
    return true;
  });
  if (!written || !*written) return {};
  return {batch.size(), duration_cast<milliseconds>(now - batch.oldest)};
}

milliseconds IndexJob::step() {
  pace_.begin();
  const Done done = run_once(pace_.busy() ? kBatchWhenBusy : kIndexBatch);
  const milliseconds rest = pace_.end(done.indexed > 0 ? 1 : 0, done.oldest_waited > kBehind);
  return done.indexed > 0 ? rest : kIndexIdle;
}

IndexJob::Figures IndexJob::figures(db::Tx& tx) {
  const db::Row row = tx.query(search_index_sql::waiting_figures).at(0);  // an aggregate: always one row
  return {row.integer(0), row.maybe_instant(1)};
}

}  // namespace bursary::queue
