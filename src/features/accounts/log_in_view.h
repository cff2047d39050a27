// What code.html and mail_link.html show.
#pragma once
#include <string>

#include "base/phrase.h"

namespace bursary::accounts {

struct CodeView {
  std::string email;    // that the code was sent to; empty: this browser asked for none, or too long ago
  std::string problem;  // with the code that was typed
};

struct MailLinkView {
  std::string path;  // where the button posts; empty when the link cannot be used
  Phrase problem;    // then: why
};

}  // namespace bursary::accounts
