#include <charconv>

#include "features/queue/application_page.h"
#include "features/queue/labels.h"
#include "features/queue/list.html.h"
#include "features/queue/list_filters.h"
#include "features/queue/list_rows.h"
#include "features/queue/pages.h"
#include "features/queue/query_sql.h"
#include "features/site/site.h"
#include "web/form_data.h"

namespace bursary::queue {
namespace {

constexpr std::size_t kPageSize = 50;
constexpr std::size_t kCountedViews = 9;  // those that a key leads to

Cursor place_of(const ListRow& row, const Filter& filter, bool newer) {
  Cursor cursor;
  (newer ? cursor.newer_than : cursor.older_than) = row.queue_id;
  if (filter.sort == Sort::updated) cursor.updated_at = row.updated_at.micros;
  return cursor;
}

struct NamedView {
  SavedView view;
  std::optional<FacetCounts> counts;  // where the tally tells
};
// Everything the page needs, from one snapshot.
struct Listed {
  ListAddress address;
  ListPage page;
  std::int64_t unindexed = 0;
  std::vector<Colleague> staff;
  std::optional<FacetCounts> counts;
  ListSetting setting;
  std::vector<NamedView> views;
  const SavedView* current = nullptr;
  std::vector<ListColumn> columns;
  RowExtras extras;
};

class ListPageMaker {
 public:
  ListPageMaker(const Parts& parts, const web::Request& request, const web::Context& context)
      : parts_(parts), request_(request), context_(context), program_(parts.programs.current()) {
    if (context.viewer.person) viewer_ = context.viewer.person->value;
  }

  web::Response respond() {
    parts_.database.read([&](db::Tx& tx) { return look(tx); });
    if (found_.address.moved_to) return web::see_other(*found_.address.moved_to);
    html::Writer w(context_.phrases);
    tpl::queue::list(w, view());
    site::PageHead head;
    head.title = context_.phrases.text("queue.title");
    head.path = list_address(found_.address.query.text());
    head.staff = true;
    head.indexable = false;
    return site::page(*program_, context_, head, w.take());
  }

 private:
  QueryReader reader() const { return {*program_, context_.phrases, viewer_, context_.now, found_.staff}; }

  bool look(db::Tx& tx) {
    found_ = {};
    found_.staff = colleagues(tx, program_->slug);
    found_.address = read_address(request_, reader());
    if (found_.address.moved_to) return false;
    const Filter& filter = found_.address.query.filter;
    found_.page = list(tx, program_->slug, filter, found_.address.cursor, kPageSize);
    found_.counts = request_.parameter("count") ? count_facets(tx, program_->slug, filter)
                                                : tally_counts(tx, program_->slug, filter);
    if (!filter.text.empty()) found_.unindexed = IndexJob::figures(tx).waiting;
    found_.setting = find_setting(tx, viewer_);
    look_for_views(tx);
    const bool own = found_.current == nullptr || found_.current->columns.empty();
    found_.columns = columns_named(own ? found_.setting.columns : found_.current->columns);
    found_.extras = read_extras(tx, found_.page, found_.columns, found_.staff);
    return true;
  }
  void look_for_views(db::Tx& tx) {
    if (!viewer_) return;
    const std::string asked = request_.parameter("view").value_or("");
    for (SavedView& one : visible_views(tx, program_->slug, *viewer_)) {
      std::optional<FacetCounts> counts;
      if (found_.views.size() < kCountedViews) {
        counts = tally_counts(tx, program_->slug, read_query(one.query, reader()).filter);
      }
      found_.views.push_back({std::move(one), std::move(counts)});
    }
    for (const NamedView& one : found_.views) {
      if (std::to_string(one.view.id.value) == asked) found_.current = &one.view;
    }
  }

  // The list as it is, with its page and whatever stands beside it; `more` behind.
  std::string here(std::string more = {}) const {
    const auto add = [&](const std::string& part) { more = more.empty() ? part : part + "&" + more; };
    if (found_.current != nullptr) add("view=" + std::to_string(found_.current->id.value));
    const Cursor& cursor = found_.address.cursor;
    if (cursor.older_than || cursor.newer_than) add(to_parameter(cursor));
    return list_address(found_.address.query.text(), more);
  }

