#include "features/site/home_view.h"

namespace bursary::site {
namespace {

std::vector<HomeView::Entry> options_of(const forms::Question* question, std::string_view locale) {
  std::vector<HomeView::Entry> entries;
  if (question == nullptr) return entries;
  for (const forms::Option& option : question->options) {
    entries.push_back({option.label.in(locale), html::markdown(option.guidance.in(locale))});
  }
  return entries;
}

// The program's own text; what comes before its first heading stands under the program's question "what this is".
std::vector<Chapter> chapters_of_page(const programs::Program& program, const html::Phrasebook& phrases) {
  std::vector<Chapter> chapters;
  if (const programs::Page* page = program.page(""); page != nullptr) {
    chapters = chapters_of(html::markdown(page->body.in(phrases.tag())));
  }
  for (Chapter& chapter : chapters) {
    if (!chapter.heading.id.empty()) continue;
    html::Writer title(phrases);
    title.phrase("site.home.about");
    chapter.heading = {"about", title.take()};
  }
  return chapters;
}

}  // namespace

HomeView home_view(const programs::Program& program, const html::Phrasebook& phrases) {
  const std::string& locale = phrases.tag();
  HomeView view;
  view.name = program.name.in(locale);
  view.summary = program.summary.in(locale);
  if (const programs::Page* policy = program.page("policy"); policy != nullptr) {
    view.policy_path = "/policy";
    view.policy_title = policy->title.in(locale);
  }
  if (program.closes) view.deadline = phrases.date_time(*program.closes, program.time_zone);
  view.decision_days = program.decision_days;
  for (const forms::Country& country : program.form.countries) view.supported_countries += country.supported ? 1 : 0;
  view.others = chapters_of_page(program, phrases);
  if (!view.others.empty()) {
    view.first.push_back(std::move(view.others.front()));
    view.others.erase(view.others.begin());
  }
  view.eligibility = html::markdown(program.eligibility.in(locale));
  const forms::Meanings& meanings = program.form.meanings;
  const forms::Question* areas = program.form.find(meanings.areas);
  const forms::Question* models = program.form.find(meanings.models);
  view.areas_title = areas != nullptr ? areas->label.in(locale) : "";
  view.areas = options_of(areas, locale);
  if (models != nullptr && models->restricted) view.models = options_of(models, locale);
  return view;
}

}  // namespace bursary::site
