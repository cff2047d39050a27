// What is asked of the console's list when it is measured: by state; by state, country and area; two filters and an
// order; what an index cannot tell; and words of each class, alone, in pairs, with and without a filter. Marker words:
// features/rehearsal/rehearsal.h.
#pragma once
#include <string>
#include <vector>

#include "features/rehearsal/rehearsal.h"

namespace bench {

struct ListCase {
  std::string name;   // "list.state", "search.rare" …
  std::string query;  // in the queue's own language
};

inline std::vector<ListCase> list_cases() {
  using namespace bursary::rehearsal;
  const std::string narrow = "state:submitted country:KE area:alignment";
  std::vector<ListCase> cases = {
      {"list.all", ""},
      {"list.state", "state:submitted"},
      {"list.state_of_old", "state:declined"},  // most of a million, and none of the newest
      {"list.state_country_area", narrow},
      {"list.country_area.oldest", "country:KE area:alignment sort:oldest"},
      {"list.state_country.oldest", "state:declined,awarded country:KE,NG,BR sort:oldest"},
      {"list.state_flag.updated", "state:declined flag:unsupported_country sort:updated"},
      {"list.country_lang.updated", "country:KE lang:es sort:updated"},
      {"list.area_flag", "area:alignment flag:unsupported_country"},
      {"list.flag_amount.oldest", "-flag:unsupported_country amount:>5000 sort:oldest"},
      {"list.amount_months", "amount:>500000 months:<2"},  // hardly one: as many are looked through as may be
      {"list.without", "-state:declined,closed -country:KE -area:alignment"},
  };
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
                                                       {"common+common", common + " " + common2},
                                                       {"rare_or_middle", rare + " OR " + middle},
                                                       {"middle_without_common", middle + " -" + common}};
  for (const auto& [name, text] : words) {
    cases.push_back({"search." + name, text});
    cases.push_back({"search." + name + ".filtered", narrow + " " + text});
  }
  return cases;
}

}  // namespace bench
