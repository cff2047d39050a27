#include "app/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace bursary::app {

Progress::Progress(std::string_view what, std::int64_t total)
    : what_(what), total_(total > 0 ? total : 1), terminal_(isatty(STDERR_FILENO) != 0) {}

Progress::~Progress() {
  if (terminal_ && told_ > 0) std::fputc('\n', stderr);
}

void Progress::show(std::int64_t done) {
  const std::int64_t steps = terminal_ ? 200 : 10;
  const std::int64_t step = done * steps / total_;
  if (step == told_) return;
  told_ = step;
  fmt::print(stderr, "{}{} of {} {}{}", terminal_ ? "\r" : "", done, total_, what_, terminal_ ? "" : "\n");
}

}  // namespace bursary::app
