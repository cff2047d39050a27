// Gives applications to a coordinator, or to nobody.
#include <fmt/format.h>

#include "base/number.h"
#include "features/applications/tally.h"
#include "features/queue/bulk.h"
#include "features/queue/bulk.sql.h"

namespace bursary::queue {
namespace {

namespace bulk_sql = sql::queue::bulk;
using Person = std::optional<std::int64_t>;

Person person_of(std::string_view argument) {
  const std::int64_t id = read_row_number(argument);
  return id > 0 ? Person(id) : std::nullopt;
}

void give(const BulkStep& step, const BulkTarget& target, Person to) {
  step.tx.post(bulk_sql::assign, to, target.row.id);
  applications::tally_assigned(step.tx, step.ids, target.row.id, target.assignee);
  audit::write_event(step.tx, {step.ids.next<audit::EventTag>(), target.row.id.value, to ? "assigned" : "unassigned",
                               step.by, step.now, to ? fmt::format(R"({{"person":"{}"}})", *to) : "{}"});
}

class Assign final : public BulkAction {
 public:
  std::string_view name() const override { return "assign"; }
  web::Permission permission() const override { return web::Permission::screen_applications; }
  bool takes_colleague() const override { return true; }

  Applied apply(const BulkStep& step, const BulkTarget& target) const override {
    const Person to = person_of(step.argument);
    // Already so: nothing to write, and nothing to take back.
    if (target.assignee == to) return {RowOutcome::done, target.assignee.value_or(0), -1};
    give(step, target, to);
    return {RowOutcome::done, target.assignee.value_or(0), to.value_or(0)};
  }

  RowOutcome undo(const BulkStep& step, const BulkTarget& target, const Applied& done) const override {
    if (done.mark == -1) return RowOutcome::undone;
    if (target.assignee.value_or(0) != done.mark) return RowOutcome::kept;
    const Person back = done.was.value_or(0) == 0 ? std::nullopt : done.was;
    give(step, target, back);
    return RowOutcome::undone;
  }
};

}  // namespace

const BulkAction& assign_action() {
  static const Assign action;
  return action;
}

}  // namespace bursary::queue
