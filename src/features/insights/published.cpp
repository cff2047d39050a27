#include "features/insights/published.h"

#include <algorithm>

namespace bursary::insights {
namespace {

Three sum_of(const std::vector<Three>& quarters, std::size_t from, std::size_t until) {
  Three sum{};
  for (std::size_t quarter = from; quarter < until; ++quarter) {
    for (std::size_t i = 0; i < sum.size(); ++i) sum.at(i) += quarters[quarter].at(i);
  }
  return sum;
}

bool is_enough(const Three& n, std::int64_t threshold) {
  return std::ranges::all_of(n, [threshold](std::int64_t one) { return one >= threshold; });
}

Counts came_in(const std::vector<Group>& groups) {
  Counts counts;
  for (const Group& group : groups) counts.push_back({group.n[0]});
  return counts;
}

Counts decisions(const std::vector<Group>& groups) {
  Counts counts;
  for (const Group& group : groups) counts.push_back({group.n[1], group.n[2]});
  return counts;
}

PublishedRow row_of(const Group& group, const std::vector<Shown>& came, const std::vector<Shown>& decided) {
  const Three& n = group.n;
  return {group.key, {{{came[0], n[0]}, {decided[0], n[1]}, {decided[1], n[2]}, {decided[2], n[1] + n[2]}}}};
}

std::vector<PublishedRow> rows_of(const std::vector<Group>& groups, const Mask& came, const Mask& decided) {
  std::vector<PublishedRow> rows;
  for (std::size_t i = 0; i < groups.size(); ++i) rows.push_back(row_of(groups[i], came.cells[i], decided.cells[i]));
  return rows;
}

}  // namespace

std::size_t quarters_told(const std::vector<Three>& quarters, std::int64_t threshold) {
  std::size_t told = 0;
  // As it went: after each quarter, what had been told by then.
  for (std::size_t over = 2; over <= quarters.size(); ++over) {
    for (std::size_t until = over - 1; until > told; --until) {
      if (!is_enough(sum_of(quarters, told, until), threshold)) continue;
      if (!is_enough(sum_of(quarters, until, over), threshold)) continue;
      told = until;
      break;
    }
  }
  return told;
}

Published publish(const YearCounts& counts, std::int64_t threshold) {
  constexpr std::size_t kWholeYear = 4;
  Published out;
  if (counts.quarters.size() < kWholeYear) {
    out.quarters = quarters_told(counts.quarters, threshold);
    const std::vector<Shown> shown(3, Shown::number);
    if (out.quarters > 0) out.whole = row_of({"", sum_of(counts.quarters, 0, out.quarters)}, shown, shown);
    return out;
  }
  const Three all = sum_of(counts.quarters, 0, kWholeYear);
  if (all == Three{} || counts.regions.empty()) return out;
  out.quarters = kWholeYear;
  // What its last page said while the year ran, and that enough came after it.
  std::vector<std::int64_t> came_least, decided_least;
  std::vector<Three> running = counts.quarters;
  running.pop_back();
  if (const std::size_t told = quarters_told(running, threshold); told > 0) {
    const Three before = sum_of(running, 0, told);
    came_least = {before[0] + threshold};
    decided_least = {before[1] + threshold, before[2] + threshold, before[1] + before[2] + 2 * threshold};
  }
  const auto came = suppress(came_in(counts.regions), threshold, came_least);
  const auto decided = suppress(decisions(counts.regions), threshold, decided_least);
  if (!came || !decided) {
    // Its sums were told before, so all of them are enough.
    const std::vector<Shown> shown(3, Shown::number);
    out.whole = row_of({"", all}, shown, shown);
    out.areas_kept_back = out.regions_kept_back = true;
    return out;
  }
  out.whole = row_of({"", all}, came->totals, decided->totals);
  out.regions = rows_of(counts.regions, *came, *decided);
  const auto areas_came = suppress_beside(came_in(counts.areas), came->totals, threshold, came_least);
  const auto areas_decided = suppress_beside(decisions(counts.areas), decided->totals, threshold, decided_least);
  if (areas_came && areas_decided) {
    out.areas = rows_of(counts.areas, *areas_came, *areas_decided);
  } else {
    out.areas_kept_back = true;
  }
  return out;
}

}  // namespace bursary::insights
