// What link.html and sign_in.html show.
#pragma once
#include <string>

#include "base/phrase.h"

namespace bursary::accounts {

struct LinkView {
  std::string path;  // where the button posts; empty when the link cannot be used
  Phrase problem;    // then: why
};

struct SignInView {
  bool signed_in = false;
  std::string name;
  std::string form_token;
};

}  // namespace bursary::accounts
