#include "features/queue/filter.h"
#include "features/queue/labels.h"
#include "features/queue/list.html.h"
#include "features/queue/list_view.h"
#include "features/queue/pages.h"
#include "features/site/site.h"
#include "html/figures.h"

namespace bursary::queue {
namespace {

constexpr std::size_t kPageSize = 50;

using applications::State;

constexpr State kChoosable[] = {State::submitted, State::screening, State::in_review,  State::decided,
                                State::awarded,   State::declined,  State::waitlisted, State::returned,
                                State::on_hold,   State::withdrawn, State::closed};

std::string list_address(const Filter& filter, std::string_view cursor = {}) {
  std::string query = to_query(filter);
  if (!cursor.empty()) query += (query.empty() ? "" : "&") + std::string(cursor);
  return query.empty() ? "/staff" : "/staff?" + query;
}

void fill_choices(ListView& view, const Filter& filter, const forms::Definition& form,
                  const html::Phrasebook& phrases) {
  const auto& tag = phrases.tag();
  for (const State state : kChoosable) {
    view.states.push_back({std::string(to_string(state)), phrases.text(state_label(state)), filter.state == state});
  }
  for (const auto& country : form.countries) {
    view.countries.push_back({country.code, country.name.in(tag), filter.country == country.code});
  }
  if (const forms::Question* areas = form.find(form.meanings.areas)) {
    for (const auto& option : areas->options) {
      view.areas.push_back({option.key, option.label.in(tag), filter.area == option.key});
    }
  }
  for (const auto flag : applications::kAllFlags) {
    const std::string name(to_string(flag));
    view.flags.push_back({name, phrases.text("queue.flag." + name), filter.flag == flag});
  }
}

void fill_chips(ListView& view, const Filter& filter) {
  const auto add = [&](const std::vector<Choice>& choices, auto member) {
    for (const auto& choice : choices) {
      if (!choice.chosen) continue;
      Filter without = filter;
      without.*member = {};
      view.chips.push_back({choice.label, list_address(without)});
    }
  };
  add(view.states, &Filter::state);
  add(view.areas, &Filter::area);
  add(view.countries, &Filter::country);
  add(view.flags, &Filter::flag);
}

RowView row_view(const ListRow& row, const programs::Program& program, const html::Phrasebook& phrases,
                 const html::ShortDates& days) {
  RowView out;
  out.href = "/staff/applications/" + row.reference;
  out.reference = row.reference;
  out.applicant = row.applicant_name.empty() ? row.reference : row.applicant_name;
  out.institution = row.institution;
  out.country = country_label(program.form, row.country, phrases.tag());
  out.area = area_label(program.form, row.area, phrases.tag());
  out.state = state_label(row.state);
  out.state_class = state_class(row.state);
  out.submitted_at = to_rfc3339(row.submitted_at);
  out.submitted_day = days.of(row.submitted_at);
  out.submitted_full = phrases.date_time(row.submitted_at, program.time_zone);
  for (const auto flag : flags_in(row.flags)) {
    out.flags.emplace_back("queue.flag." + std::string(to_string(flag)));
    out.flags_title += (out.flags_title.empty() ? "" : ", ") + phrases.text(out.flags.back());
  }
  return out;
}

}  // namespace

web::Response show_list(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  const ParsedFilter parsed = parse_filter(request, *program);
  struct Found {
    ListPage page;
    std::int64_t unindexed = 0;
  };
  const Found found = parts.database.read([&](db::Tx& tx) {
    return Found{list(tx, program->slug, parsed.filter, parsed.cursor, kPageSize),
                 parsed.filter.text.empty() ? 0 : IndexJob::figures(tx).waiting};
  });

  ListView view;
  view.text = parsed.filter.text;
  if (parsed.filter.from) view.from = to_rfc3339(*parsed.filter.from).substr(0, 10);
  if (parsed.filter.until) view.until = to_rfc3339(*parsed.filter.until - std::chrono::hours(24)).substr(0, 10);
  view.problems = parsed.problems;
  view.unindexed = found.unindexed;
  view.narrowed = parsed.filter != Filter{} || parsed.cursor.older_than || parsed.cursor.newer_than;
  fill_choices(view, parsed.filter, program->form, context.phrases);
  fill_chips(view, parsed.filter);
  const html::ShortDates days(context.phrases, program->time_zone, parts.clock.now());
  for (const auto& row : found.page.rows) view.rows.push_back(row_view(row, *program, context.phrases, days));
  if (!found.page.rows.empty()) {
    const auto newest = std::to_string(found.page.rows.front().queue_id);
    const auto oldest = std::to_string(found.page.rows.back().queue_id);
    if (found.page.has_newer) view.newer = list_address(parsed.filter, "newer=" + newest);
    if (found.page.has_older) view.older = list_address(parsed.filter, "older=" + oldest);
  }
  const std::string query = to_query(parsed.filter);
  const std::string more = query.empty() ? "" : "&" + query;
  view.export_csv = "/staff/export?format=csv" + more;
  view.export_json = "/staff/export?format=jsonl" + more;

  html::Writer w(context.phrases);
  tpl::queue::list(w, view);
  site::PageHead head;
  head.title = context.phrases.text("queue.title");
  head.path = "/staff";
  head.staff = true;
  head.indexable = false;
  return site::page(*program, context, head, w.take());
}

}  // namespace bursary::queue
