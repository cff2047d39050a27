#include "features/queue/labels.h"
#include "features/queue/list.html.h"
#include "features/queue/list_filters.h"
#include "features/queue/pages.h"
#include "features/queue/query_sql.h"
#include "features/site/site.h"
#include "html/figures.h"
#include "web/form_data.h"

namespace bursary::queue {
namespace {

constexpr std::size_t kPageSize = 50;

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

Cursor place_of(const ListRow& row, const Filter& filter, bool newer) {
  Cursor cursor;
  (newer ? cursor.newer_than : cursor.older_than) = row.queue_id;
  if (filter.sort == Sort::updated) cursor.updated_at = row.updated_at.micros;
  return cursor;
}

void fill_pages(ListView& view, const ListPage& page, const ReadQuery& query) {
  const std::string text = query.text();
  view.oldest_first = query.filter.sort == Sort::oldest;
  if (!page.rows.empty()) {
    const ListRow& first = page.rows.front();
    const ListRow& last = page.rows.back();
    const auto link = [&](const ListRow& row, bool newer) {
      return list_address(text, to_parameter(place_of(row, query.filter, newer)));
    };
    if (page.has_newer) view.newer = link(view.oldest_first ? last : first, true);
    if (page.has_older) view.older = link(view.oldest_first ? first : last, false);
  }
  if (page.looked_until) view.further = list_address(text, to_parameter(*page.looked_until));
}

}  // namespace

web::Response show_list(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  struct Found {
    ListAddress address;
    ListPage page;
    std::int64_t unindexed = 0;
    std::vector<Colleague> staff;
    std::optional<FacetCounts> counts;
  };
  const auto viewer = context.viewer.person ? std::optional(context.viewer.person->value) : std::nullopt;
  const Found found = parts.database.read([&](db::Tx& tx) {
    Found out;
    out.staff = colleagues(tx, program->slug);
    out.address = read_address(request, {*program, context.phrases, viewer, context.now, out.staff});
    if (out.address.moved_to) return out;
    const Filter& filter = out.address.query.filter;
    out.page = list(tx, program->slug, filter, out.address.cursor, kPageSize);
    out.counts =
        request.parameter("count") ? count_facets(tx, program->slug, filter) : tally_counts(tx, program->slug, filter);
    if (!filter.text.empty()) out.unindexed = IndexJob::figures(tx).waiting;
    return out;
  });
  if (found.address.moved_to) return web::see_other(*found.address.moved_to);

  const ReadQuery& query = found.address.query;
  ListView view;
  const QueryReader reader{*program, context.phrases, viewer, context.now, found.staff};
  fill_query(view, query, reader);
  view.filters = make_filters(query, reader, found.counts ? &*found.counts : nullptr);
  view.unindexed = found.unindexed;
  view.searched = !query.filter.text.empty();
  view.narrowed = !query.terms.empty() || found.address.cursor.older_than || found.address.cursor.newer_than;
  view.looked_through = context.phrases.number(kWalk);
  const html::ShortDates days(context.phrases, program->time_zone, context.now);
  for (const auto& row : found.page.rows) view.rows.push_back(row_view(row, *program, context.phrases, days));
  fill_pages(view, found.page, query);
  const std::string kept = query.text();
  const std::string more = kept.empty() ? "" : "&q=" + web::percent_encode(kept);
  view.export_csv = "/staff/export?format=csv" + more;
  view.export_json = "/staff/export?format=jsonl" + more;

  html::Writer w(context.phrases);
  tpl::queue::list(w, view);
  site::PageHead head;
  head.title = context.phrases.text("queue.title");
  head.path = list_address(kept);
  head.staff = true;
  head.indexable = false;
  return site::page(*program, context, head, w.take());
}

}  // namespace bursary::queue
