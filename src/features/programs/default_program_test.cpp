// The program that is built in: what application-form.md states as facts, read off the loaded value.
#include <doctest/doctest.h>

#include "features/programs/programs.h"

namespace bursary::programs {
namespace {

using forms::QuestionType;

const Program& built_in() {
  static const Loaded loaded = load(built_in_program());
  for (const Problem& problem : loaded.problems) FAIL_CHECK(to_line(problem));
  REQUIRE(loaded.program != nullptr);
  return *loaded.program;
}

TEST_CASE("the built-in program loads without an error or a warning") {
  CHECK(load(built_in_program()).problems.empty());
  CHECK(built_in().slug == "researcher-access");
}

}  // namespace
}  // namespace bursary::programs
