// What is asked of the console's list when it is measured: by state; by state, country and area; and words of each
// class, alone, in pairs, with and without a filter. Marker words: features/rehearsal/rehearsal.h.
#pragma once
#include <string>
#include <vector>

#include "features/queue/queue.h"
#include "features/rehearsal/rehearsal.h"

namespace bench {

struct ListCase {
  std::string name;  // "list.state", "search.rare" …
  bursary::queue::Filter filter;
};

inline std::vector<ListCase> list_cases() {
  using namespace bursary::rehearsal;
  using bursary::applications::State;
  const auto filter = [](std::string text, bool narrowed) {
    bursary::queue::Filter f;
    f.text = std::move(text);
    if (narrowed) {
      f.state = State::submitted;
      f.country = "KE";
      f.area = "alignment";
    }
    return f;
  };
  bursary::queue::Filter by_state;
  by_state.state = State::submitted;
  bursary::queue::Filter declined;  // most of a million, and none of the newest
  declined.state = State::declined;
  std::vector<ListCase> cases = {{"list.all", {}},
                                 {"list.state", by_state},
                                 {"list.state_of_old", declined},
                                 {"list.state_country_area", filter({}, true)}};
  const std::string rare(kRareMarkers[0]), middle(kMiddleMarkers[0]), common(kCommonMarkers[0]);
  const std::string rare2(kRareMarkers[1]), middle2(kMiddleMarkers[1]), common2(kCommonMarkers[1]);
  const std::pair<std::string, std::string> words[] = {{"rare", rare},
                                                       {"middle", middle},
                                                       {"common", common},
                                                       {"rare+rare", rare + " " + rare2},
                                                       {"rare+middle", rare + " " + middle},
                                                       {"rare+common", rare + " " + common},
                                                       {"middle+middle", middle + " " + middle2},
                                                       {"middle+common", middle + " " + common},
                                                       {"common+common", common + " " + common2}};
  for (const auto& [name, text] : words) {
    cases.push_back({"search." + name, filter(text, false)});
    cases.push_back({"search." + name + ".filtered", filter(text, true)});
  }
  return cases;
}

}  // namespace bench
