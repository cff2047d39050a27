// Which spans of Markdown are open. md4c 0.4.8 now and then leaves a span that it never entered
// ("![a](/p.[b)c](/p.[b)") or never leaves one, and what is written must nest all the same.
#pragma once
#include <md4c.h>

#include <algorithm>
#include <vector>

namespace bursary::html {

class OpenSpans {
 public:
  void enter(MD_SPANTYPE type) { open_.push_back(type); }
  // Calls close(type) for this span and those still open inside it, innermost first; for none when it is not open.
  template <class Close>
  void leave(MD_SPANTYPE type, Close close) {
    if (std::find(open_.begin(), open_.end(), type) == open_.end()) return;
    for (bool found = false; !found;) {
      found = open_.back() == type;
      const MD_SPANTYPE inner = open_.back();
      open_.pop_back();
      close(inner);
    }
  }
  // A block begins or ends: no span reaches over that.
  template <class Close>
  void leave_all(Close close) {
    while (!open_.empty()) leave(open_.back(), close);
  }
  std::size_t depth() const { return open_.size(); }

 private:
  std::vector<MD_SPANTYPE> open_;
};

}  // namespace bursary::html
