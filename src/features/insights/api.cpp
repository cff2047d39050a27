// The figures of the console's page as tables, for programs.
#include "features/api/api.h"

#include "features/insights/pages.h"

namespace bursary::insights {
namespace {

namespace json = boost::json;
using api::Answer;
using api::Call;

Result<Answer> read(const Parts& parts, const Call& call) {
  for (const char* name : {"from", "to"}) {
    const auto month = call.parameter(name);
    if (month && !month_named(*month)) return fail({{std::string("?") + name, "insights.problem.month"}});
  }
  const auto program = parts.programs.current();
  const Asked asked = asked_period(call.request, call.context.now);
  const auto figures =
      parts.database.read([&](db::Tx& tx) { return read_figures(tx, *program, call.context.phrases, asked.period); });
  json::array out;
  for (const Figure& figure : figures) {
    json::array heads, rows;
    for (const std::string& head : figure.table.heads) heads.emplace_back(head);
    for (const auto& row : figure.table.rows) {
      json::array cells;
      for (const std::string& cell : row) cells.emplace_back(cell);
      rows.push_back(std::move(cells));
    }
    out.push_back({{"figure", figure.id}, {"heads", std::move(heads)}, {"rows", std::move(rows)}});
  }
  return Answer{json::object{{"from", month_name(asked.period.from)},
                             {"to", month_name(next_month(asked.period.until, -1))},
                             {"figures", std::move(out)}}};
}

web::Schema figures_schema() {
  using namespace web;
  return named(
      "Insights",
      object({{"from", text()},
              {"to", text()},
              {"figures", list_of(object({{"figure", text().said("`funnel`, `turnaround` and the like.")},
                                          {"heads", list_of(text())},
                                          {"rows", list_of(list_of(text())).said("Cells as the CSV has them.")}}))}}));
}

}  // namespace

void add_api_routes(web::Router& router, const Parts& parts, const api::Parts& api) {
  const web::Schema month = web::text().between(7, 7);
  api::add_read(
      router, api,
      {.path = "/insights",
       .permission = web::Permission::read_applications,
       .operation = {.id = "readInsights",
                     .tag = "insights",
                     .summary = "Funnel, turnaround, areas, countries, load",
                     .about = "Of at most 24 months.",
                     .parameters =
                         {api::in_query(
                              "from", "The first month, `2026-03`; eleven before the last when it is not sent.", month),
                          api::in_query("to", "The last month; this one when it is not sent.", month)},
                     .gives = {api::given("A table for each figure.", figures_schema())}}},
      [&parts](const Call& call) { return read(parts, call); });
}

}  // namespace bursary::insights
