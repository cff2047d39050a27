#include "net/deadlines.h"

#include <algorithm>

namespace bursary::net {

Deadlines::Deadlines(Millis now, Millis tick, std::size_t slots)
    : tick_(tick), now_(now / tick * tick), slots_(slots) {}

void Deadlines::set(Deadline& deadline, Millis due) {
  deadline.due_ = due;
  // Its slot comes round no later than it should: there it will be filed again.
  if (deadline.joined() && deadline.filed_ <= due) return;
  file(deadline);
}

void Deadlines::file(Deadline& deadline) {
  // The first tick that is not before the deadline, within one turn of the wheel.
  const auto wanted = (deadline.due_ - now_ + tick_ - Millis{1}) / tick_;
  const auto ahead = std::clamp<Millis::rep>(wanted, 1, static_cast<Millis::rep>(slots_.size()) - 1);
  deadline.filed_ = now_ + ahead * tick_;
  slots_[static_cast<std::size_t>(deadline.filed_ / tick_) % slots_.size()].add(deadline);
}

void Deadlines::advance(Millis now) {
  while (now_ + tick_ <= now) {
    now_ += tick_;
    visit(slots_[static_cast<std::size_t>(now_ / tick_) % slots_.size()]);
  }
}

void Deadlines::visit(Chain<Deadline>& slot) {
  Chain<Deadline> present;  // what passed() sets anew must not be visited twice
  present.take(slot);
  while (Deadline* deadline = present.oldest()) {
    deadline->leave();
    if (deadline->due_ == Deadline::kNever) continue;
    if (deadline->due_ > now_) {
      file(*deadline);
      continue;
    }
    deadline->due_ = Deadline::kNever;
    deadline->passed();
  }
}

}  // namespace bursary::net
