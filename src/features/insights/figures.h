// The numbers behind every chart. Private.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "db/database.h"

namespace bursary::insights {

// The codes are stored: never renumber.
enum class Measure : std::int16_t { came = 0, took = 1, area = 2, country = 3, recent = 4 };
// Buckets of Measure::area and ::country. A decision counts each time that it is told.
enum class Outcome : std::int64_t { applied = 0, awarded = 1, declined = 2 };
// Of Measure::took: from coming in to the first decision that was told. The other parts are steps that were left.
inline constexpr std::string_view kWhole = "whole";

// Measure::recent is one row a program, made anew: kWhole's median over twelve months as days_within, and of how many.

// A stretch of time as its bucket, and the hours that a bucket stands for.
std::int64_t bucket_of(Microseconds time);
double hours_of(std::int64_t bucket);
// Whole days within which all of a bucket lies, at least 1.
std::int64_t days_within(std::int64_t bucket);

// Of a histogram: the lower bounds of the buckets that hold the median and the ninetieth percentile (nearest rank).
struct Spread {
  std::int64_t n = 0;
  double median = 0, ninetieth = 0;  // hours
  std::int64_t median_days = 0;      // days_within
};
Spread spread_of(const std::map<std::int64_t, std::int64_t>& buckets);

// Days since 1970 in UTC.
std::int64_t day_of(Instant at);
std::int64_t month_of_day(std::int64_t day);                     // its month's first day
std::int64_t next_month(std::int64_t first, int months = 1);     // also back
std::string month_name(std::int64_t first);                      // "2026-03"
std::string day_name(std::int64_t day);                          // "2026-03-01"
std::optional<std::int64_t> month_named(std::string_view text);  // its first day

// [from, until)
struct Period {
  std::int64_t from = 0, until = 0;
};
using ByPart = std::map<std::string, std::map<std::int64_t, std::int64_t>, std::less<>>;  // part → bucket or day → n
ByPart by_part(db::Tx& tx, std::string_view program, Measure measure, const Period& period);
ByPart by_day(db::Tx& tx, std::string_view program, Measure measure, const Period& period);
// Month → bucket → n of one part of Measure::took.
std::map<std::int64_t, std::map<std::int64_t, std::int64_t>> spans(db::Tx& tx, std::string_view program,
                                                                   std::string_view part, const Period& period);
std::optional<std::int64_t> first_day(db::Tx& tx, std::string_view program);

// Where applications stand now: by state, and by coordinator and state. Exact unless more than 20,000 changes wait to
// be added up.
struct Standing {
  std::map<std::int64_t, std::int64_t> states;                            // state's code → n
  std::map<std::int64_t, std::map<std::int64_t, std::int64_t>> assigned;  // person → state's code → n
  std::map<std::int64_t, std::string> names;
};
Standing standing(db::Tx& tx, std::string_view program);

}  // namespace bursary::insights
