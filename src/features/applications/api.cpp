// What is public about the program, for programs: facts, form, areas, countries.
#include "features/api/api.h"

#include "features/applications/applications.h"

namespace bursary::applications {
namespace {

namespace json = boost::json;
using api::Answer;
using api::Call;

json::object texts_of(const forms::LocalText& text) {
  json::object out;
  for (const auto& [tag, words] : text.all()) out[tag] = words;
  return out;
}

json::value moment_or_null(const std::optional<Instant>& at) {
  return at ? json::value(to_rfc3339(*at)) : json::value(nullptr);
}

json::array areas_of(const forms::Definition& form) {
  json::array areas;
  const forms::Question* question = form.find(form.meanings.areas);
  if (question == nullptr) return areas;
  for (const forms::Option& option : question->options)
    areas.push_back({{"key", option.key}, {"name", texts_of(option.label)}});
  return areas;
}

Result<Answer> read_program(const Parts& parts, const Call&) {
  const auto program = parts.programs.current();
  json::array countries, criteria, locales;
  for (const forms::Country& country : program->form.countries) {
    countries.push_back({{"code", country.code}, {"name", texts_of(country.name)}, {"supported", country.supported}});
  }
  for (const programs::Criterion& one : program->criteria)
    criteria.push_back({{"key", one.key}, {"name", texts_of(one.label)}});
  for (const std::string& locale : program->locales) locales.emplace_back(locale);
  return Answer{json::object{{"slug", program->slug},
                             {"name", texts_of(program->name)},
                             {"host", texts_of(program->host)},
                             {"languages", std::move(locales)},
                             {"time_zone", program->time_zone},
                             {"opens_at", moment_or_null(program->opens)},
                             {"closes_at", moment_or_null(program->closes)},
                             {"decision_days", program->decision_days},
                             {"form_version", program->form_version},
                             {"areas", areas_of(program->form)},
                             {"countries", std::move(countries)},
                             {"criteria", std::move(criteria)}}};
}

Result<Answer> read_form(const Parts& parts, const Call& call) {
  const auto program = parts.programs.current();
  const auto form = parts.form_versions.find(program->slug, call.part("version"));
  if (!form) return fail(api::not_found());
  return Answer{json::parse(forms::to_json(*form))};
}

web::Schema program_schema() {
  using namespace web;
  const Schema texts = named("Texts", map_of(text()).said("By language, BCP 47."));
  const Schema keyed = named("Keyed", object({{"key", text()}, {"name", texts}}));
  return named(
      "Program",
      object({{"slug", text()},
              {"name", texts},
              {"host", texts},
              {"languages", list_of(text())},
              {"time_zone", text()},
              {"opens_at", moment().or_null()},
              {"closes_at", moment().or_null()},
              {"decision_days", whole().said("The promised turnaround; 0: none is.")},
              {"form_version", text()},
              {"areas", list_of(keyed)},
              {"countries",
               list_of(named("Country", object({{"code", text()}, {"name", texts}, {"supported", yes_no()}})))},
              {"criteria", list_of(keyed).said("That a decline is given by.")}}));
}

}  // namespace

void add_api_routes(web::Router& router, const Parts& parts, const api::Parts& api) {
  api::add_read(router, api,
                {.path = "/program",
                 .permission = web::Permission::staff,
                 .operation = {.id = "readProgram",
                               .tag = "program",
                               .summary = "The program: names, times, areas, countries",
                               .gives = {api::given("What is public about it.", program_schema())}}},
                [&parts](const Call& call) { return read_program(parts, call); });
  api::add_read(
      router, api,
      {.path = "/program/forms/{version}",
       .permission = web::Permission::staff,
       .operation = {.id = "readForm",
                     .tag = "program",
                     .summary = "A form as it was when applications were made with it",
                     .parameters = {api::path_part("version", "As `form_version` of the program or an application.")},
                     .gives = {api::given("Sections and questions (docs/formats/form.md).",
                                          web::map_of(web::anything()))}}},
      [&parts](const Call& call) { return read_form(parts, call); });
}

}  // namespace bursary::applications
