// What is public of a year. Pure: from counts to cells that are numbers or kept back.
//
// A year that is over is told whole, with its areas and parts of the world. Of a year that still runs only the sums are
// told, up to the end of a quarter, and that quarter only when enough came after it too. So whatever a reader has kept
// of earlier pages, the difference of any two of them is never a small number (quarters_told), and nothing of an area
// or a part of the world can be got from a difference at all: each is told once.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "features/insights/suppress.h"

namespace bursary::insights {

using Three = std::array<std::int64_t, 3>;  // came in, awarded, declined

struct Group {
  std::string key;
  Three n{};
};
struct YearCounts {
  std::vector<Three> quarters;        // those that are over
  std::vector<Group> areas, regions;  // of all four; the regions add up to the quarters
};

struct PublishedCell {
  Shown shown = Shown::withheld;
  std::int64_t n = 0;  // never to be written unless shown is number
};
struct PublishedRow {
  std::string key;
  std::array<PublishedCell, 4> cells;  // came in, awarded, declined, decided
};
struct Published {
  std::size_t quarters = 0;  // that the sums are of; none: nothing is told yet
  PublishedRow whole;
  std::vector<PublishedRow> areas, regions;                 // only of all four quarters
  bool areas_kept_back = false, regions_kept_back = false;  // no choice of cells was safe
};

// Of how many of the quarters that are over the sums are told while the year runs.
std::size_t quarters_told(const std::vector<Three>& quarters, std::int64_t threshold);
Published publish(const YearCounts& counts, std::int64_t threshold);

}  // namespace bursary::insights
