// What the lists of decisions, releases and late steps show. Private.
#pragma once
#include <string>
#include <vector>

#include "base/phrase.h"
#include "features/decisions/choice_view.h"
#include "html/writer.h"

namespace bursary::decisions {

struct KindSumView {
  std::string value;
  Phrase label;
  std::int64_t n = 0;
  std::string asked;
};
struct SampleView {
  Phrase kind;
  std::string to, subject;
  html::SafeHtml body;
};
struct RowView {
  std::string chosen;  // "<id>:<version>"
  std::string applicant, reference, criterion, by, at, asked;
  Phrase kind, state;
  std::string state_class, keep_back;  // keep_back: its id, where it may be
  std::int64_t version = 0;
};
struct ReleaseRowView {
  std::string href, facts, leaves;
  Phrase state;
};
struct ListView {
  std::string form_token, shown_at, problem, window;
  bool may_release = false;
  std::int64_t n = 0, limit = 0;
  std::vector<KindSumView> kinds;
  std::vector<SampleView> samples;
  std::vector<RowView> rows;
  std::vector<ReleaseRowView> releases;
  bool more = false;
};
struct ReleaseView {
  std::string form_token, path, facts, leaves, skipped;
  Phrase state, about, done;
  std::string problem;
  bool held = false, may_undo = false, refresh = false;
  std::vector<RowView> rows;
  bool more = false;
  std::int64_t limit = 0;
};
struct ManyRowView {
  std::string reference, applicant, asked, problem;
  Phrase state;
  bool fits = false;
};
struct ManyView {
  std::string form_token, references, problem, result, sum;
  bool preview = false, done = false;
  std::int64_t n = 0;
  ChoiceView choice;
  Phrase kind;
  std::string kind_value, criterion_value, criterion, reason, note, sample_to, subject;
  html::SafeHtml sample;
  std::vector<ManyRowView> rows;
  std::string seen;  // "<reference>:<state> …" of those that fit: one field, however many
};
struct LateView {
  std::string reference, applicant, since, due, late;
};
struct LateStepView {
  std::string title, id, place, more;
  std::vector<LateView> rows;
};
struct OverdueView {
  std::vector<LateStepView> steps;
};
struct ToldView {
  std::string back, path, token, title, reference, decided_on, criterion, reason, problem, typed;
  html::SafeHtml criterion_explanation;
  bool may_appeal = false, appeal_done = false;
  std::string read_path;  // where "I have read it" goes; empty: it was said, or nobody is logged in
  std::string appeal_body, appeal_state, appeal_answer;
};

}  // namespace bursary::decisions
