#include <doctest/doctest.h>

#include "features/applications/applications.h"

using namespace bursary::applications;

namespace {

constexpr int kStates = 13;

}  // namespace

TEST_CASE("every state's name leads back to it") {
  for (int i = 0; i < kStates; ++i) {
    const auto state = static_cast<State>(i);
    CHECK(state_named(to_string(state)) == state);
  }
  CHECK(to_string(State::in_review) == "in_review");
  CHECK_FALSE(state_named("Submitted").has_value());
  CHECK_FALSE(state_named("").has_value());
}

TEST_CASE("an applicant submits and withdraws, and does nothing else") {
  for (int from = 0; from < kStates; ++from) {
    for (int to = 0; to < kStates; ++to) {
      if (!may_move(static_cast<State>(from), static_cast<State>(to), Actor::applicant)) continue;
      INFO(to_string(static_cast<State>(from)), " to ", to_string(static_cast<State>(to)));
      const bool own = static_cast<State>(to) == State::submitted || static_cast<State>(to) == State::withdrawn;
      CHECK(own);
    }
  }
  CHECK(may_move(State::draft, State::submitted, Actor::applicant));
  CHECK(may_move(State::returned, State::submitted, Actor::applicant));
  CHECK(may_move(State::in_review, State::withdrawn, Actor::applicant));
}

TEST_CASE("nothing leaves an end, and nothing comes back to a draft") {
  for (int to = 0; to < kStates; ++to) {
    for (const Actor by : {Actor::applicant, Actor::staff, Actor::program}) {
      CHECK_FALSE(may_move(State::closed, static_cast<State>(to), by));
      CHECK_FALSE(may_move(State::withdrawn, static_cast<State>(to), by));
      CHECK_FALSE(may_move(State::expired, static_cast<State>(to), by));
      CHECK_FALSE(may_move(static_cast<State>(to), State::draft, by));
      CHECK_FALSE(may_move(static_cast<State>(to), static_cast<State>(to), by));
    }
  }
}

TEST_CASE("staff decide, and only the program ends a draft") {
  CHECK(may_move(State::submitted, State::screening, Actor::staff));
  CHECK(may_move(State::decided, State::awarded, Actor::staff));
  CHECK_FALSE(may_move(State::submitted, State::awarded, Actor::staff));
  CHECK_FALSE(may_move(State::draft, State::submitted, Actor::staff));
  CHECK(may_move(State::draft, State::expired, Actor::program));
  CHECK_FALSE(may_move(State::draft, State::expired, Actor::applicant));
}
