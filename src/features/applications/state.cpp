#include <array>

#include "features/applications/applications.h"

namespace bursary::applications {
namespace {

constexpr std::array<std::string_view, 13> kNames = {"draft",     "submitted", "screening",  "in_review", "decided",
                                                     "awarded",   "declined",  "waitlisted", "returned",  "on_hold",
                                                     "withdrawn", "closed",    "expired"};

constexpr unsigned kApplicant = 1, kStaff = 2, kProgram = 4;
constexpr unsigned bit_of(Actor actor) { return 1U << static_cast<unsigned>(actor); }
static_assert(bit_of(Actor::applicant) == kApplicant && bit_of(Actor::staff) == kStaff &&
              bit_of(Actor::program) == kProgram);

struct AllowedMove {
  State from, to;
  unsigned by;
};

// Every move there is (docs/concepts.md draws it). What is not here cannot happen.
constexpr AllowedMove kMoves[] = {
    {State::draft, State::submitted, kApplicant},
    {State::draft, State::withdrawn, kApplicant},
    {State::draft, State::expired, kProgram},

    {State::submitted, State::screening, kStaff | kProgram},
    {State::submitted, State::returned, kStaff},
    {State::submitted, State::withdrawn, kApplicant},
    {State::returned, State::submitted, kApplicant},
    {State::returned, State::withdrawn, kApplicant},
    {State::returned, State::closed, kStaff | kProgram},

    {State::screening, State::submitted, kStaff},  // taken back: nobody had begun
    {State::screening, State::returned, kStaff},
    {State::screening, State::on_hold, kStaff},
    {State::screening, State::in_review, kStaff},
    {State::screening, State::decided, kStaff},
    {State::screening, State::withdrawn, kApplicant},
    {State::in_review, State::on_hold, kStaff},
    {State::in_review, State::screening, kStaff},
    {State::in_review, State::decided, kStaff},
    {State::in_review, State::withdrawn, kApplicant},
    {State::on_hold, State::screening, kStaff | kProgram},
    {State::on_hold, State::in_review, kStaff | kProgram},
    {State::on_hold, State::withdrawn, kApplicant},

    // A decision is pending in `decided`; releasing it moves on. Undone, it goes back to where it was decided.
    {State::decided, State::in_review, kStaff},
    {State::decided, State::screening, kStaff},
    {State::decided, State::awarded, kStaff | kProgram},
    {State::decided, State::declined, kStaff | kProgram},
    {State::decided, State::waitlisted, kStaff | kProgram},
    {State::decided, State::withdrawn, kApplicant},
    {State::waitlisted, State::awarded, kStaff | kProgram},
    {State::waitlisted, State::declined, kStaff | kProgram},
    {State::waitlisted, State::withdrawn, kApplicant},

    {State::awarded, State::closed, kStaff | kProgram},
    {State::declined, State::in_review, kStaff},  // an appeal that was heard
    {State::declined, State::closed, kStaff | kProgram},
    {State::waitlisted, State::closed, kStaff | kProgram},
};

}  // namespace

std::string_view to_string(State state) { return kNames.at(static_cast<std::size_t>(state)); }

std::optional<State> state_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<State>(i);
  }
  return std::nullopt;
}

bool may_move(State from, State to, Actor by) {
  for (const AllowedMove& move : kMoves) {
    if (move.from == from && move.to == to) return (move.by & bit_of(by)) != 0;
  }
  return false;
}

}  // namespace bursary::applications
