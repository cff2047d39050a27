#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "features/applications/applications.h"
#include "features/insights/pages.h"

namespace bursary::insights {
namespace {

using applications::State;
constexpr std::size_t kMostBars = 12;
constexpr std::string_view kFunnel[] = {"draft",   "submitted", "screening", "in_review",
                                        "decided", "awarded",   "declined",  "waitlisted"};
constexpr State kOpen[] = {State::submitted, State::screening, State::in_review,
                           State::decided,   State::returned,  State::on_hold};

std::string days_text(double hours) { return fmt::format("{:.1f}", hours / 24); }

class Reader {
 public:
  Reader(db::Tx& tx, const programs::Program& program, const html::Phrasebook& phrases, const Period& period)
      : tx_(tx), program_(program), phrases_(phrases), period_(period) {
    for (std::int64_t month = period.from; month < period.until; month = next_month(month)) months_.push_back(month);
    came_ = by_day(tx, program.slug, Measure::came, period);
  }

  Figure funnel() const {
    Figure figure = begun("funnel", {"step", "n"});
    html::ChartData data = chart_of(figure);
    for (const std::string_view step : kFunnel) add(figure, data, step_name(step), total(step));
    finish_bars(figure, data);
    return figure;
  }

  // Median of each month from submission to decision, with the ninetieth percentile.
  Figure turnaround() const {
    Figure figure = begun("turnaround", {"month", "n", "median", "ninetieth"});
    html::ChartData data = chart_of(figure);
    data.series = {{word("median"), {}}, {word("ninetieth"), {}}};
    const auto found = spans(tx_, program_.slug, kWhole, period_);
    double most = 0;
    for (const std::int64_t month : months_) {
      const auto at = found.find(month);
      if (at == found.end()) continue;
      const Spread q = spread_of(at->second);
      data.labels.push_back(month_name(month));
      data.series[0].values.push_back(q.median);
      data.series[1].values.push_back(q.ninetieth);
      most = std::max(most, q.ninetieth);
      figure.table.rows.push_back(
          {month_name(month), std::to_string(q.n), days_text(q.median), days_text(q.ninetieth)});
    }
    data.shown = {phrases_.text("insights.days", {{"days", days_text(most)}})};
    figure.empty = data.labels.empty();
    figure.chart = html::plot_lines(data);
    return figure;
  }

  Figure steps() const {
    Figure figure = begun("steps", {"step", "n", "median", "ninetieth"});
    html::ChartData data = chart_of(figure);
    const ByPart found = by_part(tx_, program_.slug, Measure::took, period_);
    const auto add_step = [&](std::string_view part, const std::string& name) {
      const auto at = found.find(part);
      if (at == found.end()) return;
      const Spread q = spread_of(at->second);
      data.labels.push_back(name);
      data.series[0].values.push_back(q.median);
      data.shown.push_back(phrases_.text("insights.days", {{"days", days_text(q.median)}}));
      figure.table.rows.push_back({name, std::to_string(q.n), days_text(q.median), days_text(q.ninetieth)});
    };
    add_step(kWhole, word("whole"));
    for (const State state : kOpen) add_step(to_string(state), step_name(to_string(state)));
    figure.empty = figure.table.rows.empty();
    figure.chart = html::plot_bars(data);
    return figure;
  }

  Figure by_week() const {
    Figure figure = begun("weeks", {"week", "n"});
    html::ChartData data = chart_of(figure);
    std::map<std::int64_t, std::int64_t> weeks;
    // Weeks begin on Monday; the first day of 1970 was a Thursday.
    const auto week_of = [](std::int64_t day) { return day - (day + 3) % 7; };
    for (std::int64_t week = week_of(period_.from); week < period_.until; week += 7) weeks[week] = 0;
    if (const auto days = came_.find("submitted"); days != came_.end()) {
      for (const auto& [day, n] : days->second) weeks[week_of(day)] += n;
    }
    std::int64_t most = 0;
    for (const auto& [week, n] : weeks) {
      most = std::max(most, n);
      add(figure, data, day_name(week), n);
    }
    data.shown = {phrases_.number(most)};
    figure.empty = most == 0;
    figure.chart = html::plot_columns(data);
    return figure;
  }

  Figure by_month() const {
    Figure figure = begun("months", {"month", "submitted", "awarded", "declined"});
    html::ChartData data = chart_of(figure);
    data.series.clear();
    std::int64_t most = 0;
    for (const std::string_view step : {"submitted", "awarded", "declined"})
      data.series.push_back({step_name(step), {}});
    for (const std::int64_t month : months_) {
      data.labels.push_back(month_name(month));
      std::vector<std::string> row = {month_name(month)};
      std::size_t series = 0;
      for (const std::string_view step : {"submitted", "awarded", "declined"}) {
        const std::int64_t n = total(step, {month, next_month(month)});
        most = std::max(most, n);
        data.series[series++].values.push_back(static_cast<double>(n));
        row.push_back(std::to_string(n));
      }
      figure.table.rows.push_back(std::move(row));
    }
    data.shown = {phrases_.number(most)};
    figure.empty = most == 0;
    figure.chart = html::plot_lines(data);
    return figure;
  }

