// What the page of kept lists shows.
#pragma once
#include <string>
#include <vector>

#include "base/phrase.h"

namespace bursary::queue {

struct SavedViewRow {
  std::string id, href, name, query, owner;
  Phrase count;
  bool own = false, shared = false;
};
struct ViewsView {
  std::vector<SavedViewRow> rows;
  std::string form_token;
  bool may_share = false;
};

}  // namespace bursary::queue
