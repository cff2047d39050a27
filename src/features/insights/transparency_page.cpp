// The public page of a year's figures, and its CSV. Whatever is written here has gone through published.h.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/csv.h"
#include "features/insights/pages.h"
#include "features/insights/published.h"
#include "features/insights/regions.h"
#include "features/insights/transparency.html.h"
#include "features/site/site.h"

namespace bursary::insights {
namespace {

constexpr std::int64_t kUsPerDay = 86'400'000'000;
constexpr int kQuarter = 3;  // months
constexpr const char* kColumns[] = {"applications", "awarded", "declined", "decisions", "rate"};

// The first of January of a year.
std::int64_t new_year(int year) { return month_named(fmt::format("{:04}-01", year)).value_or(0); }
int year_of(std::int64_t day) {
  const std::string name = month_name(month_of_day(day));
  int year = 0;
  std::from_chars(name.data(), name.data() + 4, year);
  return year;
}

void count_in(Three& n, const std::map<std::int64_t, std::int64_t>& outcomes) {
  for (const auto& [outcome, count] : outcomes) n.at(static_cast<std::size_t>(outcome)) += count;
}

Group& group_named(std::vector<Group>& groups, std::string_view key) {
  const auto at = std::ranges::find(groups, key, &Group::key);
  return at == groups.end() ? groups.emplace_back(Group{std::string(key), {}}) : *at;
}

// Every area and part of the world that there is, so that a missing row tells nothing either.
YearCounts count_year(db::Tx& tx, const programs::Program& program, const Period& period) {
  YearCounts counts;
  for (std::int64_t from = period.from; from < period.until; from = next_month(from, kQuarter)) {
    Three& n = counts.quarters.emplace_back();
    for (const auto& [country, outcomes] :
         by_part(tx, program.slug, Measure::country, {from, next_month(from, kQuarter)}))
      count_in(n, outcomes);
  }
  for (const std::string_view region : kRegions) counts.regions.push_back({std::string(region), {}});
  for (const auto& [country, outcomes] : by_part(tx, program.slug, Measure::country, period))
    count_in(group_named(counts.regions, region_of(country)).n, outcomes);
  if (const auto* question = program.form.find(program.form.meanings.areas); question != nullptr) {
    for (const auto& option : question->options) counts.areas.push_back({option.key, {}});
  }
  for (const auto& [area, outcomes] : by_part(tx, program.slug, Measure::area, period))
    count_in(group_named(counts.areas, area).n, outcomes);
  return counts;
}

// From cells to words, for the page and for the file.
class Words {
 public:
  Words(const programs::Program& program, const html::Phrasebook& phrases) : program_(program), phrases_(phrases) {}
  std::string word(std::string_view name) const { return phrases_.text(fmt::format("insights.public.{}", name)); }

  PublicRow row(const PublishedRow& row, std::string name) const {
    PublicRow out{std::move(name), {}};
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      out.cells.push_back({word(kColumns[i]), words(row.cells.at(i)), plain(row.cells.at(i))});
    const PublishedCell &awarded = row.cells[1], &declined = row.cells[2];
    // Told only where what it is made of is.
    if (awarded.shown != Shown::number || declined.shown != Shown::number) {
      out.cells.push_back({word(kColumns[4]), word("withheld"), ""});
      return out;
    }
    const std::int64_t both = awarded.n + declined.n, percent = (awarded.n * 200 + both) / (2 * both);
    const std::string n = std::to_string(percent);
    out.cells.push_back({word(kColumns[4]), phrases_.text("insights.public.percent", {{"n", n}}), n});
    return out;
  }
  PublicTable table(const char* id, const char* head, Measure measure, const std::vector<PublishedRow>& rows) const {
    PublicTable out{id, word(id), word(fmt::format("{}_note", id)), word(head), {}};
    for (const PublishedRow& one : rows) {
      out.rows.push_back(row(one, measure == Measure::area
                                      ? area_name(program_, one.key, phrases_.tag())
                                      : phrases_.text(fmt::format("insights.region.{}", one.key))));
    }
    return out;
  }

 private:
  std::string words(const PublishedCell& cell) const {
    if (cell.shown == Shown::number) return phrases_.number(cell.n);
    if (cell.shown == Shown::withheld) return word("withheld");
    return phrases_.text("insights.public.few", {{"number", std::to_string(program_.transparency_threshold)}});
  }
  std::string plain(const PublishedCell& cell) const {
    if (cell.shown == Shown::number) return std::to_string(cell.n);
    return cell.shown == Shown::withheld ? "" : fmt::format("<{}", program_.transparency_threshold);
  }