  Figure places(const char* id, Measure measure) const {
    Figure figure = begun(id, {"place", "submitted", "awarded", "declined"});
    html::ChartData data = chart_of(figure);
    const ByPart found = by_part(tx_, program_.slug, measure, period_);
    std::vector<std::pair<std::string, std::array<std::int64_t, 3>>> rows;
    for (const auto& [part, outcomes] : found) {
      std::array<std::int64_t, 3> n{};
      for (const auto& [outcome, count] : outcomes) n.at(static_cast<std::size_t>(outcome)) += count;
      rows.emplace_back(measure == Measure::area ? area_name(program_, part, phrases_.tag())
                        : part.empty()           ? word("no_country")
                                                 : country_name(program_, part, phrases_.tag()),
                        n);
    }
    std::ranges::stable_sort(rows, [](const auto& a, const auto& b) { return a.second[0] > b.second[0]; });
    for (const auto& [name, n] : rows) {
      if (data.labels.size() < kMostBars) {
        data.labels.push_back(name);
        data.series[0].values.push_back(static_cast<double>(n[0]));
        data.shown.push_back(phrases_.number(n[0]));
      }
      figure.table.rows.push_back({name, std::to_string(n[0]), std::to_string(n[1]), std::to_string(n[2])});
    }
    figure.empty = rows.empty();
    figure.chart = html::plot_bars(data);
    return figure;
  }

  Figure open(const Standing& now) const {
    Figure figure = begun("open", {"step", "n"});
    html::ChartData data = chart_of(figure);
    for (const State state : kOpen) {
      const auto at = now.states.find(static_cast<std::int64_t>(state));
      add(figure, data, step_name(to_string(state)), at == now.states.end() ? 0 : at->second);
    }
    finish_bars(figure, data);
    return figure;
  }

  Figure assigned(const Standing& now) const {
    Figure figure = begun("assigned", {"person", "n"});
    html::ChartData data = chart_of(figure);
    std::vector<std::pair<std::string, std::int64_t>> rows;
    for (const auto& [person, states] : now.assigned) {
      std::int64_t n = 0;
      for (const State state : kOpen) {
        const auto at = states.find(static_cast<std::int64_t>(state));
        if (at != states.end()) n += at->second;
      }
      const auto name = now.names.find(person);
      const bool named = name != now.names.end() && !name->second.empty();
      if (n > 0) rows.emplace_back(named ? name->second : word("somebody"), n);
    }
    std::ranges::stable_sort(rows, [](const auto& a, const auto& b) { return a.second > b.second; });
    for (const auto& [name, n] : rows) add(figure, data, name, n);
    finish_bars(figure, data);
    return figure;
  }

 private:
  std::string word(std::string_view name) const { return phrases_.text(fmt::format("insights.word.{}", name)); }
  std::string step_name(std::string_view step) const { return phrases_.text(fmt::format("insights.step.{}", step)); }
  Figure begun(const std::string& id, std::initializer_list<const char*> heads) const {
    Figure figure;
    figure.id = id;
    figure.title = phrases_.text("insights.figure." + id + ".title");
    figure.note = phrases_.text("insights.figure." + id + ".note");
    figure.none = phrases_.text(id == "open" || id == "assigned" ? "insights.none_now" : "insights.none");
    for (const char* head : heads) figure.table.heads.push_back(word(head));
    return figure;
  }
  static html::ChartData chart_of(const Figure& figure) {
    return {figure.id, figure.title, figure.note, {}, {{figure.title, {}}}, {}};
  }
  void add(Figure& figure, html::ChartData& data, const std::string& name, std::int64_t n) const {
    data.labels.push_back(name);
    data.series[0].values.push_back(static_cast<double>(n));
    data.shown.push_back(phrases_.number(n));
    figure.table.rows.push_back({name, std::to_string(n)});
  }
  static void finish_bars(Figure& figure, const html::ChartData& data) {
    figure.empty = std::ranges::all_of(data.series[0].values, [](double n) { return n <= 0; });
    html::ChartData most = data;
    if (most.labels.size() > kMostBars) most.labels.resize(kMostBars);
    figure.chart = html::plot_bars(most);
  }
  std::int64_t total(std::string_view step) const { return total(step, period_); }
  std::int64_t total(std::string_view step, const Period& period) const {
    const auto days = came_.find(step);
    if (days == came_.end()) return 0;
    std::int64_t n = 0;
    for (auto day = days->second.lower_bound(period.from); day != days->second.end() && day->first < period.until;
         ++day)
      n += day->second;
    return n;
  }

  db::Tx& tx_;
  const programs::Program& program_;
  const html::Phrasebook& phrases_;
  Period period_;
  std::vector<std::int64_t> months_;
  ByPart came_;
};

}  // namespace

std::string area_name(const programs::Program& program, std::string_view area, std::string_view locale) {
  const forms::Question* question = program.form.find(program.form.meanings.areas);
  const forms::Option* option = question == nullptr ? nullptr : question->option(area);
  return option == nullptr ? std::string(area) : option->label.in(locale);
}

std::string country_name(const programs::Program& program, std::string_view code, std::string_view locale) {
  const forms::Country* country = program.form.country(code);
  return country == nullptr ? std::string(code) : country->name.in(locale);
}

std::vector<Figure> read_figures(db::Tx& tx, const programs::Program& program, const html::Phrasebook& phrases,
                                 const Period& period) {
  const Reader reader(tx, program, phrases, period);
  const Standing now = standing(tx, program.slug);
  return {reader.funnel(),
          reader.turnaround(),
          reader.steps(),
          reader.by_week(),
          reader.by_month(),
          reader.places("areas", Measure::area),
          reader.places("countries", Measure::country),
          reader.open(now),
          reader.assigned(now)};
}

}  // namespace bursary::insights
