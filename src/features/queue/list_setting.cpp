#include "features/queue/list_setting.h"

#include <algorithm>

#include "base/text.h"
#include "features/queue/list_setting.sql.h"

namespace bursary::queue {

namespace list_setting_sql = sql::queue::list_setting;

std::string_view to_string(ListColumn column) {
  constexpr std::string_view kNames[] = {"institution", "country",  "area",   "state",  "flags",     "assignee",
                                         "reference",   "language", "amount", "months", "submitted", "updated"};
  return kNames[static_cast<std::size_t>(column)];
}

std::vector<ListColumn> columns_named(std::string_view names) {
  const std::string padded = " " + std::string(names) + " ";
  std::vector<ListColumn> columns;
  for (const ListColumn column : kAllColumns) {
    if (padded.find(" " + std::string(to_string(column)) + " ") != std::string::npos) columns.push_back(column);
  }
  if (columns.empty()) columns.assign(std::begin(kUsualColumns), std::end(kUsualColumns));
  return columns;
}

std::string to_names(const std::vector<ListColumn>& columns) {
  std::string out;
  for (const ListColumn column : columns) (out += out.empty() ? "" : " ") += to_string(column);
  return out;
}

ListSetting find_setting(db::Tx& tx, std::optional<std::int64_t> person) {
  const auto row = person ? tx.find(list_setting_sql::setting, *person) : std::nullopt;
  return row ? ListSetting{row->text(0), row->boolean(1)} : ListSetting{};
}

void keep_setting(db::Tx& tx, std::int64_t person, const ListSetting& setting) {
  tx.post(list_setting_sql::keep_setting, person, setting.columns, setting.dense ? 1 : 0);
}

std::vector<SavedView> visible_views(db::Tx& tx, std::string_view program, std::int64_t person) {
  std::vector<SavedView> views;
  for (const db::Row row : tx.query(list_setting_sql::views, program, person)) {
    views.push_back(
        {row.id<ViewId>(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5), row.boolean(6)});
  }
  return views;
}

Result<std::string> view_name(std::string_view typed) {
  const std::string seen = without_hidden(typed);
  std::string name(first_characters(trim(seen), kLongestViewName));
  std::ranges::replace(name, '\n', ' ');
  if (name.empty()) return fail(ErrorKind::invalid, "queue.views.problem.name");
  return name;
}

Result<ViewId> keep_view(const ViewsOf& views, IdSource& ids, Instant now, const NewView& view) {
  const ViewId id = ids.next<ViewTag>();
  return views.database.write([&](db::Tx& tx) -> Result<ViewId> {
    const auto held = tx.query(list_setting_sql::count_views, views.program, views.owner).at(0).integer(0);
    if (held >= static_cast<std::int64_t>(kMostViews)) {
      return fail(ErrorKind::limit, Phrase("queue.views.problem.too_many", {{"limit", std::to_string(kMostViews)}}));
    }
    tx.post(list_setting_sql::add_view, id, views.program, views.owner, view.name, view.shared ? 1 : 0, view.query,
            view.columns, now);
    return id;
  });
}

Result<void> change_view(const ViewsOf& views, ViewId id, std::string_view name, bool shared) {
  return views.database.write([&](db::Tx& tx) -> Result<void> {
    if (tx.execute(list_setting_sql::change_view, name, shared ? 1 : 0, id, views.program, views.owner) == 0)
      return fail(ErrorKind::not_found, "problem.not_found");
    return {};
  });
}

Result<void> drop_view(const ViewsOf& views, ViewId id) {
  return views.database.write([&](db::Tx& tx) -> Result<void> {
    if (tx.execute(list_setting_sql::drop_view, id, views.program, views.owner) == 0)
      return fail(ErrorKind::not_found, "problem.not_found");
    return {};
  });
}

}  // namespace bursary::queue
