// Where an application stands after some time in a program that works as it should.
#pragma once
#include <vector>

#include "base/instant.h"
#include "base/random.h"
#include "features/applications/applications.h"
#include "features/rehearsal/rehearsal.h"

namespace bursary::rehearsal {

applications::State state_after(Microseconds age, Random& random);
// The way there from `submitted`, no longer than nine tenths of its age.
std::vector<MadeApplication::Move> way_to(applications::State state, Instant submitted_at, Microseconds age,
                                          Random& random);

}  // namespace bursary::rehearsal
