// A list that owns nothing and whose members know their own place: joining and leaving cost a few pointers.
// One thread. A Link that is destroyed leaves its chain first.
#pragma once

namespace bursary::net {

class Link {
 public:
  Link() = default;
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;
  ~Link() { leave(); }

  bool joined() const { return next_ != this; }
  void leave() {
    previous_->next_ = next_;
    next_->previous_ = previous_;
    previous_ = next_ = this;
  }

 private:
  template <class T>
  friend class Chain;
  Link* previous_ = this;
  Link* next_ = this;
};

// Members are Ts that derive from Link, oldest first.
template <class T>
class Chain {
 public:
  bool empty() const { return !end_.joined(); }
  T* oldest() const { return empty() ? nullptr : static_cast<T*>(end_.next_); }
  void add(T& member) {
    Link& link = member;
    link.leave();
    link.previous_ = end_.previous_;
    link.next_ = &end_;
    end_.previous_->next_ = &link;
    end_.previous_ = &link;
  }
  // Moves every member of `other` behind this chain's own.
  void take(Chain& other) {
    while (T* member = other.oldest()) add(*member);
  }

 private:
  Link end_;
};

}  // namespace bursary::net
