#include "features/queue/api.h"

#include "features/queue/labels.h"

namespace bursary::queue {
namespace {

namespace json = boost::json;

std::vector<std::string> state_names() {
  std::vector<std::string> names;
  for (const auto state : kShownStates) names.emplace_back(applications::to_string(state));
  return names;
}

std::vector<std::string> all_flag_names() {
  std::vector<std::string> names;
  for (const auto flag : applications::kAllFlags) names.emplace_back(applications::to_string(flag));
  return names;
}

}  // namespace

web::Schema person_schema() {
  return web::named("Person", web::object({{"id", api::id_schema()}, {"name", web::text()}}));
}

json::value person_json(std::int64_t person, const std::map<std::int64_t, std::string>& names) {
  if (person == kNobody) return nullptr;
  const auto name = names.find(person);
  return json::object{{"id", api::id_text(person)}, {"name", name == names.end() ? "" : name->second}};
}

web::Schema row_schema() {
  using namespace web;
  return named("ApplicationRow",
               object({{"reference", text()},
                       {"state", choice(state_names())},
                       {"name", text().said("Of whoever applied.")},
                       {"institution", text()},
                       {"country", text().said("ISO 3166-1, two letters; empty when it was not told.")},
                       {"area", text().said("The first area's key.")},
                       {"language", text()},
                       {"flags", list_of(choice(all_flag_names()))},
                       {"assignee", person_schema().or_null()},
                       {"submitted_at", moment()},
                       {"updated_at", moment()}}));
}

json::object row_json(const ListRow& row, const std::map<std::int64_t, std::string>& names) {
  json::array flags;
  for (const auto flag : flags_in(row.flags)) flags.emplace_back(applications::to_string(flag));
  return {{"reference", row.reference},
          {"state", applications::to_string(row.state)},
          {"name", row.applicant_name},
          {"institution", row.institution},
          {"country", row.country},
          {"area", row.area},
          {"language", row.locale},
          {"flags", std::move(flags)},
          {"assignee", person_json(row.assignee, names)},
          {"submitted_at", to_rfc3339(row.submitted_at)},
          {"updated_at", to_rfc3339(row.updated_at)}};
}

web::Parameter query_parameter() {
  return api::in_query("q",
                       "The console's query language, docs/query-language.md: `state:submitted country:KE probes "
                       "sort:oldest`. What it does not understand is refused, with its place.",
                       web::text());
}

Result<ReadQuery> read_asked_query(const api::Call& call, const programs::Program& program,
                                   const std::vector<Colleague>& staff, std::string_view typed) {
  ReadQuery query = read_query(typed, {program, call.context.phrases, call.person().value, call.context.now, staff});
  if (query.problems.empty()) return query;
  Error error{ErrorKind::invalid, "problem.api.request.query", {}, {}};
  for (const QueryProblem& problem : query.problems) {
    error.fields.push_back(
        {"?q", Phrase("problem.api.query_at", {{"begin", std::to_string(problem.span.begin)},
                                               {"end", std::to_string(problem.span.end)},
                                               {"what", call.context.phrases.text(problem.message)}})});
  }
  return fail(std::move(error));
}

Parts on_database(const Parts& parts, db::Database& inside) {
  return {inside, parts.clock, parts.ids, parts.programs, parts.form_versions, parts.node_name, parts.actions, {}};
}

web::Parameter reference_part() { return api::path_part("reference", "As in mail: `RA-7K3M-Q9XT5`."); }

void add_api_routes(web::Router& router, const Parts& parts, const api::Parts& api) {
  add_list_routes(router, parts, api);
  add_application_routes(router, parts, api);
  add_bulk_routes(router, parts, api);
  add_view_routes(router, parts, api);
}

}  // namespace bursary::queue
