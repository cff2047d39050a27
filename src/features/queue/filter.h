// What a list is narrowed to and how it is ordered, as values: what the query language says once its names are
// understood. Empty members do not narrow. Lists as public through queue.h.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "features/applications/applications.h"

namespace bursary::queue {

enum class Sort { newest, oldest, updated };  // by submission, or by last change, the latest first

// Half open, in the unit of what is compared.
struct Stretch {
  std::optional<std::int64_t> from, until;
  bool empty() const { return !from && !until; }
  bool operator==(const Stretch&) const = default;
};
// Of what was read with certainty out of an answer (forms::Reading).
struct ReadingStretch {
  std::string question;
  Stretch value;         // nano-units, or thousandths
  std::string currency;  // empty: whatever it is in
  bool operator==(const ReadingStretch&) const = default;
};

inline constexpr std::int64_t kNobody = 0;

struct Filter {
  std::vector<applications::State> states;        // one of
  std::vector<std::string> countries, languages;  // one of
  std::vector<std::string> not_countries, not_languages;
  std::vector<std::vector<std::string>> areas;  // of each one
  std::vector<std::string> not_areas;
  std::vector<std::vector<applications::Flag>> flags;  // of each one
  std::vector<applications::Flag> not_flags;
  std::vector<std::int64_t> assigned, not_assigned;  // people, or kNobody
  Stretch submitted, updated;                        // micros
  std::vector<ReadingStretch> readings;
  std::optional<bool> has_file, has_flag;
  std::string institution;  // words, each of which begins a word of the institution
  std::string text;         // words, "phrases", OR, -without, (brackets)
  Sort sort = Sort::newest;

  bool operator==(const Filter&) const = default;
};

}  // namespace bursary::queue
