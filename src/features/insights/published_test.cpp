// A reader who keeps every page that there ever was learns no small number.
#include "features/insights/published.h"

#include <doctest/doctest.h>

#include "base/random.h"

using namespace bursary;
using namespace bursary::insights;

namespace {

constexpr std::int64_t kThreshold = 5;

YearCounts random_year(SeededRandom& random, std::int64_t most) {
  YearCounts year;
  year.quarters.resize(4);
  for (const char* key : {"africa", "asia", "europe"}) {
    Group region{key, {}};
    for (Three& quarter : year.quarters) {
      for (std::size_t i = 0; i < 3; ++i) {
        const auto n = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(most)));
        quarter.at(i) += n;
        region.n.at(i) += n;
      }
    }
    year.regions.push_back(region);
  }
  year.areas = {year.regions[1], year.regions[0], year.regions[2]};
  return year;
}

YearCounts until(YearCounts year, std::size_t quarters) {
  year.quarters.resize(quarters);
  return year;
}

}  // namespace

TEST_CASE("the difference of any two pages of a year is never a small number") {
  SeededRandom random(11);
  int differences = 0, nothing = 0;
  for (int turn = 0; turn < 2000; ++turn) {
    const YearCounts year = random_year(random, turn % 2 == 0 ? 6 : 14);
    CAPTURE(turn);
    std::vector<PublishedRow> pages;
    for (std::size_t over = 0; over <= 4; ++over) {
      const Published page = publish(until(year, over), kThreshold);
      if (over < 4) {
        CHECK(page.areas.empty());
        CHECK(page.regions.empty());
      }
      if (page.quarters > 0) pages.push_back(page.whole);
      nothing += page.quarters == 0 ? 1 : 0;
    }
    for (std::size_t late = 0; late < pages.size(); ++late) {
      for (std::size_t i = 0; i < 4; ++i) {
        const PublishedCell& now = pages[late].cells.at(i);
        if (now.shown != Shown::number) continue;
        CHECK(now.n >= kThreshold);
        for (std::size_t early = 0; early < late; ++early) {
          const PublishedCell& then = pages[early].cells.at(i);
          if (then.shown != Shown::number || then.n == now.n) continue;
          CHECK(now.n - then.n >= kThreshold);
          ++differences;
        }
      }
    }
  }
  CHECK(differences > 500);
  CHECK(nothing > 500);
}

TEST_CASE("a page of a year that runs waits until enough came after its quarter") {
  const Three enough{20, 5, 6}, few{20, 4, 6}, nought{};
  CHECK(quarters_told({}, kThreshold) == 0);
  CHECK(quarters_told({enough}, kThreshold) == 0);
  CHECK(quarters_told({enough, enough}, kThreshold) == 1);
  CHECK(quarters_told({enough, few}, kThreshold) == 0);
  CHECK(quarters_told({enough, few, few}, kThreshold) == 1);
  CHECK(quarters_told({few, few, enough}, kThreshold) == 2);
  CHECK(quarters_told({enough, nought, enough}, kThreshold) == 2);
  // What was told stays: the first quarter was told before the third was known.
  CHECK(quarters_told({enough, enough, few}, kThreshold) == 1);
  CHECK(quarters_told({enough, enough, enough}, kThreshold) == 2);
  CHECK(quarters_told({enough, enough, enough}, 7) == 0);
  CHECK(quarters_told({enough, enough, enough, enough}, 7) == 2);
}

TEST_CASE("a year that is over is told with its parts; a small one takes another with it") {
  YearCounts year;
  year.quarters = {{30, 10, 10}, {30, 10, 10}, {30, 10, 10}, {30, 10, 10}};
  year.regions = {{"africa", {57, 20, 20}}, {"asia", {60, 18, 17}}, {"europe", {3, 2, 3}}};
  year.areas = {{"alignment", {60, 20, 20}}, {"robustness", {60, 20, 20}}};
  const Published page = publish(year, kThreshold);
  CHECK(page.quarters == 4);
  CHECK(page.whole.cells[0].n == 120);
  CHECK(page.whole.cells[0].shown == Shown::number);
  REQUIRE(page.regions.size() == 3);
  CHECK(page.regions[2].cells[0].shown == Shown::few);
  CHECK(page.regions[0].cells[0].shown == Shown::withheld);  // the smallest of the others
  CHECK(page.regions[1].cells[0].shown == Shown::number);
  CHECK(page.regions[2].cells[1].shown == Shown::few);
  CHECK(page.areas.size() == 2);
  // With another threshold all of it is told.
  year.regions[2].n = {3, 3, 3};
  year.regions[1].n = {60, 17, 17};
  CHECK(publish(year, 3).regions[2].cells[0].shown == Shown::number);
  // Nothing came: nothing is told.
  CHECK(publish({{{}, {}, {}, {}}, {}, {{"africa", {}}}}, kThreshold).quarters == 0);
}
