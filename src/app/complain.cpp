#include <cstdio>

#include "app/commands.h"

namespace bursary::app {

int complain(std::string_view what) {
  fmt::print(stderr, "bursary: {}\n", what);
  return 1;
}

}  // namespace bursary::app
