#include "features/decisions/clocks.sql.h"
#include "features/decisions/decisions.h"

namespace bursary::decisions {

namespace clocks_sql = sql::decisions::clocks;

namespace {

constexpr std::chrono::hours kDay{24};

void add(OverdueStep& step, const db::Rows& rows, int most) {
  for (const db::Row row : rows) {
    const Instant since = row.instant(3);
    step.rows.push_back({row.id<ApplicationId>(0), row.text_or_empty(1), row.text(2), since, since + kDay * step.days});
  }
  std::ranges::stable_sort(step.rows, {}, &Overdue::due);
  step.more = step.rows.size() > static_cast<std::size_t>(most);
  if (step.more) step.rows.resize(static_cast<std::size_t>(most));
}

}  // namespace

std::vector<OverdueStep> overdue_steps(db::Tx& tx, const programs::Program& program, Instant now, int most) {
  const programs::StepDays& days = program.steps;
  const std::pair<State, int> steps[] = {{State::submitted, days.submitted},
                                         {State::screening, days.screening},
                                         {State::in_review, days.in_review},
                                         {State::decided, days.decided},
                                         {State::returned, days.returned}};
  std::vector<OverdueStep> found;
  for (const auto& [state, target] : steps) {
    OverdueStep step{state, false, target, {}, false};
    const Instant before = now - kDay * target;
    if (state == State::submitted)
      add(step, tx.query(clocks_sql::overdue_submitted, program.slug, first_id_at(before), most + 1), most + 1);
    add(step, tx.query(clocks_sql::overdue, program.slug, state, before, most + 1), most);
    found.push_back(std::move(step));
  }
  OverdueStep appeals{State::declined, true, days.appeal, {}, false};
  add(appeals, tx.query(clocks_sql::overdue_appeals, program.slug, now - kDay * days.appeal, most + 1), most);
  found.push_back(std::move(appeals));
  return found;
}

}  // namespace bursary::decisions
