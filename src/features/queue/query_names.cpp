// How fields are called, what was probably meant, and terms put in and taken out.
#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "features/queue/query_read.h"

namespace bursary::queue {
namespace {

constexpr std::size_t kFarthest = 2;  // mistakes in a name that is still understood

// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. Bytes are near enough.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(now);
  }
  return last[b.size()];
}

}  // namespace

std::string_view to_string(Field field) {
  constexpr std::string_view kNames[] = {"state",  "area",   "country",     "flag", "assigned", "submitted", "updated",
                                         "amount", "months", "institution", "lang", "has",      "sort"};
  return kNames[static_cast<std::size_t>(field)];
}

std::optional<Field> field_named(std::string_view name, const html::Phrasebook& phrases) {
  const std::string folded = fold(name);
  for (const Field field : kAllFields) {
    if (folded == to_string(field)) return field;
  }
  for (const Field field : kAllFields) {
    if (folded == fold(phrases.text("queue.query.name." + std::string(to_string(field))))) return field;
  }
  return std::nullopt;
}

std::optional<std::string> nearest(std::string_view typed, const std::vector<std::string>& names) {
  if (typed.size() > 60) return std::nullopt;
  const std::string folded = fold(typed);
  const std::string* best = nullptr;
  std::size_t least = std::min(kFarthest, folded.size() / 3) + 1;
  for (const std::string& name : names) {
    const std::string other = fold(name);
    std::size_t far = distance(folded, other);
    // "sub" for "submitted": the beginning alone.
    if (folded.size() >= 3 && other.starts_with(folded)) far = std::min<std::size_t>(far, 1);
    if (far < least) {
      least = far;
      best = &name;
    }
  }
  return best == nullptr ? std::nullopt : std::optional(*best);
}

std::string with_field(const std::vector<QueryNode>& terms, Field field, std::string_view value) {
  std::string out;
  bool put = value.empty();
  const auto add = [&](std::string_view term) { (out += out.empty() ? "" : " ") += term; };
  const std::string term = std::string(to_string(field)) + ":" + std::string(value);
  for (const QueryNode& one : terms) {
    if (one.kind != QueryNode::Kind::field || one.text != to_string(field)) {
      add(to_text(one));
    } else if (!put) {
      add(term);
      put = true;
    }
  }
  if (!put) add(term);
  return out;
}

std::string without_term(const std::vector<QueryNode>& terms, std::size_t index) {
  std::string out;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (i != index) (out += out.empty() ? "" : " ") += to_text(terms[i]);
  }
  return out;
}

}  // namespace bursary::queue
