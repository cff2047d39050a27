// Any bytes as one of a program's files: load() must tell problems or give a program, never crash or hang.
// The first byte chooses the file that the rest replaces.
// modules: features/programs
#include "base/crypto.h"
#include "features/programs/small_program.h"
#include "tests/fuzz/require.h"

namespace {

using namespace bursary;

void check(const programs::Loaded& loaded) {
  bool broken = false;
  for (const programs::Problem& problem : loaded.problems) {
    fuzz::require(!problem.code.empty() && !problem.what.empty() && !problem.mend.empty() && problem.line >= 0);
    broken = broken || problem.severity == programs::Problem::Severity::error;
  }
  fuzz::require(broken == (loaded.program == nullptr));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const programs::Files base = [] {
    crypto_ready();
    return programs::small_program();
  }();
  if (size == 0) return 0;
  programs::Files files = base;
  auto chosen = files.begin();
  std::advance(chosen, static_cast<std::ptrdiff_t>(data[0] % files.size()));
  chosen->second = fuzz::text(data + 1, size - 1);
  check(programs::load(files));
  return 0;
}
