#include "features/rehearsal/states.h"

#include <span>

namespace bursary::rehearsal {
namespace {

using applications::State;

struct Share {
  State state;
  unsigned percent;
};
constexpr Share kDays[] = {{State::submitted, 82}, {State::screening, 16}, {State::withdrawn, 2}};
constexpr Share kWeeks[] = {{State::submitted, 24}, {State::screening, 40}, {State::in_review, 26},
                            {State::on_hold, 3},    {State::returned, 4},   {State::withdrawn, 3}};
constexpr Share kQuarter[] = {{State::screening, 8}, {State::in_review, 40}, {State::decided, 14},
                              {State::declined, 20}, {State::awarded, 9},    {State::waitlisted, 3},
                              {State::on_hold, 2},   {State::returned, 1},   {State::withdrawn, 3}};
constexpr Share kYear[] = {{State::in_review, 2},  {State::declined, 58}, {State::awarded, 20},
                           {State::waitlisted, 2}, {State::withdrawn, 6}, {State::closed, 12}};

State draw(std::span<const Share> shares, Random& random) {
  std::uint64_t left = random.below(100);
  for (const Share& share : shares) {
    if (left < share.percent) return share.state;
    left -= share.percent;
  }
  return shares.back().state;
}

}  // namespace

State state_after(Microseconds age, Random& random) {
  using namespace std::chrono_literals;
  if (age < 24h * 10) return draw(kDays, random);
  if (age < 24h * 35) return draw(kWeeks, random);
  if (age < 24h * 90) return draw(kQuarter, random);
  return draw(kYear, random);
}

}  // namespace bursary::rehearsal
