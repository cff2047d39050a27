// One row of the tables in mistakes_test.cpp and form_mistakes_test.cpp.
#pragma once
#include <functional>
#include <string>

#include "features/programs/test_program.h"

namespace bursary::programs {

enum class Kind { error, warning, with_others };  // with_others: one mistake that cannot but cause a second

struct Mistake {
  std::string code;
  std::string file;
  std::string
      at;  // a piece of the line that must be named, in the spoilt file; empty: the file as a whole, or any line
  std::string mend;  // a piece of the mend (or of what is wrong)
  std::function<void(Files&)> make;
  Kind kind = Kind::error;
};

// The rows themselves.
std::vector<Mistake> general_mistakes();
std::vector<Mistake> form_mistakes();
std::vector<Mistake> eligibility_mistakes();
std::vector<Mistake> model_mistakes();

inline void check_mistake(const Mistake& mistake) {
  CAPTURE(mistake.code);
  CAPTURE(mistake.file);
  Files files = small_program();
  mistake.make(files);
  const Loaded loaded = load(files);
  const Problem* found = nullptr;
  for (const Problem& problem : loaded.problems) {
    const int line = mistake.at.empty() ? problem.line : line_of(files[mistake.file], mistake.at);
    if (problem.code == mistake.code && problem.file == mistake.file && problem.line == line) found = &problem;
    const bool expected = problem.code == mistake.code || mistake.kind == Kind::with_others ||
                          (mistake.kind == Kind::error && problem.severity == Problem::Severity::warning);
    if (!expected) FAIL_CHECK("not asked for: " << to_line(problem));
  }
  if (found == nullptr) {
    std::string all;
    for (const Problem& problem : loaded.problems) all += to_line(problem) + "\n";
    FAIL_CHECK("not told; told instead:\n" << all);
    return;
  }
  CHECK(found->severity == (mistake.kind == Kind::warning ? Problem::Severity::warning : Problem::Severity::error));
  CHECK((loaded.program != nullptr) == (mistake.kind == Kind::warning));
  CHECK(found->what.size() > 10);
  const bool mends = (found->what + found->mend).find(mistake.mend) != std::string::npos;
  CHECK_MESSAGE(mends, to_line(*found));
}

}  // namespace bursary::programs
