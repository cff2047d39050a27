#include <fmt/format.h>

#include "base/csv.h"
#include "features/insights/insights.html.h"
#include "features/insights/pages.h"
#include "features/site/site.h"

namespace bursary::insights {

Asked asked_period(const web::Request& request, Instant now) {
  const std::int64_t this_month = month_of_day(day_of(now));
  std::int64_t last = month_named(request.parameter("to").value_or("")).value_or(this_month);
  last = std::min(last, this_month);
  std::int64_t first =
      month_named(request.parameter("from").value_or("")).value_or(next_month(last, 1 - kMonthsAtFirst));
  first = std::min(first, last);
  const std::int64_t least = next_month(last, 1 - kMostMonths);
  return {{std::max(first, least), next_month(last)}, first < least};
}

web::Response show_insights(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  const Asked asked = asked_period(request, context.now);
  const std::int64_t last = next_month(asked.period.until, -1);
  InsightsView view;
  for (std::int64_t i = 0, month = month_of_day(day_of(context.now)); i < kMonthsOffered || month >= asked.period.from;
       ++i, month = next_month(month, -1)) {
    view.months.push_back({month_name(month), month == asked.period.from, month == last});
  }
  if (asked.shortened)
    view.shortened = context.phrases.text("insights.shortened", {{"months", std::to_string(kMostMonths)}});
  view.figures =
      parts.database.read([&](db::Tx& tx) { return read_figures(tx, *program, context.phrases, asked.period); });
  for (Figure& figure : view.figures) {
    figure.csv =
        fmt::format("/staff/insights/{}/csv?from={}&to={}", figure.id, month_name(asked.period.from), month_name(last));
  }
  html::Writer w(context.phrases);
  tpl::insights::insights(w, view);
  site::PageHead head;
  head.title = context.phrases.text("insights.title");
  head.path = "/staff/insights";
  head.staff = true;
  head.indexable = false;
  return site::page(*program, context, head, w.take());
}

web::Response send_csv(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  const Asked asked = asked_period(request, context.now);
  const std::string& wanted = context.path_value("figure");
  const auto figures =
      parts.database.read([&](db::Tx& tx) { return read_figures(tx, *program, context.phrases, asked.period); });
  for (const Figure& figure : figures) {
    if (figure.id != wanted) continue;
    std::string out;
    const auto write = [&](const std::vector<std::string>& cells) {
      CsvLine line(out);
      for (const std::string& cell : cells) line.cell(cell);
      line.end();
    };
    write(figure.table.heads);
    for (const auto& row : figure.table.rows) write(row);
    return web::attachment(std::move(out), "text/csv; charset=utf-8", figure.id + ".csv");
  }
  return site::error_page(*program, request, context, 404, {ErrorKind::not_found, "problem.not_found", {}, {}});
}

}  // namespace bursary::insights
