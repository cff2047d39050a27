// What the page of one application's decision shows. Private.
#pragma once
#include <string>
#include <vector>

#include "base/phrase.h"
#include "features/decisions/choice_view.h"
#include "html/writer.h"

namespace bursary::decisions {

struct PastView {
  Phrase kind, state;
  std::string criterion, reason, note, facts;
};
struct DecisionView {
  html::SafeHtml places, answers;
  std::string applicant, reference, path, form_token, seen, asked, next_reference;
  Phrase state;
  std::string state_class;
  Phrase done;
  std::string problem, problem_at;
  bool may_decide = false, barred = false;
  bool open = false;  // there is a pending or leaving decision
  bool leaving = false, changing = false;
  std::int64_t id = 0, version = 0;
  Phrase kind;
  std::string criterion, reason, note, facts, leaves, subject;
  html::SafeHtml message;
  ChoiceView choice;
  bool has_appeal = false, appeal_waits = false, appeal_barred = false;
  std::int64_t appeal = 0;
  std::string appeal_body, appeal_facts, appeal_answer, appeal_problem;
  Phrase appeal_state;
  std::vector<PastView> past;
};

}  // namespace bursary::decisions
