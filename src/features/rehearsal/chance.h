// Private.
#pragma once
#include <cstdint>

#include "base/random.h"

namespace bursary::rehearsal {

// True once in `count` times.
inline bool one_in(Random& random, std::uint64_t count) { return random.below(count) == 0; }

}  // namespace bursary::rehearsal
