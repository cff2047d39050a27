#include "features/insights/figures.h"

#include <fmt/format.h>

#include <charconv>

#include "features/insights/insights.h"
#include "features/insights/insights.sql.h"

namespace bursary::insights {

namespace insights_sql = sql::insights::insights;
using namespace std::chrono;

namespace {

constexpr std::int64_t kHour = 3'600'000'000;
constexpr std::int64_t kHourly = 48, kDaily = 90, kLongest = 520;  // hours, days, weeks
constexpr std::int64_t kMostWaiting = 20'000;

year_month_day date_of(std::int64_t day) { return year_month_day(sys_days(days(day))); }
std::int64_t count(const year_month_day& date) { return sys_days(date).time_since_epoch().count(); }

}  // namespace

std::int64_t bucket_of(Microseconds time) {
  const std::int64_t hours = std::max<std::int64_t>(0, time.count() / kHour);
  if (hours < kHourly) return hours;
  const std::int64_t full_days = hours / 24;
  if (full_days < kDaily) return kHourly + full_days - 2;
  return kHourly + kDaily - 2 + std::min((full_days - kDaily) / 7, kLongest);
}

double hours_of(std::int64_t bucket) {
  if (bucket < kHourly) return static_cast<double>(bucket);
  const std::int64_t full_days = bucket - kHourly + 2;
  if (full_days < kDaily) return static_cast<double>(full_days * 24);
  return static_cast<double>((kDaily + (full_days - kDaily) * 7) * 24);
}

std::int64_t days_within(std::int64_t bucket) {
  if (bucket < kHourly) return bucket / 24 + 1;
  const std::int64_t full_days = bucket - kHourly + 2;
  return full_days < kDaily ? full_days + 1 : kDaily + (full_days - kDaily + 1) * 7;
}

Spread spread_of(const std::map<std::int64_t, std::int64_t>& buckets) {
  Spread out;
  for (const auto& [bucket, n] : buckets) out.n += n;
  const auto bucket_at = [&](std::int64_t tenths) {
    const std::int64_t rank = (out.n * tenths + 9) / 10;
    std::int64_t seen = 0, found = 0;
    for (const auto& [bucket, n] : buckets) {
      found = bucket;
      seen += n;
      if (seen >= rank) break;
    }
    return found;
  };
  if (out.n == 0) return out;
  out.median = hours_of(bucket_at(5));
  out.median_days = days_within(bucket_at(5));
  out.ninetieth = hours_of(bucket_at(9));
  return out;
}

std::int64_t day_of(Instant at) { return floor<days>(Microseconds(at.micros)).count(); }

std::int64_t month_of_day(std::int64_t day) {
  const year_month_day date = date_of(day);
  return count(date.year() / date.month() / 1);
}

std::int64_t next_month(std::int64_t first, int by) {
  const year_month_day date = date_of(first) + months(by);
  return count(date);
}

std::string month_name(std::int64_t first) {
  const year_month_day date = date_of(first);
  return fmt::format("{:04}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()));
}

std::string day_name(std::int64_t day) {
  return fmt::format("{}-{:02}", month_name(day), static_cast<unsigned>(date_of(day).day()));
}

std::optional<std::int64_t> month_named(std::string_view text) {
  int y = 0;
  unsigned m = 0;
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const auto read_year = std::from_chars(text.data(), text.data() + 4, y);
  const auto read_month = std::from_chars(text.data() + 5, text.data() + 7, m);
  if (read_year.ptr != text.data() + 4 || read_month.ptr != text.data() + 7 || y < 1970 || m < 1 || m > 12)
    return std::nullopt;
  return count(year(y) / month(m) / 1);
}

namespace {

ByPart gathered(const db::Rows& rows) {
  ByPart out;
  for (const db::Row row : rows) out[row.text(0)][row.integer(1)] += row.integer(2);
  return out;
}

}  // namespace

ByPart by_part(db::Tx& tx, std::string_view program, Measure measure, const Period& period) {
  return gathered(tx.query(insights_sql::by_part, program, measure, period.from, period.until));
}

ByPart by_day(db::Tx& tx, std::string_view program, Measure measure, const Period& period) {
  return gathered(tx.query(insights_sql::by_day, program, measure, period.from, period.until));
}

std::map<std::int64_t, std::map<std::int64_t, std::int64_t>> spans(db::Tx& tx, std::string_view program,
                                                                   std::string_view part, const Period& period) {
  std::map<std::int64_t, std::map<std::int64_t, std::int64_t>> out;
  for (const db::Row row : tx.query(insights_sql::spans, program, period.from, period.until, part)) {
    out[row.integer(0)][row.integer(1)] += row.integer(2);
  }
  return out;
}

std::optional<applications::Turnaround> median_turnaround(db::Tx& tx, std::string_view program) {
  const auto row = tx.find(insights_sql::recent, program);
  if (!row || row->integer(1) < kFewestCases) return std::nullopt;
  return applications::Turnaround{row->integer(0), row->integer(1)};
}

std::optional<std::int64_t> first_day(db::Tx& tx, std::string_view program) {
  const auto row = tx.find(insights_sql::first_day, program);
  if (!row) return std::nullopt;
  return row->integer(0);
}

Standing standing(db::Tx& tx, std::string_view program) {
  Standing out;
  const auto number = [](const std::string& text) {
    std::int64_t n = 0;
    std::from_chars(text.data(), text.data() + text.size(), n);
    return n;
  };
  for (const db::Row row : tx.query(insights_sql::standing, program)) {
    if (row.integer(0) == 0) {
      out.states[row.integer(2)] += row.integer(3);
    } else {
      out.assigned[number(row.text(1))][row.integer(2)] += row.integer(3);
    }
  }
  for (const db::Row row : tx.query(insights_sql::standing_waiting, program, kMostWaiting)) {
    out.states[row.integer(0)] += row.integer(2);
    if (!row.is_null(1)) out.assigned[row.integer(1)][row.integer(0)] += row.integer(2);
  }
  for (const auto& [person, states] : out.assigned) {
    if (const auto row = tx.find(insights_sql::name, person)) out.names[person] = row->text(0);
  }
  return out;
}

}  // namespace bursary::insights
