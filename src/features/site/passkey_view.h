// The button that asks the browser for a passkey; without script there is none.
#pragma once
#include <string>

#include "base/phrase.h"

namespace bursary::site {

struct PasskeyButtonView {
  std::string kind;             // "get" or "create"
  std::string options, answer;  // paths
  std::string form_token, next;
  Phrase label;
  std::string button = "button";  // class
};

}  // namespace bursary::site
