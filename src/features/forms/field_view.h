// What the templates of this folder show: a question's box, the sections, the summary, the answers.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "features/forms/fields/field.h"

namespace bursary::forms {

struct FieldView {
  std::string_view key, label, hint, why;
  std::string css_class = "field";
  html::SafeHtml help, input;
  std::string condition;         // when it is asked or needed, for those without JavaScript
  std::string problem, warning;  // messages; empty: none
  std::string limit;             // "Up to 600 words"
  bool limit_before = false;     // told before a group's options, not under the input
  std::size_t counted = 0;       // of `unit`; 0: the browser does not count
  std::string_view unit;         // "words", "characters"
  bool optional = false, required = false;
  std::string described_by;                    // ids, for a fieldset
  std::string_view behaviour;                  // "reveal" or nothing
  std::string_view shown_when, required_when;  // keys of questions
  std::string shown_values, required_values;   // options, a space between; empty: any answer
};

struct SectionView {
  std::string_view key, title;
  html::SafeHtml intro;
  bool optional = false;
  std::vector<html::SafeHtml> fields;
};
struct SectionsView {
  std::vector<SectionView> sections;
};

struct ProblemView {
  std::string_view field;  // a question's key; empty: about no question
  std::string message;
};
struct ErrorSummaryView {
  std::vector<ProblemView> problems;
};

struct AnswerRow {
  std::string_view label;
  std::vector<Shown> answer;
  std::string change;
};
struct AnswersSection {
  std::string_view key, title;
  std::vector<AnswerRow> rows;
};
struct AnswersView {
  bool below_heading = false;  // stands under a heading of the second level, so its own are of the third
  std::vector<AnswersSection> sections;
};

}  // namespace bursary::forms
