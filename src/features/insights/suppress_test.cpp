// No cell that is kept back can be told: checked by trying every table that would look the same.
#include "features/insights/suppress.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "base/random.h"

using namespace bursary;
using namespace bursary::insights;

namespace {

constexpr std::int64_t kFew = 5;

// As published: each row with its sum (where it has several parts), the totals below.
Counts with_sums(const Counts& table) {
  Counts out = table;
  const std::size_t parts = table.front().size();
  if (parts > 1) {
    for (auto& row : out) {
      std::int64_t sum = 0;
      for (const std::int64_t n : row) sum += n;
      row.push_back(sum);
    }
  }
  std::vector<std::int64_t> totals(out.front().size(), 0);
  for (const auto& row : out) {
    for (std::size_t i = 0; i < row.size(); ++i) totals[i] += row[i];
  }
  out.push_back(totals);
  return out;
}

std::vector<std::vector<Shown>> whole(const Mask& mask) {
  auto out = mask.cells;
  out.push_back(mask.totals);
  return out;
}

bool looks_like(const Counts& published, const Counts& other, const std::vector<std::vector<Shown>>& mask,
                const std::vector<std::int64_t>& least) {
  for (std::size_t c = 0; c < least.size(); ++c) {
    if (other.back()[c] < least[c]) return false;
  }
  for (std::size_t r = 0; r < published.size(); ++r) {
    for (std::size_t c = 0; c < published[r].size(); ++c) {
      const bool fits = mask[r][c] == Shown::number ? other[r][c] == published[r][c]
                        : mask[r][c] == Shown::few  ? other[r][c] < kFew
                                                    : other[r][c] >= kFew;
      if (!fits) return false;
    }
  }
  return true;
}

// For every cell, total and sum: which values it has among all tables that look the same.
std::vector<std::vector<std::set<std::int64_t>>> possible(const Counts& table, const Mask& mask,
                                                          const std::vector<std::int64_t>& least) {
  const Counts published = with_sums(table);
  const auto marks = whole(mask);
  std::vector<std::vector<std::set<std::int64_t>>> found(published.size());
  for (std::size_t r = 0; r < published.size(); ++r) found[r].resize(published[r].size());
  Counts trial = table;
  const std::size_t parts = table.front().size();
  const std::function<void(std::size_t)> go = [&](std::size_t i) {
    if (i == table.size() * parts) {
      const Counts other = with_sums(trial);
      if (!looks_like(published, other, marks, least)) return;
      for (std::size_t r = 0; r < other.size(); ++r) {
        for (std::size_t c = 0; c < other[r].size(); ++c) found[r][c].insert(other[r][c]);
      }
      return;
    }
    const std::size_t r = i / parts, c = i % parts;
    const Shown mark = marks[r][c];
    const std::int64_t from = mark == Shown::number ? table[r][c] : mark == Shown::few ? 0 : kFew;
    const std::int64_t to = mark == Shown::number ? table[r][c] : mark == Shown::few ? kFew - 1 : table[r][c] + 1;
    for (trial[r][c] = from; trial[r][c] <= to; ++trial[r][c]) go(i + 1);
    trial[r][c] = table[r][c];
  };
  go(0);
  return found;
}

void check_safe(const Counts& table, const Mask& mask, const std::vector<std::int64_t>& least = {}) {
  const Counts published = with_sums(table);
  const auto marks = whole(mask);
  const auto found = possible(table, mask, least);
  for (std::size_t r = 0; r < published.size(); ++r) {
    for (std::size_t c = 0; c < published[r].size(); ++c) {
      CAPTURE(r);
      CAPTURE(c);
      if (marks[r][c] == Shown::number) {
        CHECK(published[r][c] >= kFew);
        CHECK(found[r][c].size() == 1);
      } else {
        CHECK(found[r][c].size() >= 2);
      }
    }
  }
}

Counts random_table(SeededRandom& random) {
  Counts table(1 + random.below(3), std::vector<std::int64_t>(1 + random.below(2)));
  const bool small = random.below(2) == 0;
  for (auto& row : table) {
    for (std::int64_t& n : row) n = static_cast<std::int64_t>(small ? random.below(7) : random.below(10));
  }
  return table;
}

}  // namespace

TEST_CASE("no cell that is kept back can be computed from rows, columns and totals") {
  SeededRandom random(5);
  for (int turn = 0; turn < 400; ++turn) {
    const Counts table = random_table(random);
    CAPTURE(turn);
    const auto mask = suppress(table, kFew);
    CHECK(mask.has_value());
    if (mask) check_safe(table, *mask);
  }
}

TEST_CASE("totals that are settled elsewhere make no difference to that, or the table is not published") {
  SeededRandom random(6);
  int published = 0, refused = 0;
  for (int turn = 0; turn < 400; ++turn) {
    const Counts table = random_table(random);
    CAPTURE(turn);
    std::vector<Shown> totals;
    const Counts sums = with_sums(table);
    for (const std::int64_t n : sums.back())
      totals.push_back(n >= kFew && random.below(3) > 0 ? Shown::number : Shown::withheld);
    // A sum of columns that are all shown is shown, whatever is said of it.
    const auto mask = suppress_beside(table, totals, kFew);
    (mask ? published : refused) += 1;
    if (mask) check_safe(table, *mask);
  }
  CHECK(published > 50);
  CHECK(refused > 0);
}

TEST_CASE("nor with what was told of the totals before") {
  SeededRandom random(7);
  int published = 0, refused = 0;
  for (int turn = 0; turn < 400; ++turn) {
    const Counts table = random_table(random);
    CAPTURE(turn);
    const Counts sums = with_sums(table);
    std::vector<std::int64_t> least;
    for (const std::int64_t n : sums.back()) least.push_back(n - static_cast<std::int64_t>(random.below(3)));
    if (std::ranges::any_of(least, [](std::int64_t n) { return n < kFew; })) continue;
    const auto mask = suppress(table, kFew, least);
    (mask ? published : refused) += 1;
    if (mask) check_safe(table, *mask, least);
  }
  CHECK(published > 100);
  CHECK(refused > 0);
}

TEST_CASE("only what is needed is kept back") {
  const Mask none = suppress({{10, 20}, {30, 40}}, kFew).value();
  for (const auto& row : whole(none)) {
    for (const Shown mark : row) CHECK(mark == Shown::number);
  }
  // One small number takes one other of its list with it, the smallest.
  const Mask one = suppress({{3}, {90}, {20}, {40}}, kFew).value();
  CHECK(one.cells ==
        std::vector<std::vector<Shown>>{{Shown::few}, {Shown::number}, {Shown::withheld}, {Shown::number}});
  CHECK(one.totals == std::vector<Shown>{Shown::number});
  // Two that hide each other need no third.
  CHECK(suppress({{3}, {2}, {20}}, kFew)->cells ==
        std::vector<std::vector<Shown>>{{Shown::few}, {Shown::few}, {Shown::number}});
  // Two noughts beside a total that shows it are told by it: a third goes with them.
  CHECK(suppress({{0}, {0}, {20}}, kFew)->cells[2][0] == Shown::withheld);
  CHECK(suppress({}, kFew)->cells.empty());
}
