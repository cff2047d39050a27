// Moves what was submitted on to screening.
#include "features/queue/bulk.h"

namespace bursary::queue {
namespace {

using applications::State;

class Screen final : public BulkAction {
 public:
  std::string_view name() const override { return "screen"; }
  web::Permission permission() const override { return web::Permission::screen_applications; }

  Applied apply(const BulkStep& step, const BulkTarget& target) const override {
    if (target.seen != State::submitted) return {RowOutcome::not_allowed};
    applications::Move move{State::screening, step.by};
    move.seen = target.seen;
    if (!applications::move_held(step.tx, step.ids, step.now, target.row, move)) return {RowOutcome::changed};
    return {RowOutcome::done, static_cast<std::int64_t>(target.seen), target.version + 1};
  }

  RowOutcome undo(const BulkStep& step, const BulkTarget& target, const Applied& done) const override {
    if (target.row.state != State::screening || target.version != done.mark) return RowOutcome::kept;
    applications::Move move{State::submitted, step.by, "moved_back"};
    move.seen = State::screening;
    return applications::move_held(step.tx, step.ids, step.now, target.row, move) ? RowOutcome::undone
                                                                                  : RowOutcome::kept;
  }
};

}  // namespace

const BulkAction& screen_action() {
  static const Screen action;
  return action;
}

}  // namespace bursary::queue
