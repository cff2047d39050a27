// The public page of a year's figures. Whatever is drawn here has gone through suppress.h.
#include <fmt/format.h>

#include <array>
#include <charconv>

#include "features/insights/pages.h"
#include "features/insights/regions.h"
#include "features/insights/suppress.h"
#include "features/insights/transparency.html.h"
#include "features/site/site.h"

namespace bursary::insights {
namespace {

constexpr std::int64_t kUsPerDay = 86'400'000'000;

// Applications, awards and declines of an area or a part of the world.
struct Group {
  std::string name;
  std::array<std::int64_t, 3> n{};
};

// The first of January of a year.
std::int64_t new_year(int year) { return month_named(fmt::format("{:04}-01", year)).value_or(0); }
int year_of(std::int64_t day) {
  const std::string name = month_name(month_of_day(day));
  int year = 0;
  std::from_chars(name.data(), name.data() + 4, year);
  return year;
}

class PublicPage {
 public:
  PublicPage(db::Tx& tx, const programs::Program& program, const html::Phrasebook& phrases, const Period& period)
      : phrases_(phrases), program_(program) {
    areas_ = groups(by_part(tx, program.slug, Measure::area, period), Measure::area);
    regions_ = groups(by_part(tx, program.slug, Measure::country, period), Measure::country);
    for (const auto& [month, buckets] : spans(tx, program.slug, kWhole, period)) {
      for (const auto& [bucket, n] : buckets) took_[bucket] += n;
    }
  }

  void fill(TransparencyView& view) const {
    for (const char* column : {"applications", "awarded", "declined", "decisions", "rate"})
      view.columns.push_back(word(column));
    const Mask came = suppress(column_of(regions_)), decided = suppress(decisions_of(regions_));
    view.none = regions_.empty();
    if (view.none) return;
    add_whole(view, came, decided);
    PublicTable regions{"regions", word("regions"), word("regions_note"), word("region"), {}};
    add_rows(regions, regions_, came, decided);
    const auto areas_came = suppress_beside(column_of(areas_), came.totals);
    const auto areas_decided = suppress_beside(decisions_of(areas_), decided.totals);
    PublicTable areas{"areas", word("areas"), word("areas_note"), word("area"), {}};
    if (areas_came && areas_decided) {
      add_rows(areas, areas_, *areas_came, *areas_decided);
    } else {
      areas.note = word("areas_kept_back");
    }
    if (!areas_.empty()) view.tables.push_back(std::move(areas));
    view.tables.push_back(std::move(regions));
  }

 private:
  std::string word(std::string_view name) const { return phrases_.text(fmt::format("insights.public.{}", name)); }

  // Every area and part of the world that there is, so that a missing row tells nothing either.
  std::vector<Group> groups(const ByPart& found, Measure measure) const {
    std::vector<std::pair<std::string, Group>> all;
    if (measure == Measure::country) {
      for (const std::string_view region : kRegions)
        all.push_back({std::string(region), {phrases_.text(fmt::format("insights.region.{}", region)), {}}});
    } else if (const auto* question = program_.form.find(program_.form.meanings.areas); question != nullptr) {
      for (const auto& option : question->options) all.push_back({option.key, {option.label.in(phrases_.tag()), {}}});
    }
    bool any = false;
    for (const auto& [part, outcomes] : found) {
      const std::string key = measure == Measure::country ? std::string(region_of(part)) : part;
      auto at = std::ranges::find(all, key, [](const auto& one) { return one.first; });
      if (at == all.end()) at = all.insert(all.end(), {key, {area_name(program_, part, phrases_.tag()), {}}});
      for (const auto& [outcome, n] : outcomes) at->second.n.at(static_cast<std::size_t>(outcome)) += n;
      any = true;
    }
    std::vector<Group> out;
    for (auto& one : all) {
      if (any) out.push_back(std::move(one.second));
    }
    return out;
  }
  static Counts column_of(const std::vector<Group>& groups) {
    Counts counts;
    for (const Group& group : groups) counts.push_back({group.n[0]});
    return counts;
  }
  static Counts decisions_of(const std::vector<Group>& groups) {
    Counts counts;
    for (const Group& group : groups) counts.push_back({group.n[1], group.n[2]});
    return counts;
  }

