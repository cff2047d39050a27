// What the list's template shows.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace bursary::queue {

struct Choice {
  std::string value, label;
  bool chosen = false;
};
struct Chip {
  std::string label, without;  // the list without this filter
};
struct RowView {
  std::string href, reference, applicant, institution, country, area, submitted_at, submitted_day, submitted_full;
  Phrase state;
  std::string state_class;
  std::vector<Phrase> flags;
  std::string flags_title;  // all of them, for where they are cut
};
struct ListView {
  std::string text, from, until;
  std::vector<Choice> states, countries, areas, flags;
  std::vector<Chip> chips;
  std::vector<FieldError> problems;
  std::vector<RowView> rows;
  std::string newer, older;  // hrefs; empty: none
  std::string export_csv, export_json;
  std::int64_t unindexed = 0;  // text of so many is not found yet
  bool narrowed = false;
};

}  // namespace bursary::queue
