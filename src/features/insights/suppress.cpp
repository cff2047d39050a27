#include "features/insights/suppress.h"

#include <algorithm>
#include <deque>
#include <limits>

namespace bursary::insights {
namespace {

constexpr std::int64_t kNoBound = std::numeric_limits<std::int64_t>::max();

// A cell or a total as an arc between its row and its column. In sums the totals count negative, so that each row and
// each column comes to nought.
struct Arc {
  std::size_t row = 0, column = 0;  // nodes
  bool negative = false, total = false;
  bool settled = false;  // may not be kept back besides
  std::int64_t n = 0;
  std::int64_t least = 0;  // everybody knows that it is this or more
  Shown shown = Shown::number;
};

class Network {
 public:
  Network(const Counts& table, const std::vector<Shown>* totals, std::int64_t threshold,
          const std::vector<std::int64_t>& least)
      : threshold_(threshold) {
    const std::size_t parts = table.empty() ? 0 : table.front().size();
    const bool sums = parts > 1;
    width_ = sums ? parts + 1 : parts;
    height_ = table.size();
    std::vector<std::int64_t> all(width_, 0);
    const auto put = [&](std::size_t row, std::size_t column, std::int64_t n) {
      const bool bottom = row == height_, last = sums && column == parts;
      // Without sums of rows the rows say nothing: they are one node.
      const Shown shown = n < threshold_ ? Shown::few : Shown::number;
      Arc arc{sums ? row : 0, column, bottom != last, bottom || last, false, n, 0, shown};
      if (bottom && column < least.size()) arc.least = least[column];
      if (bottom && totals != nullptr) {
        arc.settled = true;
        arc.shown = (*totals)[column] == Shown::number ? Shown::number : n < threshold_ ? Shown::few : Shown::withheld;
      }
      arcs_.push_back(arc);
    };
    for (std::size_t row = 0; row < height_; ++row) {
      std::int64_t sum = 0;
      for (std::size_t column = 0; column < parts; ++column) {
        put(row, column, table[row][column]);
        all[column] += table[row][column];
        sum += table[row][column];
      }
      if (sums) put(row, parts, sum), all[parts] += sum;
    }
    for (std::size_t column = 0; column < width_; ++column) put(height_, column, all[column]);
  }

  // Keeps back what it takes; false where nothing is left to keep back.
  bool settle() {
    for (;;) {
      const auto told =
          std::ranges::find_if(arcs_, [&](const Arc& arc) { return arc.shown != Shown::number && !open(arc); });
      if (told == arcs_.end()) return true;
      Arc* more = next_for(*told);
      if (more == nullptr) return false;
      more->shown = Shown::withheld;
    }
  }

  Mask mask() const {
    Mask out;
    for (std::size_t i = 0; i < arcs_.size(); ++i) {
      if (i / width_ < height_) {
        if (i % width_ == 0) out.cells.emplace_back();
        out.cells.back().push_back(arcs_[i].shown);
      } else {
        out.totals.push_back(arcs_[i].shown);
      }
    }
    return out;
  }

 private:
  // Whether the arc's share of its row's and column's sums could be one more (or one less).
  bool may(const Arc& arc, bool more) const {
    if (arc.shown == Shown::number) return false;
    const bool up = more != arc.negative;
    const std::int64_t least = arc.shown == Shown::few ? 0 : std::max(threshold_, arc.least);
    const std::int64_t most = arc.shown == Shown::few ? threshold_ - 1 : kNoBound;
    return up ? arc.n < most : arc.n > least;
  }
  // Whether what the arc has more (or less) can be made good from its column round to its row.
  bool circle(const Arc& arc, bool more) const {
    if (!may(arc, more)) return false;
    std::vector<bool> rows(height_ + 1, false), columns(width_, false);
    std::deque<std::size_t> waiting = {arc.column};
    columns[arc.column] = true;
    while (!waiting.empty()) {
      const std::size_t column = waiting.front();
      waiting.pop_front();
      for (const Arc& back : arcs_) {
        if (&back == &arc || back.column != column || rows[back.row] || !may(back, !more)) continue;
        if (back.row == arc.row) return true;
        rows[back.row] = true;
        for (const Arc& on : arcs_) {
          if (&on == &arc || on.row != back.row || columns[on.column] || !may(on, more)) continue;
          columns[on.column] = true;
          waiting.push_back(on.column);
        }
      }
    }
    return false;
  }
  bool open(const Arc& arc) const { return circle(arc, true) || circle(arc, false); }

  // What is best kept back so that `told` is told no more: what does it alone, cells before totals, small before large.
  Arc* next_for(const Arc& told) {
    std::vector<Arc*> shown;
    for (Arc& arc : arcs_) {
      if (arc.shown == Shown::number && !arc.settled) shown.push_back(&arc);
    }
    const auto beside = [&](const Arc& arc) { return arc.row == told.row || arc.column == told.column; };
    std::ranges::stable_sort(shown, [&](const Arc* a, const Arc* b) {
      if (beside(*a) != beside(*b)) return beside(*a);
      if (a->total != b->total) return b->total;
      return a->n < b->n;
    });
    for (Arc* arc : shown) {
      arc->shown = Shown::withheld;
      if (open(told)) return arc;
      arc->shown = Shown::number;
    }
    return shown.empty() ? nullptr : shown.front();
  }

  std::int64_t threshold_;
  std::size_t width_ = 0, height_ = 0;
  std::vector<Arc> arcs_;
};

std::optional<Mask> settled(Network network) {
  if (!network.settle()) return std::nullopt;
  return network.mask();
}

}  // namespace

std::optional<Mask> suppress(const Counts& table, std::int64_t threshold, const std::vector<std::int64_t>& least) {
  return settled(Network(table, nullptr, threshold, least));
}

std::optional<Mask> suppress_beside(const Counts& table, const std::vector<Shown>& totals, std::int64_t threshold,
                                    const std::vector<std::int64_t>& least) {
  if (table.empty()) return Mask{};
  return settled(Network(table, &totals, threshold, least));
}

}  // namespace bursary::insights