  const programs::Program& program_;
  const html::Phrasebook& phrases_;
};

TransparencyView view_of(db::Tx& tx, const programs::Program& program, const web::Context& context, int year) {
  const html::Phrasebook& phrases = context.phrases;
  const Words words(program, phrases);
  const Period period = public_period(year, context.now);
  const Published told = publish(count_year(tx, program, period), program.transparency_threshold);
  TransparencyView view;
  view.year = std::to_string(year);
  view.none = told.quarters == 0;
  const bool runs = next_month(period.from, 12) != period.until;
  if (runs) view.runs = words.word("runs");
  for (const char* column : kColumns) view.columns.push_back(words.word(column));
  view.kept_back =
      phrases.text("insights.public.how_kept_back", {{"number", std::to_string(program.transparency_threshold)}});
  if (view.none) return view;
  const std::int64_t until = next_month(period.from, kQuarter * static_cast<int>(told.quarters));
  if (runs) view.until = phrases.text("insights.public.until", {{"date", phrases.date({(until - 1) * kUsPerDay})}});
  view.whole = words.row(told.whole, words.word("whole"));
  std::map<std::int64_t, std::int64_t> took;
  for (const auto& [month, buckets] : spans(tx, program.slug, kWhole, {period.from, until})) {
    for (const auto& [bucket, n] : buckets) took[bucket] += n;
  }
  const Spread spread = spread_of(took);
  view.median = spread.n < program.transparency_threshold
                    ? words.word("withheld")
                    : phrases.text("insights.public.days", {{"n", std::to_string(spread.median_days)}});
  if (told.areas_kept_back)
    view.parts_kept_back = words.word(told.regions_kept_back ? "parts_kept_back" : "areas_kept_back");
  if (!told.areas.empty()) view.tables.push_back(words.table("areas", "area", Measure::area, told.areas));
  if (!told.regions.empty()) view.tables.push_back(words.table("regions", "region", Measure::country, told.regions));
  return view;
}

// The year that was asked for, with all that there are. Without one: the last that has something to tell.
std::optional<TransparencyView> find_view(const Parts& parts, const programs::Program& program,
                                          const web::Request& request, const web::Context& context) {
  const std::string asked = request.parameter("year").value_or("");
  const int this_year = year_of(day_of(context.now));
  int year = this_year;
  const auto [end, problem] = std::from_chars(asked.data(), asked.data() + asked.size(), year);
  if (!asked.empty() && (problem != std::errc() || end != asked.data() + asked.size())) return std::nullopt;
  return parts.database.read([&](db::Tx& tx) -> std::optional<TransparencyView> {
    const auto first = first_day(tx, program.slug);
    const int first_year = first ? std::min(this_year, year_of(*first)) : this_year;
    if (year > this_year || year < first_year) return std::nullopt;
    TransparencyView view = view_of(tx, program, context, year);
    if (asked.empty() && view.none && year > first_year) {
      TransparencyView before = view_of(tx, program, context, year - 1);
      if (!before.none) view = std::move(before), --year;
    }
    for (int one = this_year; one >= first_year; --one)
      view.years.push_back({std::to_string(one), fmt::format("/transparency?year={}", one), one == year});
    return view;
  });
}

web::Response not_there(const programs::Program& program, const web::Request& request, const web::Context& context) {
  return site::error_page(program, request, context, 404, {ErrorKind::not_found, "problem.not_found", {}, {}});
}

}  // namespace

Period public_period(int year, Instant now) {
  // A day later, because what happened just before a quarter's end may be counted just after it.
  const std::int64_t first = new_year(year), month = month_of_day(day_of(now) - 1);
  std::int64_t quarter = new_year(year_of(month));
  while (next_month(quarter, kQuarter) <= month) quarter = next_month(quarter, kQuarter);
  return {first, std::max(first, std::min(next_month(first, 12), quarter))};
}

web::Response show_transparency(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  if (!program->transparency) return not_there(*program, request, context);
  const auto view = find_view(parts, *program, request, context);
  if (!view) return not_there(*program, request, context);
  html::Writer w(context.phrases);
  tpl::insights::transparency(w, *view);
  site::PageHead head;
  head.title = context.phrases.text("insights.public.title");
  head.description = context.phrases.text("insights.public.lede");
  head.path = request.parameter("year") ? fmt::format("/transparency?year={}", view->year) : "/transparency";
  return site::page(*program, context, head, w.take());
}

web::Response send_transparency(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  if (!program->transparency) return not_there(*program, request, context);
  const auto view = find_view(parts, *program, request, context);
  if (!view || view->none) return not_there(*program, request, context);
  std::string out;
  const auto write = [&](const std::string& table, const PublicRow& row) {
    CsvLine line(out);
    line.cell(table);
    line.cell(row.name);
    for (const PublicCell& cell : row.cells) line.cell(cell.plain);
    line.end();
  };
  CsvLine heads(out);
  heads.cell(context.phrases.text("insights.public.table"));
  heads.cell(context.phrases.text("insights.public.name"));
  for (const std::string& column : view->columns) heads.cell(column);
  heads.end();
  write(view->until.empty() ? view->year : view->year + ". " + view->until, view->whole);
  for (const PublicTable& table : view->tables) {
    for (const PublicRow& row : table.rows) write(table.title, row);
  }
  return web::attachment(std::move(out), "text/csv; charset=utf-8", "transparency-" + view->year + ".csv");
}

}  // namespace bursary::insights
