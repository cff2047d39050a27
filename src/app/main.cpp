#include <cstdio>
#include <exception>

#include "app/command_line.h"
#include "base/crypto.h"

int main(int count, char** words) {
  try {
    bursary::crypto_ready();
    return bursary::app::run_command_line(count, words);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "bursary: %s\n", problem.what());
    return 1;
  }
}
