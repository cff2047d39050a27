// The deadlines of thousands of connections, one thread: setting one costs a few instructions, and most are only ever
// moved later, which costs a store. A wheel of slots; a member is looked at when its slot comes round and filed again
// if its deadline has moved since. Exact to one tick, never early.
#pragma once
#include <chrono>
#include <cstddef>
#include <vector>

#include "net/chain.h"

namespace bursary::net {

using Millis = std::chrono::milliseconds;  // since an arbitrary start, never stepping back

class Deadline : private Link {
 public:
  virtual ~Deadline() = default;
  // Called once for each set() that was not followed by another or by clear(), when the moment has passed.
  virtual void passed() = 0;

 private:
  friend class Deadlines;
  friend class Chain<Deadline>;
  static constexpr Millis kNever = Millis::max();
  Millis due_ = kNever;
  Millis filed_ = kNever;  // when its slot comes round; due_ may be later
};

class Deadlines {
 public:
  Deadlines(Millis now, Millis tick = Millis{100}, std::size_t slots = 1024);
  void set(Deadline& deadline, Millis due);
  static void clear(Deadline& deadline) { deadline.due_ = Deadline::kNever; }
  // Calls passed() of whatever is due. `now` never steps back.
  void advance(Millis now);
  Millis tick() const { return tick_; }

 private:
  void file(Deadline& deadline);
  void visit(Chain<Deadline>& slot);

  Millis tick_;
  Millis now_;
  std::vector<Chain<Deadline>> slots_;
};

}  // namespace bursary::net
