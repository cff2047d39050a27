// Applications found by the query language: page by page, counted, exported.
#include "base/text.h"
#include "features/queue/api.h"
#include "features/queue/labels.h"
#include "features/queue/pages.h"
#include "features/queue/tally.h"

namespace bursary::queue {
namespace {

namespace json = boost::json;
using api::Answer;
using api::Call;

std::string_view list_name(Sort sort) {
  return sort == Sort::updated ? "applications updated" : sort == Sort::oldest ? "applications oldest" : "applications";
}

// A cursor goes on in the order of the list, whichever that is.
Result<Cursor> cursor_of(const Call& call, const ReadQuery& query) {
  Cursor cursor;
  if (query.filter.sort == Sort::oldest) cursor.newer_than = 0;
  const auto sent = call.parameter("cursor");
  if (!sent) return cursor;
  const auto place = api::read_cursor(call.parts.cursor_secret, list_name(query.filter.sort), query.text(), *sent, 2);
  if (!place) return fail(ErrorKind::invalid, "problem.api.request.cursor");
  (query.filter.sort == Sort::oldest ? cursor.newer_than : cursor.older_than) = place->at(0);
  cursor.updated_at = place->at(1);
  return cursor;
}

json::value next_of(const Call& call, const ReadQuery& query, const ListPage& page) {
  const Sort sort = query.filter.sort;
  std::optional<api::Place> place;
  const bool more = sort == Sort::oldest ? page.has_newer : page.has_older;
  if (more && !page.rows.empty()) {
    const ListRow& last = page.rows.back();
    place = api::Place{last.queue_id, sort == Sort::updated ? last.updated_at.micros : 0};
  } else if (page.looked_until) {
    const Cursor& until = *page.looked_until;
    place = api::Place{until.older_than.value_or(until.newer_than.value_or(0)), until.updated_at};
  }
  if (!place) return nullptr;
  return json::value(api::make_cursor(call.parts.cursor_secret, list_name(sort), query.text(), *place));
}

Result<Answer> list_applications(const Parts& parts, const Call& call) {
  const auto program = parts.programs.current();
  const auto size = static_cast<std::size_t>(call.number("limit", api::kUsualRows));
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    const auto staff = colleagues(tx, program->slug);
    const auto query = read_asked_query(call, *program, staff, trim(call.parameter("q").value_or("")));
    if (!query) return fail(query.error());
    const auto cursor = cursor_of(call, *query);
    if (!cursor) return fail(cursor.error());
    const ListPage page = list(tx, program->slug, query->filter, *cursor, size);
    std::map<std::int64_t, std::string> names;
    for (const Colleague& one : staff) names.emplace(one.id, one.name);
    json::array items;
    for (const ListRow& row : page.rows) items.push_back(row_json(row, names));
    return Answer{json::object{{"items", std::move(items)}, {"next", next_of(call, *query, page)}}};
  });
}

Result<Answer> count_applications(const Parts& parts, const Call& call) {
  const auto program = parts.programs.current();
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    const auto staff = colleagues(tx, program->slug);
    const auto query = read_asked_query(call, *program, staff, trim(call.parameter("q").value_or("")));
    if (!query) return fail(query.error());
    BoundedCount found;
    if (const auto told = tally_counts(tx, program->slug, query->filter)) {
      found.n = told->total;
    } else {
      found = count(tx, program->slug, query->filter);
    }
    const bool exact = found.reach == FacetCounts::Reach::all;
    const bool known = found.reach != FacetCounts::Reach::walked;
    return Answer{json::object{{"total", known ? json::value(found.n) : json::value(nullptr)}, {"exact", exact}}};
  });
}

