// From sealed events to figures.
#include <set>
#include <tuple>

#include "base/number.h"
#include "features/applications/applications.h"
#include "features/insights/figures.h"
#include "features/insights/insights.h"
#include "features/insights/insights.sql.h"

namespace bursary::insights {
namespace {

namespace insights_sql = sql::insights::insights;
using std::chrono::milliseconds;

constexpr std::size_t kBatch = 500;
constexpr milliseconds kIdle{2000};

// program, measure, day, part, bucket → n
using Sums = std::map<std::tuple<std::string, Measure, std::int64_t, std::string, std::int64_t>, std::int64_t>;

// A member of an event's detail, whose states are words without escapes.
std::string_view member(std::string_view detail, std::string_view name) {
  const std::string before = fmt::format(R"("{}":")", name);
  const std::size_t at = detail.find(before);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = detail.substr(at + before.size());
  return rest.substr(0, rest.find('"'));
}

bool is_told(std::string_view state) { return state == "awarded" || state == "declined" || state == "waitlisted"; }

struct Event {
  std::int64_t id = 0, application = 0;
  std::string kind, detail, program, country, areas;
  Instant at;
  std::optional<Instant> created_at, submitted_at;
};

class Folder {
 public:
  explicit Folder(db::Tx& tx) : tx_(tx) {}

  void take(const Event& event) {
    event_ = &event;
    if (event.kind == "draft_started") return came("draft");
    if (event.kind == "submitted") {
      // Straight from the public form: begun and sent at once.
      if (event.created_at && event.created_at == event.submitted_at) came("draft");
      came("submitted");
      return outcome(Outcome::applied);
    }
    const std::string_view to = member(event.detail, "to"), from = member(event.detail, "from");
    if (to.empty() || from.empty() || !applications::state_named(to) || !applications::state_named(from)) return;
    moved(from, to);
  }
  const Sums& sums() const { return sums_; }

 private:
  void add(Measure measure, std::int64_t day, std::string_view part, std::int64_t bucket) {
    ++sums_[{event_->program, measure, day, std::string(part), bucket}];
  }
  std::int64_t month() const { return month_of_day(day_of(event_->at)); }
  void came(std::string_view step) { add(Measure::came, day_of(event_->at), step, 0); }
  void outcome(Outcome what) {
    const auto bucket = static_cast<std::int64_t>(what);
    std::string_view areas = event_->areas;
    while (!areas.empty()) {
      const std::size_t end = areas.find(' ');
      add(Measure::area, month(), areas.substr(0, end), bucket);
      areas.remove_prefix(end == std::string_view::npos ? areas.size() : end + 1);
    }
    add(Measure::country, month(), event_->country, bucket);
  }
  void moved(std::string_view from, std::string_view to) {
    std::optional<Instant> came_in, entered;  // first submission; the step that is left now
    bool first = true, first_told = true;
    for (const db::Row row : tx_.query(insights_sql::earlier, event_->application, event_->id)) {
      const auto& kind = row.text(0);
      const auto& detail = row.text(2);
      const std::string_view there = kind == "submitted" ? "submitted" : member(detail, "to");
      if (kind == "submitted" && !came_in) came_in = row.instant(1);
      if (there == from) entered = row.instant(1);
      if (there == to) first = false;
      if (is_told(there)) first_told = false;
    }
    if (first) came(to);
    if (entered) add(Measure::took, month(), from, bucket_of(event_->at - *entered));
    if (is_told(to) && first_told && came_in) add(Measure::took, month(), kWhole, bucket_of(event_->at - *came_in));
    if (to == "awarded") outcome(Outcome::awarded);
    if (to == "declined") outcome(Outcome::declined);
  }

  db::Tx& tx_;
  const Event* event_ = nullptr;
  Sums sums_;
};

Event event_of(const db::Row& row) {
  Event event;
  event.id = row.integer(1);
  event.kind = row.text(2);
  event.at = row.instant(3);
  event.detail = row.text(4);
  event.application = row.integer(5);
  event.program = row.text(6);
  event.country = row.text(7);
  event.areas = row.text(8);
  if (!row.is_null(9)) event.created_at = row.instant(9);
  if (!row.is_null(10)) event.submitted_at = row.instant(10);
  return event;
}

struct Batch {
  std::int64_t before = 0, seal = 0;
  std::size_t events = 0;
  Sums sums;
};
Batch look(db::Tx& tx, std::size_t limit) {
  Batch batch;
  const auto folded = tx.find(insights_sql::folded);
  if (!folded) throw std::logic_error("the setting insights_seal is missing");
  batch.before = read_row_number(folded->text(0));
  batch.seal = batch.before;
  Folder folder(tx);
  for (const db::Row row : tx.query(insights_sql::sealed, batch.before, static_cast<std::int64_t>(limit))) {
    batch.seal = row.integer(0);
    ++batch.events;
    // Of an application; what became of it since is in its row alone, which an erasure may have emptied.
    if (!row.is_null(5) && !row.is_null(6)) folder.take(event_of(row));
  }
  batch.sums = folder.sums();
  return batch;
}

// The row behind median_turnaround, made anew for each program that told somebody something.
void renew_recent(db::Tx& tx, const Sums& sums, Instant now) {
  const std::int64_t until = next_month(month_of_day(day_of(now)));
  std::set<std::string> programs;
  for (const auto& [key, n] : sums) {
    if (std::get<1>(key) == Measure::took && std::get<3>(key) == kWhole) programs.insert(std::get<0>(key));
  }
  for (const std::string& program : programs) {
    std::map<std::int64_t, std::int64_t> all;
    for (const auto& [month, buckets] : spans(tx, program, kWhole, {next_month(until, -12), until})) {
      for (const auto& [bucket, n] : buckets) all[bucket] += n;
    }
    tx.execute(insights_sql::forget_recent, program);
    const Spread spread = spread_of(all);
    if (spread.n > 0) tx.execute(insights_sql::add, program, Measure::recent, 0, kWhole, spread.median_days, spread.n);
  }
}

}  // namespace

std::size_t InsightJob::run_once(std::size_t limit) {
  const Batch batch = parts_.database.read([&](db::Tx& tx) { return look(tx, limit); });
  if (batch.events == 0) return 0;
  const auto done = parts_.database.write([&](db::Tx& tx) -> Result<std::size_t> {
    if (tx.execute(insights_sql::fold_to, batch.seal, batch.before) == 0) return std::size_t{0};
    for (const auto& [key, n] : batch.sums) {
      const auto& [program, measure, day, part, bucket] = key;
      tx.post(insights_sql::add, program, measure, day, part, bucket, n);
    }
    renew_recent(tx, batch.sums, parts_.clock.now());
    return batch.events;
  });
  return done ? *done : 0;
}

milliseconds InsightJob::step() {
  pace_.begin();
  const std::size_t done = run_once(kBatch);
  const milliseconds rest = pace_.end(done > 0 ? 1 : 0);
  return done == kBatch ? rest : std::max(rest, kIdle);
}

}  // namespace bursary::insights
