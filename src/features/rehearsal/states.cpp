#include "features/rehearsal/states.h"

#include <span>
#include <utility>

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

std::vector<State> steps_to(State state) {
  switch (state) {
    case State::submitted:
    case State::draft:
    case State::expired:
      return {};
    case State::screening:
    case State::withdrawn:
      return {state};
    case State::in_review:
    case State::on_hold:
    case State::returned:
      return {State::screening, state};
    case State::decided:
      return {State::screening, State::in_review, State::decided};
    case State::awarded:
    case State::declined:
    case State::waitlisted:
      return {State::screening, State::in_review, State::decided, state};
    case State::closed:
      return {State::screening, State::in_review, State::decided, State::declined, State::closed};
  }
  return {};
}

// Days at the least and at the most that an application stays where it is before it leaves.
std::pair<std::uint64_t, std::uint64_t> stay_in(State state) {
  switch (state) {
    case State::submitted:
      return {0, 6};
    case State::screening:
      return {1, 10};
    case State::in_review:
      return {6, 32};
    case State::decided:
      return {0, 5};
    default:
      return {20, 40};
  }
}

}  // namespace

State state_after(Microseconds age, Random& random) {
  using namespace std::chrono_literals;
  if (age < 24h * 10) return draw(kDays, random);
  if (age < 24h * 35) return draw(kWeeks, random);
  if (age < 24h * 90) return draw(kQuarter, random);
  return draw(kYear, random);
}

std::vector<MadeApplication::Move> way_to(State state, Instant submitted_at, Microseconds age, Random& random) {
  using namespace std::chrono_literals;
  std::vector<MadeApplication::Move> moves;
  Microseconds gone{0};
  State from = State::submitted;
  for (const State to : steps_to(state)) {
    const auto [least, most] = stay_in(from);
    constexpr Microseconds kDay = 24h;
    gone += static_cast<std::int64_t>(least) * kDay + Microseconds(static_cast<std::int64_t>(random.below(
                                                          (most - least) * static_cast<std::uint64_t>(kDay.count()))));
    moves.push_back({from, to, submitted_at + gone});
    from = to;
  }
  // Who is young was quick.
  const Microseconds most = age / 10 * 9;
  for (MadeApplication::Move& move : moves) {
    if (gone <= most) break;
    const double share = static_cast<double>((move.at - submitted_at).count()) / static_cast<double>(gone.count());
    move.at = submitted_at + Microseconds(static_cast<std::int64_t>(share * static_cast<double>(most.count())));
  }
  return moves;
}

}  // namespace bursary::rehearsal