  ListView view() {
    const ReadQuery& query = found_.address.query;
    const QueryReader by = reader();
    ListView view;
    fill_query(view, query, by);
    view.kept = query.text();
    view.filters = make_filters(query, by, found_.counts ? &*found_.counts : nullptr);
    view.unindexed = found_.unindexed;
    view.searched = !query.filter.text.empty();
    view.narrowed = !query.terms.empty() || found_.address.cursor.older_than || found_.address.cursor.newer_than;
    view.looked_through = context_.phrases.number(most_walked(query.filter));
    view.form_token = context_.form_token;
    view.may_share = context_.viewer.may(to_string(web::Permission::screen_applications));
    view.dense = found_.setting.dense;
    view.column_names = to_names(found_.columns);
    fill_rows(view, found_.page, found_.columns, found_.extras, by);
    for (const ListColumn column : kAllColumns) {
      const std::string name(to_string(column));
      view.all_columns.push_back({name, context_.phrases.text("queue.column." + name),
                                  std::ranges::find(found_.columns, column) != found_.columns.end()});
    }
    fill_views(view);
    fill_pages(view, query);
    fill_bulk(view, query);
    fill_open(view);
    const std::string more = view.kept.empty() ? "" : "&q=" + web::percent_encode(view.kept);
    view.export_csv = "/staff/export?format=csv" + more;
    view.export_json = "/staff/export?format=jsonl" + more;
    return view;
  }

  void fill_views(ListView& view) const {
    const auto usual = [&](const char* key, const char* label, const char* query) {
      const bool current = found_.current == nullptr && view.kept == query;
      view.views.push_back({list_address(query), context_.phrases.text(label), "", key, false, current});
    };
    usual("a", "queue.views.all", "");
    usual("m", "queue.views.mine", "assigned:me");
    usual("n", "queue.views.nobodys", "state:submitted,screening assigned:none");
    std::size_t number = 0;
    for (const NamedView& one : found_.views) {
      const std::string count = one.counts ? context_.phrases.number(one.counts->total) : std::string();
      const std::string key = ++number <= kCountedViews ? std::to_string(number) : std::string();
      view.views.push_back({list_address(one.view.query, "view=" + std::to_string(one.view.id.value)), one.view.name,
                            count, key, one.view.shared, &one.view == found_.current});
    }
    if (found_.current != nullptr) view.view = std::to_string(found_.current->id.value);
  }

  void fill_pages(ListView& view, const ReadQuery& query) const {
    const ListPage& page = found_.page;
    const std::string extra = view.view.empty() ? std::string() : "&view=" + view.view;
    const std::string text = query.text();
    view.oldest_first = query.filter.sort == Sort::oldest;
    if (!page.rows.empty()) {
      const auto link = [&](const ListRow& row, bool newer) {
        return list_address(text, to_parameter(place_of(row, query.filter, newer)) + extra);
      };
      const ListRow& first = page.rows.front();
      const ListRow& last = page.rows.back();
      if (page.has_newer) view.newer = link(view.oldest_first ? last : first, true);
      if (page.has_older) view.older = link(view.oldest_first ? first : last, false);
    }
    if (page.looked_until) view.further = list_address(text, to_parameter(*page.looked_until) + extra);
  }

  void fill_bulk(ListView& view, const ReadQuery& query) const {
    if (found_.page.rows.empty()) return;
    BulkBar& bar = view.bulk;
    for (const BulkAction* action : parts_.actions) {
      if (!context_.viewer.may(to_string(action->permission()))) continue;
      const std::string name(action->name());
      const std::string label = "queue.bulk.action." + name;
      if (!action->takes_colleague()) {
        bar.actions.push_back({name, context_.phrases.text(label)});
        continue;
      }
      for (const Colleague& one : found_.staff) {
        bar.actions.push_back(
            {name + ":" + std::to_string(one.id), context_.phrases.text(label, {{"name", one.name}})});
      }
      bar.actions.push_back({name + ":", context_.phrases.text(label + "_nobody")});
    }
    for (const BulkPage& page : parts_.pages) {
      if (!context_.viewer.may(to_string(page.permission))) continue;
      const std::string name(page.name);
      bar.actions.push_back({name, context_.phrases.text("queue.bulk.action." + name)});
    }
    bar.form_token = context_.form_token;
    bar.query = query.text();
    // What comes in after this page was made is not meant.
    bar.as_of = std::to_string(parts_.ids.next_value());
    bar.can_take_all = query.problems.empty();
    bar.all = Phrase("queue.bulk.all");
    if (found_.counts && found_.counts->reach == FacetCounts::Reach::all) {
      bar.all = Phrase("queue.bulk.all_n", {{"n", std::to_string(found_.counts->total)}});
    }
  }

  // An application beside the list: the same part that its own page shows.
  void fill_open(ListView& view) const {
    const std::string reference = request_.parameter("open").value_or("");
    if (reference.empty()) return;
    auto drawn = draw_application(parts_, context_, *program_, reference, true);
    if (!drawn) return;
    view.open = std::move(drawn->html);
    view.close = here();
    for (RowView& row : view.rows) row.open = row.reference == reference;
  }

  const Parts& parts_;
  const web::Request& request_;
  const web::Context& context_;
  std::shared_ptr<const programs::Program> program_;
  std::optional<std::int64_t> viewer_;
  Listed found_;
};

}  // namespace

web::Response show_list(const Parts& parts, const web::Request& request, const web::Context& context) {
  return ListPageMaker(parts, request, context).respond();
}

}  // namespace bursary::queue
