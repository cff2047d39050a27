#include "features/queue/list_setting.h"

#include <algorithm>

#include "features/queue/list_setting.sql.h"

namespace bursary::queue {

namespace statements = sql::queue::list_setting;

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
  const auto row = person ? tx.find(statements::setting, *person) : std::nullopt;
  return row ? ListSetting{row->text(0), row->boolean(1)} : ListSetting{};
}

void keep_setting(db::Tx& tx, std::int64_t person, const ListSetting& setting) {
  tx.post(statements::keep_setting, person, setting.columns, setting.dense ? 1 : 0);
}

std::vector<SavedView> visible_views(db::Tx& tx, std::string_view program, std::int64_t person) {
  std::vector<SavedView> views;
  for (const db::Row row : tx.query(statements::views, program, person)) {
    views.push_back(
        {row.id<ViewId>(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5), row.boolean(6)});
  }
  return views;
}

}  // namespace bursary::queue
