// The console's queue: the list of applications with its query language (query_read.h), counts, kept lists and actions
// on many; one application read in its own form version; export; and the jobs that index text and count just after the
// commit. Lists as public: features/queue/bulk.h, features/queue/filter.h, features/queue/forget.h.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "db/database.h"
#include "db/pace.h"
#include "features/applications/applications.h"
#include "features/programs/programs.h"
#include "features/queue/bulk.h"
#include "features/queue/filter.h"
#include "web/response.h"
#include "web/router.h"

namespace bursary::api {
struct Parts;
}

namespace bursary::queue {

struct Parts {
  db::Database& database;
  const Clock& clock;
  IdSource& ids;
  programs::Programs& programs;
  applications::FormVersions& form_versions;
  std::string node_name;  // names this process in leases
  // What can be done with many applications at once, in the order of the menu.
  std::vector<const BulkAction*> actions = {&assign_action(), &screen_action()};
  std::vector<BulkPage> pages = {};
};

// Where a page of the list begins.
struct Cursor {
  std::optional<std::int64_t> older_than, newer_than;  // queue ids; at most one is set
  std::int64_t updated_at = 0;                         // with Sort::updated: of the same application
};
struct ListRow {
  applications::ApplicationId id;
  std::int64_t queue_id = 0;
  std::string reference, applicant_name, institution, country, area, locale;
  applications::State state{};
  std::uint64_t flags = 0;
  Instant submitted_at, updated_at;
  std::int64_t assignee = kNobody;
};
struct ListPage {
  std::vector<ListRow> rows;  // in the filter's order
  bool has_newer = false, has_older = false;
  // Set when the rows that may be walked for one page (kWalk in query_sql.h) were, and it is not full: go on from here.
  std::optional<Cursor> looked_until;
};
// unbounded: as many rows are walked as it takes; for what nobody waits for.
enum class Walk { bounded, unbounded };
ListPage list(db::Tx& tx, std::string_view program, const Filter& filter, const Cursor& cursor, std::size_t size,
              Walk walk = Walk::bounded);

// The index job. One node at a time holds its lease; each batch is one short write, so that submissions do not wait
// behind it.
class IndexJob {
 public:
  IndexJob(const Parts& parts, db::JobWrites& jobs) : parts_(parts), pace_(parts.database, parts.clock, jobs) {}
  struct Done {
    std::size_t indexed = 0;  // 0: nothing to do, or another node is at it
    std::chrono::milliseconds oldest_waited{0};
  };
  // Indexes at most `limit` waiting applications.
  Done run_once(std::size_t limit);
  // A batch for a server that others use: how long to rest before the next one. Submissions come first; what they leave
  // is indexed as fast as it goes. One thread.
  std::chrono::milliseconds step();

  struct Figures {
    std::int64_t waiting = 0;       // bounded count: at most 100,000
    std::optional<Instant> oldest;  // since when the first has waited
  };
  static Figures figures(db::Tx& tx);

 private:
  const Parts& parts_;
  db::Pace pace_;
};

// Adds up what changed (applications/tally.h) so that counts need not read much. One node at a time.
class TallyJob {
 public:
  TallyJob(const Parts& parts, db::JobWrites& jobs) : parts_(parts), pace_(parts.database, parts.clock, jobs) {}
  std::size_t run_once(std::size_t limit);  // rows that were added up
  std::chrono::milliseconds step();

 private:
  const Parts& parts_;
  db::Pace pace_;
  Instant next_check_{};
};
// Goes on with acts on many (bulk.h) that a request began: long ones, and those whose server died.
class BulkJob {
 public:
  BulkJob(const Parts& parts, db::JobWrites& jobs) : parts_(parts), pace_(parts.database, parts.clock, jobs) {}
  std::chrono::milliseconds step();

 private:
  const Parts& parts_;
  db::Pace pace_;
};

// Compares every count with the applications themselves: how many differ. mend_tally corrects those. Reads all
// applications once.
struct TallyCheck {
  std::size_t counts = 0, wrong = 0;
};
TallyCheck check_tally(db::Database& database, std::string_view program);
TallyCheck mend_tally(db::Database& database, std::string_view program);

enum class ExportFormat { csv, json_lines };
// Streams what `filter` lists, oldest first, in pages of their own snapshots; `program` fixes the columns to the
// current form's questions, answers to questions that it lacks come last as JSON.
std::shared_ptr<web::BodySource> open_export(const Parts& parts, const Filter& filter, ExportFormat format);

// GET /staff, /staff/applications/{reference}, …/file/{token}, /staff/export.
void add_routes(web::Router& router, const Parts& parts);
// /api/v1/applications… as far as they are read here, /api/v1/bulk…, /api/v1/views….
void add_api_routes(web::Router& router, const Parts& parts, const api::Parts& api);

}  // namespace bursary::queue
