// What act.html shows: something that is done by a button, behind what it means. Public: site.h lists it.
#pragma once
#include <string>

#include "base/phrase.h"

namespace bursary::site {

struct ActView {
  std::string path, token, action;  // posted as _action
  Phrase title, about, button;
};

}  // namespace bursary::site
