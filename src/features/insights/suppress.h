// Small numbers kept back, so that no published table tells of a few people. Pure.
//
// A cell below the threshold is `few`: it is published as "fewer than" that, nought included. Where it could still be
// told from what stands beside it (rows, columns and totals add up), further cells are `withheld`. What holds
// afterwards: of every cell that is not shown, at least two values fit all that is published, also for a reader who
// knows these rules' bounds (few: 0 to 4 with threshold 5; withheld: 5 or more) and who adds up rows and columns at
// will.
//
// How it is known: a table with its totals is a network of rows and columns, its cells the arcs. Cells that fit all
// that is shown differ by circles in the network's residual graph, and whole numbers stay whole; so a cell can be
// another one exactly if one of its two directions lies on such a circle (R. Ahuja, T. Magnanti, J. Orlin, Network
// Flows, 1993, section 3.5; L. Cox, "Linear sensitivity measures in statistical disclosure control", 1981, on what to
// hide).
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace bursary::insights {

enum class Shown { number, few, withheld };

// Rows of equal length; more than one column stand for parts of their row, whose sum is published too.
using Counts = std::vector<std::vector<std::int64_t>>;
struct Mask {
  std::vector<std::vector<Shown>> cells;  // as the table's; with more than one column a last one, the row's sum
  std::vector<Shown> totals;              // of each column of `cells`
};
// Totals of the columns may be kept back as well. `least`: what everybody knows each of them to be at least; none or
// one for each column of `cells`. Nothing where even keeping all back would tell some: only with `least`.
std::optional<Mask> suppress(const Counts& table, std::int64_t threshold, const std::vector<std::int64_t>& least = {});
// The totals are settled elsewhere: shown or not. Nothing where no choice of cells is safe beside them. In either case
// the table must then not be published at all.
std::optional<Mask> suppress_beside(const Counts& table, const std::vector<Shown>& totals, std::int64_t threshold,
                                    const std::vector<std::int64_t>& least = {});

}  // namespace bursary::insights
