// The fields of a choice, as choice.html draws them. Private.
#pragma once
#include <string>
#include <vector>

#include "base/phrase.h"

namespace bursary::decisions {

struct KindView {
  std::string value, id, key;  // key: pressed in the console
  Phrase label;
  bool chosen = false;
};
struct CriterionView {
  std::string value, label;
  bool chosen = false;
};
struct ChoiceView {
  std::vector<KindView> kinds;
  std::vector<CriterionView> criteria;
  std::string reason, note;
  std::string criterion_problem, reason_problem, note_problem, kind_problem;
};

}  // namespace bursary::decisions
