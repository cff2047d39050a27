// Collects what is wrong with a program's files, so that one run tells everything.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "features/programs/programs.h"

namespace bursary::programs {

// A place in a file.
struct Place {
  std::string file;
  int line = 0;  // 1-based; 0: the file as a whole
};

class Report {
 public:
  void error(std::string code, const Place& at, std::string what, std::string mend);
  void warning(std::string code, const Place& at, std::string what, std::string mend);
  bool has_errors() const { return errors_ > 0; }
  // Sorted by file and line; what was found twice at the same place is told once.
  std::vector<Problem> take();

 private:
  void add(Problem problem);
  std::vector<Problem> problems_;
  std::size_t errors_ = 0;
};

// At most this many are kept: a broken file need not fill a terminal.
inline constexpr std::size_t kMostProblems = 500;

// `text` cut and quoted for a message: \"…\", control characters shown as '?'.
std::string in_quotes(std::string_view text);
// "a, b and c", at most `most` of them.
std::string listed(const std::vector<std::string>& names, std::size_t most = 12);
// The one of `known` that is nearest to `word`, when it is near enough to be meant; else empty.
std::string nearest(std::string_view word, const std::vector<std::string>& known);
// " Did you mean \"label\"?" or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

}  // namespace bursary::programs
