// Signals are the main thread's business: threads that are started while this stands inherit that they are not told of
// them (SIGPIPE among them, so that a broken connection is an error and not an end).
#pragma once
#include <pthread.h>

#include <csignal>

namespace bursary::net {

class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace bursary::net
