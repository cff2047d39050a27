// What the page of screening shows. Private.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/phrase.h"
#include "html/writer.h"

namespace bursary::screening {

struct RuleView {
  std::string label, tag;  // tag: its class
  Phrase holds;
  html::SafeHtml explanation;
};
struct PriorityView {
  std::string label;
  int points = 0;
  bool unclear = false;
};
struct FlagView {
  std::string code, since;
  Phrase name, explanation;
};
struct CheckView {
  Phrase kind, outcome;
  std::string tag, subject, remark, facts;
};
struct MatchView {
  std::string name, score, why;
};
struct NoteView {
  std::int64_t id = 0;
  std::string body, facts;
  bool editable = false;
};
struct OptionView {
  std::string value;
  Phrase label;
  bool chosen = false;
};
// A form's text field as it was refused: what was typed, and why.
struct FieldView {
  std::string typed, problem;
};
struct ScreeningView {
  html::SafeHtml places, answers;
  std::string applicant, reference, path, form_token, seen, facts, due;
  bool overdue = false;
  Phrase state;
  std::string state_class;
  bool may_act = false;
  // What may be done now.
  bool take_up = false, review = false, back = false, give_back = false, hold = false, go_on = false, last = false;
  Phrase done;                      // what has just been done
  std::string problem, problem_at;  // of the form that was refused, and the field's id
  std::string hold_reason, hold_facts, next_reference;
  std::string change_request, change_facts;
  std::string trouble;  // mail to the applicant came back: why
  std::vector<RuleView> rules;
  std::vector<PriorityView> priorities;
  int points = 0, points_of = 0;
  std::vector<FlagView> flags;
  std::vector<CheckView> checks;
  std::vector<MatchView> matches;
  Phrase mail_hint;
  std::string email, institution, country;
  std::vector<NoteView> notes;
  std::vector<OptionView> check_kinds, check_outcomes, flag_kinds;
  FieldView changes, due_day, reason, until, note, subject, remark, flag_reason, off_reason;
};

}  // namespace bursary::screening
