// What this feature's templates show.
#pragma once
#include <string>
#include <vector>

#include "base/phrase.h"

namespace bursary::privacy {

struct KeptView {
  std::string title;
  Phrase state;
};
struct MyDataView {
  std::vector<std::string> emails;
  std::vector<KeptView> applications;
  std::string form_token, contact;
  bool works_here = false, awarded = false, must_confirm = false, not_ticked = false;
};
struct DeskView {
  std::string who, form_token;
  bool asked = false, person = false, works_here = false, not_ticked = false;
  std::vector<KeptView> applications;
  Phrase done;  // empty: nothing was done
  std::string export_href;
  bool found() const { return person || !applications.empty(); }
};
struct GoneView {
  std::string contact;
};

}  // namespace bursary::privacy
