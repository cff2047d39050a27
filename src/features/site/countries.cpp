#include "base/text.h"
#include "features/site/countries_view.h"

namespace bursary::site {

CountriesView countries_view(const programs::Program& program, const html::Phrasebook& phrases,
                             std::string_view query) {
  CountriesView view;
  view.query = std::string(first_characters(trim(query), 100));
  view.blocks = program.unsupported == programs::UnsupportedPolicy::block;
  view.total = static_cast<std::int64_t>(program.form.countries.size());
  const std::string wanted = fold(view.query);
  for (const forms::Country& country : program.form.countries) {
    const std::string& name = country.name.in(phrases.tag());
    if (country.supported) {
      ++view.supported;
    } else {
      view.unsupported.push_back(name);
    }
    const bool fits = wanted.empty() || fold(name).find(wanted) != std::string::npos || fold(country.code) == wanted;
    if (fits) view.shown.push_back({country.code, name, country.supported});
  }
  view.told_one = phrases.text("site.countries.shown", {{"n", "1"}});
  view.told_other = phrases.text("site.countries.shown.other", {{"n", "{n}"}});
  return view;
}

}  // namespace bursary::site
