// What provider_go.html and provider_back.html show.
#pragma once
#include <string>

#include "base/phrase.h"

namespace bursary::accounts {

struct ProviderGoView {
  std::string name, address;
};
struct ProviderBackView {
  std::string path, code, state;  // what is posted; path empty: it has ended
  Phrase problem;                 // then: why
};

}  // namespace bursary::accounts
