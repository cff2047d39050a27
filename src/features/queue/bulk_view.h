// What the page of an act on many shows.
#pragma once
#include <string>
#include <vector>

#include "base/phrase.h"

namespace bursary::queue {

struct OutcomeView {
  Phrase text;  // "312 done"
};
struct LeftOverView {
  std::string href, reference, applicant;
  Phrase state, outcome;
};
struct BulkView {
  std::string id, what, when, query, back, form_token;
  std::int64_t total = 0, finished = 0;
  Phrase state;
  bool running = false, may_undo = false;
  std::vector<OutcomeView> outcomes;
  std::vector<LeftOverView> left_over;  // the first hundred that were not done
};

}  // namespace bursary::queue