Result<Answer> count_by_facet(const Parts& parts, const Call& call) {
  const auto program = parts.programs.current();
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    const auto staff = colleagues(tx, program->slug);
    const auto query = read_asked_query(call, *program, staff, trim(call.parameter("q").value_or("")));
    if (!query) return fail(query.error());
    auto counts = tally_counts(tx, program->slug, query->filter);
    if (!counts) counts = count_facets(tx, program->slug, query->filter);
    json::object facets;
    for (const auto& [field, values] : counts->values) {
      json::object by_code;
      for (const auto& value : values) by_code[value.code] = value.n;
      facets[to_string(field)] = std::move(by_code);
    }
    const bool known = counts->reach != FacetCounts::Reach::walked;
    return Answer{json::object{{"total", known ? json::value(counts->total) : json::value(nullptr)},
                               {"exact", counts->reach == FacetCounts::Reach::all},
                               {"facets", std::move(facets)}}};
  });
}

Result<web::Response> export_applications(const Parts& parts, const Call& call) {
  const auto program = parts.programs.current();
  const auto query = parts.database.read([&](db::Tx& tx) -> Result<ReadQuery> {
    const auto staff = colleagues(tx, program->slug);
    return read_asked_query(call, *program, staff, trim(call.parameter("q").value_or("")));
  });
  if (!query) return fail(query.error());
  const bool csv = call.parameter("format").value_or("jsonl") == "csv";
  return begin_export(parts, call.context, query->filter, csv ? ExportFormat::csv : ExportFormat::json_lines);
}

web::Schema count_schema() {
  using namespace web;
  return named("Count",
               object({{"total", whole().or_null().said("Null where too much would have to be looked through.")},
                       {"exact", yes_no().said("False: there are more than `total`, or it is not known.")}}));
}

web::Schema facets_schema() {
  using namespace web;
  return named("Facets",
               object({{"total", whole().or_null()},
                       {"exact", yes_no()},
                       {"facets", map_of(map_of(whole()))
                                      .said("By field (state, area, country, flag, assigned), then by value: how many "
                                            "there would be with that value in place of the query's own of the field. "
                                            "`0` of assigned is nobody. A field that is not here is not known.")}}));
}

web::Given export_given(const char* media_type) {
  return {200, "The export, streamed, the oldest first. Cut off when the server fails in the middle.",
          web::text("binary"), media_type};
}

}  // namespace

void add_list_routes(web::Router& router, const Parts& parts, const api::Parts& api) {
  const auto bound = api::bound_to(parts);
  api::add_read(router, api,
                {.path = "/applications",
                 .permission = web::Permission::read_applications,
                 .operation = {.id = "listApplications",
                               .tag = "applications",
                               .summary = "Find applications",
                               .about = "In the order that the query asks for, the newest first. A page may be short, "
                                        "even empty, while there is a `next`: then much had to be looked through.",
                               .parameters = {query_parameter(), api::limit_parameter(), api::cursor_parameter()},
                               .gives = {api::given("A page.", api::page_of("ApplicationPage", row_schema()))}}},
                bound(list_applications));
  api::add_read(router, api,
                {.path = "/applications/count",
                 .permission = web::Permission::read_applications,
                 .operation = {.id = "countApplications",
                               .tag = "applications",
                               .summary = "Count applications",
                               .parameters = {query_parameter()},
                               .gives = {api::given("How many.", count_schema())}}},
                bound(count_applications));
  api::add_read(router, api,
                {.path = "/applications/facets",
                 .permission = web::Permission::read_applications,
                 .operation = {.id = "countByFacet",
                               .tag = "applications",
                               .summary = "Count by state, area, country, flag and assignment",
                               .parameters = {query_parameter()},
                               .gives = {api::given("How many of each.", facets_schema())}}},
                bound(count_by_facet));
  api::add_stream(
      router, api,
      {.path = "/applications/export",
       .permission = web::Permission::export_applications,
       .operation = {.id = "exportApplications",
                     .tag = "applications",
                     .summary = "Export applications with their answers",
                     .about = "Each export is an event. In CSV, cells that a spreadsheet would run are made harmless.",
                     .parameters = {query_parameter(), api::in_query("format", "JSON Lines when it is not sent.",
                                                                     web::choice({"csv", "jsonl"}))},
                     .gives = {export_given("application/jsonl"), export_given("text/csv")}},
       .rate = web::RateClass::costly},
      [&parts](const Call& call) { return export_applications(parts, call); });
}

}  // namespace bursary::queue
