#include "features/decisions/choice.h"

namespace bursary::decisions {

ChoiceView choice_view(const Visit& visit, const std::optional<Choice>& choice) {
  ChoiceView view;
  static constexpr const char* kKeys[] = {"y", "d", "w"};
  for (const Kind kind : kAllKinds) {
    const std::string name(to_string(kind));
    view.kinds.push_back({name, "kind-" + name, kKeys[static_cast<std::size_t>(kind)], Phrase("decisions.kind." + name),
                          choice && choice->kind == kind});
  }
  for (const programs::Criterion& one : visit.program->criteria) {
    view.criteria.push_back({one.key, one.label.in(visit.phrases().tag()), choice && choice->criterion == one.key});
  }
  if (choice) {
    view.reason = choice->reason;
    view.note = choice->note;
  }
  return view;
}

void mark_problems(ChoiceView& view, const Visit& visit, const std::vector<FieldError>& problems) {
  for (const FieldError& problem : problems) {
    const std::string text = visit.phrases().text(problem.message);
    if (problem.field == "kind") view.kind_problem = text;
    if (problem.field == "criterion") view.criterion_problem = text;
    if (problem.field == "reason") view.reason_problem = text;
    if (problem.field == "note") view.note_problem = text;
  }
}

}  // namespace bursary::decisions
