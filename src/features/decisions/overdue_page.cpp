// Where staff are late.
#include "features/decisions/list_view.h"
#include "features/decisions/overdue.html.h"
#include "features/decisions/pages.h"

namespace bursary::decisions {

web::Response show_overdue(const Visit& visit) {
  constexpr int kMost = 100;
  constexpr std::int64_t kDay = 86'400'000'000;
  const html::Phrasebook& phrases = visit.phrases();
  const auto steps =
      visit.database().read([&](db::Tx& tx) { return overdue_steps(tx, *visit.program, visit.context.now, kMost); });
  OverdueView view;
  for (const OverdueStep& step : steps) {
    if (step.rows.empty()) continue;
    const std::string name(applications::to_string(step.step));
    LateStepView shown;
    shown.id = step.appeals ? "appeals" : name;
    const std::string days = std::to_string(step.days);
    shown.title = step.appeals ? phrases.text("decisions.overdue.appeals", {{"days", days}})
                               : phrases.text("decisions.overdue.step",
                                              {{"state", phrases.text("queue.state." + name)}, {"days", days}});
    const bool screening = !step.appeals && (step.step == State::submitted || step.step == State::screening ||
                                             step.step == State::returned);
    shown.place = screening ? "screening" : "decision";
    if (step.more) shown.more = phrases.text("decisions.overdue.more", {{"limit", std::to_string(kMost)}});
    for (const Overdue& row : step.rows) {
      const std::int64_t late = (visit.context.now - row.due).count() / kDay + 1;
      shown.rows.push_back({row.reference, row.applicant_name.empty() ? row.reference : row.applicant_name,
                            visit.day(row.since), visit.day(row.due),
                            phrases.text("decisions.overdue.days", {{"n", std::to_string(late)}})});
    }
    view.steps.push_back(std::move(shown));
  }
  html::Writer w(phrases);
  tpl::decisions::overdue(w, view);
  return staff_page(visit, phrases.text("decisions.overdue.title"), "/staff/overdue", w);
}

}  // namespace bursary::decisions
