#include "features/programs/report.h"

#include <tuple>

#include "base/text.h"

namespace bursary::programs {

std::string to_line(const Problem& problem) {
  const std::string_view word = problem.severity == Problem::Severity::error ? "error" : "warning";
  const std::string place = problem.line > 0 ? fmt::format("{}:{}", problem.file, problem.line) : problem.file;
  return fmt::format("{}: {}: {} ({})\n    mend: {}", place, word, problem.what, problem.code, problem.mend);
}

void Report::add(Problem problem) {
  if (problem.severity == Problem::Severity::error) ++errors_;
  if (problems_.size() < kMostProblems) problems_.push_back(std::move(problem));
}

void Report::error(std::string code, const Place& at, std::string what, std::string mend) {
  add({Problem::Severity::error, std::move(code), at.file, at.line, std::move(what), std::move(mend)});
}

void Report::warning(std::string code, const Place& at, std::string what, std::string mend) {
  // Warnings give way, so that they never push an error out.
  if (problems_.size() >= kMostProblems / 2) return;
  add({Problem::Severity::warning, std::move(code), at.file, at.line, std::move(what), std::move(mend)});
}

std::vector<Problem> Report::take() {
  const auto order = [](const Problem& p) { return std::tie(p.file, p.line, p.code, p.what); };
  std::stable_sort(problems_.begin(), problems_.end(),
                   [&](const Problem& a, const Problem& b) { return order(a) < order(b); });
  problems_.erase(std::unique(problems_.begin(), problems_.end(),
                              [&](const Problem& a, const Problem& b) { return order(a) == order(b); }),
                  problems_.end());
  return std::move(problems_);
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  const std::string whole = repair_utf8(text.substr(0, kLongest * 4));
  const std::string_view cut = first_characters(whole, kLongest);
  std::string out = "\"";
  for (const char c : cut) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
  if (cut.size() < whole.size() || whole.size() < text.size()) out += "…";
  return out + "\"";
}

std::string listed(const std::vector<std::string>& names, std::size_t most) {
  std::string out;
  const std::size_t shown = std::min(names.size(), most);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) out += i + 1 == names.size() ? " and " : ", ";
    out += names[i];
  }
  if (shown < names.size()) out += " …";
  return out;
}

namespace {

// Edits (insert, delete, replace, swap of neighbours) that turn one word into the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, replace});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  constexpr std::size_t kLongest = 60;
  if (word.empty() || word.size() > kLongest) return {};
  const std::string lower = to_lower_ascii(word);
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : known) {
    if (candidate.size() > kLongest) continue;
    const std::size_t edits = distance(lower, to_lower_ascii(candidate));
    if (edits < best_distance) {
      best_distance = edits;
      best = candidate;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  const std::string near = nearest(word, known);
  return near.empty() ? std::string{} : fmt::format(" Did you mean \"{}\"?", near);
}

}  // namespace bursary::programs