  std::string number(Shown shown, std::int64_t n) const {
    if (shown == Shown::few) return phrases_.text("insights.public.few", {{"n", std::to_string(kFew)}});
    return shown == Shown::withheld ? word("withheld") : phrases_.number(n);
  }
  // Told only where what it is made of is.
  std::string rate(Shown awarded, Shown declined, const std::array<std::int64_t, 3>& n) const {
    if (awarded != Shown::number || declined != Shown::number) return word("withheld");
    const std::int64_t percent = (n[1] * 200 + n[1] + n[2]) / (2 * (n[1] + n[2]));
    return phrases_.text("insights.public.percent", {{"n", std::to_string(percent)}});
  }
  void add_rows(PublicTable& table, const std::vector<Group>& groups, const Mask& came, const Mask& decided) const {
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const auto& n = groups[i].n;
      const auto& d = decided.cells[i];
      table.rows.push_back({groups[i].name,
                            {{word("applications"), number(came.cells[i][0], n[0])},
                             {word("awarded"), number(d[0], n[1])},
                             {word("declined"), number(d[1], n[2])},
                             {word("decisions"), number(d[2], n[1] + n[2])},
                             {word("rate"), rate(d[0], d[1], n)}}});
    }
  }
  void add_whole(TransparencyView& view, const Mask& came, const Mask& decided) const {
    std::array<std::int64_t, 3> all{};
    for (const Group& group : regions_) {
      for (std::size_t i = 0; i < all.size(); ++i) all.at(i) += group.n.at(i);
    }
    view.whole = {{word("applications"), number(came.totals[0], all[0])},
                  {word("awarded"), number(decided.totals[0], all[1])},
                  {word("declined"), number(decided.totals[1], all[2])},
                  {word("decisions"), number(decided.totals[2], all[1] + all[2])},
                  {word("rate"), rate(decided.totals[0], decided.totals[1], all)}};
    const Spread spread = spread_of(took_);
    view.whole.push_back(
        {word("median"), spread.n < kFew
                             ? word("withheld")
                             : phrases_.text("insights.public.days", {{"n", std::to_string(spread.median_days)}})});
  }

  const html::Phrasebook& phrases_;
  const programs::Program& program_;
  std::vector<Group> areas_, regions_;
  std::map<std::int64_t, std::int64_t> took_;
};

}  // namespace

Period public_period(int year, Instant now) {
  const std::int64_t first = new_year(year), month = month_of_day(day_of(now));
  std::int64_t quarter = new_year(year_of(month));
  while (next_month(quarter, 3) <= month) quarter = next_month(quarter, 3);
  return {first, std::max(first, std::min(next_month(first, 12), quarter))};
}

web::Response show_transparency(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  const auto refused = [&] {
    return site::error_page(*program, request, context, 404, {ErrorKind::not_found, "problem.not_found", {}, {}});
  };
  if (!program->transparency) return refused();
  const int this_year = year_of(day_of(context.now));
  const std::string asked = request.parameter("year").value_or("");
  int year = this_year;
  const auto [end, problem] = std::from_chars(asked.data(), asked.data() + asked.size(), year);
  if (!asked.empty() && (problem != std::errc() || end != asked.data() + asked.size())) return refused();
  TransparencyView view;
  const bool known = parts.database.read([&](db::Tx& tx) {
    const auto first = first_day(tx, program->slug);
    const int first_year = first ? std::min(this_year, year_of(*first)) : this_year;
    if (year > this_year || year < first_year) return false;
    for (int one = this_year; one >= first_year; --one)
      view.years.push_back({std::to_string(one), fmt::format("/transparency?year={}", one), one == year});
    const Period period = public_period(year, context.now);
    if (year == this_year && period.until > period.from)
      view.until = context.phrases.text("insights.public.until",
                                        {{"date", context.phrases.date({(period.until - 1) * kUsPerDay})}});
    PublicPage(tx, *program, context.phrases, period).fill(view);
    return true;
  });
  if (!known) return refused();
  view.year = std::to_string(year);
  html::Writer w(context.phrases);
  tpl::insights::transparency(w, view);
  site::PageHead head;
  head.title = context.phrases.text("insights.public.title");
  head.description = context.phrases.text("insights.public.lede");
  head.path = asked.empty() ? "/transparency" : fmt::format("/transparency?year={}", year);
  return site::page(*program, context, head, w.take());
}

}  // namespace bursary::insights
