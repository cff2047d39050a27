// What the list's template shows.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "html/writer.h"

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
struct Cell {
  std::string column, label, text, title;  // title: the whole of it, for where it is cut
  std::string tag;                         // class of a tag; empty: none
  std::string datetime;                    // of a moment
  std::vector<Phrase> flags;
};
struct RowView {
  std::string href, reference, applicant;
  std::string chosen_as;  // "RA-7K3M-Q9XT5:submitted": so that an act on many sees what changed meanwhile
  std::vector<Cell> cells;
  bool open = false;  // beside the list
};
// The boxes with their counts, and how many fit.
struct FiltersView {
  std::string kept;  // the query, canonical: what the boxes are added to
  std::string from, until;
  std::vector<Box> boxes;
  Phrase total;
  std::string counts_from, count_here;  // where what is slow to count is counted: for script, and without; empty: it is
};
struct ViewLink {
  std::string href, name, count;
  std::string key;  // g and then this goes there; empty: none
  bool shared = false, current = false;
};
struct BulkChoice {
  std::string value, label;
};
struct BulkBar {
  std::string form_token, query, as_of;
  std::string mark = "{n}";         // where the script writes how many
  Phrase all;                       // "All 312 that match"
  bool can_take_all = false;        // not while the query has a mistake
  std::vector<BulkChoice> actions;  // "assign:71", by name
};
struct ListView {
  std::string query;  // as typed
  FiltersView filters;
  std::vector<Chip> chips;
  std::vector<ProblemView> problems;
  std::vector<ViewLink> views;
  std::string form_token, kept, view;  // to keep this list, and the columns
  bool may_share = false;
  std::string column_names;  // of `columns`, with a space between
  std::vector<Choice> columns, all_columns;
  bool dense = true;
  std::vector<RowView> rows;
  BulkBar bulk;              // without actions: nothing may be done
  std::string newer, older;  // hrefs; empty: none
  bool oldest_first = false;
  std::string further;  // href: look on behind the rows that were looked through
  std::string looked_through;
  std::string export_csv, export_json;
  std::int64_t unindexed = 0;  // text of so many is not found yet
  bool searched = false, narrowed = false;
  html::SafeHtml open;  // an application beside the list
  std::string close;    // the list without it
};

}  // namespace bursary::queue
