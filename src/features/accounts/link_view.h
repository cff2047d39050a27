// What link.html and sign_in.html show.
#pragma once
#include <string>
#include <vector>

#include "base/phrase.h"
#include "features/accounts/account_view.h"

namespace bursary::accounts {

struct LinkView {
  std::string path;  // where the button posts; empty when the link cannot be used
  Phrase problem;    // then: why
};

struct SignInView {
  bool signed_in = false;
  std::string name;
  std::string form_token;
  std::string problem, typed;
  std::vector<ProviderView> providers;
};

}  // namespace bursary::accounts
