// What the program page shows: made from the program's facts, so that it never says anything else than the form does.
#pragma once
#include <string>
#include <vector>

#include "features/programs/programs.h"
#include "features/site/outline.h"

namespace bursary::site {

struct HomeView {
  struct Entry {
    std::string label;
    html::SafeHtml guidance;
  };
  std::string name, summary;
  std::string policy_path, policy_title;  // empty: there is no such page
  std::string deadline;                   // empty: rolling
  std::int64_t decision_days = 0, supported_countries = 0;
  std::vector<Chapter> first, others;  // the program's own text: its first chapter, and what follows
  std::string areas_title;
  std::vector<Entry> areas, models;
  html::SafeHtml eligibility;
};

HomeView home_view(const programs::Program& program, const html::Phrasebook& phrases);

}  // namespace bursary::site
