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
// A field's select box.
struct Box {
  std::string name, label, any;
  std::vector<Choice> choices;
};
struct Chip {
  std::string label, without;  // the list without this filter
};
// What is wrong with the query: the text in three parts, the middle one wrong.
struct ProblemView {
  std::string before, wrong, after;
  Phrase message;
  std::string instead;  // the list with the suggestion; empty: none
  std::string instead_text;
};
struct RowView {
  std::string href, reference, applicant, institution, country, area, submitted_at, submitted_day, submitted_full;
  Phrase state;
  std::string state_class;
  std::vector<Phrase> flags;
  std::string flags_title;  // all of them, for where they are cut
};
// The boxes with their counts, and how many fit.
struct FiltersView {
  std::string kept;  // the query, canonical: what the boxes are added to
  std::string from, until;
  std::vector<Box> boxes;
  Phrase total;
  std::string counts_from, count_here;  // where what is slow to count is counted: for script, and without; empty: it is
};
struct ListView {
  std::string query;  // as typed
  FiltersView filters;
  std::vector<Chip> chips;
  std::vector<ProblemView> problems;
  std::vector<RowView> rows;
  std::string newer, older;  // hrefs; empty: none
  bool oldest_first = false;
  std::string further;  // href: look on behind the rows that were looked through
  std::string looked_through;
  std::string export_csv, export_json;
  std::int64_t unindexed = 0;  // text of so many is not found yet
  bool searched = false, narrowed = false;
};

}  // namespace bursary::queue
