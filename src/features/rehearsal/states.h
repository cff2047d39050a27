// Where an application stands after some time in a program that works as it should.
#pragma once
#include "base/instant.h"
#include "base/random.h"
#include "features/applications/applications.h"

namespace bursary::rehearsal {

applications::State state_after(Microseconds age, Random& random);

}  // namespace bursary::rehearsal
