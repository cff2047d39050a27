// Any bytes as one of a program's files: load() must tell problems or give a program, never crash or hang.
// The first byte chooses the file that the rest replaces.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/crypto.h"
#include "features/programs/small_program.h"

namespace {

// What must hold of whatever came.
void check(const bursary::programs::Loaded& loaded) {
  bool broken = false;
  for (const bursary::programs::Problem& problem : loaded.problems) {
    if (problem.code.empty() || problem.what.empty() || problem.mend.empty() || problem.line < 0) std::abort();
    broken = broken || problem.severity == bursary::programs::Problem::Severity::error;
  }
  if (broken == (loaded.program != nullptr)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bursary::programs::Files base = [] {
    bursary::crypto_ready();
    return bursary::programs::small_program();
  }();
  if (size == 0) return 0;
  bursary::programs::Files files = base;
  auto chosen = files.begin();
  std::advance(chosen, static_cast<std::ptrdiff_t>(data[0] % files.size()));
  chosen->second.assign(static_cast<const char*>(static_cast<const void*>(data + 1)), size - 1);
  check(bursary::programs::load(files));
  return 0;
}
