#include "features/audit/audit.h"
#include "features/queue/list_query.h"
#include "features/queue/pages.h"
#include "features/site/site.h"

namespace bursary::queue {

namespace {

void append_each(std::string& all, std::string_view field, const std::vector<std::string>& values) {
  if (values.empty()) return;
  all += fmt::format("{}{}:{}", all.empty() ? "" : " ", field, fmt::join(values, ","));
}

// By what an export was narrowed, as its event keeps it: words of closed sets alone. What somebody typed to find a
// person would outlive that person.
std::string narrowed_by(const Filter& filter) {
  std::string all;
  std::vector<std::string> states;
  states.reserve(filter.states.size());
  for (const auto state : filter.states) states.emplace_back(applications::to_string(state));
  append_each(all, "state", states);
  append_each(all, "country", filter.countries);
  for (const auto& areas : filter.areas) append_each(all, "area", areas);
  Filter rest = filter;
  rest.states.clear();
  rest.countries.clear();
  rest.areas.clear();
  rest.sort = Sort::newest;
  if (rest != Filter{}) all += all.empty() ? "other" : " other";
  return all;
}

}  // namespace

web::Response send_export(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  const std::string format = request.parameter("format").value_or("csv");
  const auto viewer = context.viewer.person ? std::optional(context.viewer.person->value) : std::nullopt;
  const ListAddress address = parts.database.read([&](db::Tx& tx) {
    const auto staff = colleagues(tx, program->slug);
    return read_address(request, {*program, context.phrases, viewer, context.now, staff});
  });
  // Half a filter would give out more than was asked for.
  if ((format != "csv" && format != "jsonl") || !address.query.problems.empty() || address.moved_to) {
    return site::error_page(*program, request, context, 400, {ErrorKind::invalid, "queue.problem.export", {}, {}});
  }
  auto begun = begin_export(parts, context, address.query.filter,
                            format == "csv" ? ExportFormat::csv : ExportFormat::json_lines);
  if (begun) return std::move(*begun);
  return site::error_page(*program, request, context, web::status_of(begun.error().kind), begun.error());
}

Result<web::Response> begin_export(const Parts& parts, const web::Context& context, const Filter& filter,
                                   ExportFormat format) {
  const bool csv = format == ExportFormat::csv;
  // No GET changes the database but for such rows: who took what is kept.
  const auto recorded = parts.database.write([&](db::Tx& tx) -> Result<bool> {
    const audit::By by{audit::Actor::staff, context.viewer.person};
    const std::string detail =
        fmt::format(R"({{"format":"{}","by":"{}"}})", csv ? "csv" : "jsonl", narrowed_by(filter));
    audit::write_event(tx, {parts.ids.next<audit::EventTag>(), std::nullopt, "exported", by, context.now, detail});
    return true;
  });
  if (!recorded) return fail(recorded.error());
  return web::streamed(open_export(parts, filter, format), csv ? "text/csv; charset=utf-8" : "application/jsonl",
                       csv ? "applications.csv" : "applications.jsonl");
}

}  // namespace bursary::queue
