// Figures: how many come to each step and how long it takes, for staff (/staff/insights) and, with small numbers kept
// back, for everybody (/transparency).
//
// Invariants
//   - Every figure of a time comes from table `insight`, which InsightJob adds up from the sealed events, each once and
//     in the order of their seals. No page reads applications.
//   - What is counted lags behind by as long as sealing takes: seconds. How long something took is known in buckets
//     (figures.h): to the hour below two days, to the day below ninety, then to the week.
//   - An application counts at each step once, when it first came there.
//   - What an applicant is told of others (median_turnaround) rests on at least kFewestCases of them.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/instant.h"
#include "db/database.h"
#include "db/pace.h"
#include "features/applications/applications.h"
#include "features/programs/programs.h"
#include "web/router.h"

namespace bursary::api {
struct Parts;
}

namespace bursary::insights {

struct Parts {
  db::Database& database;
  const Clock& clock;
  programs::Programs& programs;
};

class InsightJob {
 public:
  InsightJob(const Parts& parts, db::JobWrites& jobs) : parts_(parts), pace_(parts.database, parts.clock, jobs) {}
  // Folds at most `limit` events; how many. 0: nothing to do, or another node was faster.
  std::size_t run_once(std::size_t limit);
  std::chrono::milliseconds step();

 private:
  const Parts& parts_;
  db::Pace pace_;
};

// Half of those told their first decision in the last twelve months were told it within so many days of submission.
// Nothing under kFewestCases. Reads one row, so any page may ask; its number is as old as the last decision folded.
inline constexpr std::int64_t kFewestCases = 10;
std::optional<applications::Turnaround> median_turnaround(db::Tx& tx, std::string_view program);

// /staff/insights, /staff/insights/{figure}/csv, /transparency, /transparency/csv. `parts` outlives the router.
void add_routes(web::Router& router, const Parts& parts);
// /api/v1/insights.
void add_api_routes(web::Router& router, const Parts& parts, const api::Parts& api);

}  // namespace bursary::insights
