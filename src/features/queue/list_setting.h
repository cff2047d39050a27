// Which columns somebody's lists have, and how dense they are; and lists that are kept by name. Private.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/database.h"
#include "features/queue/filter.h"

namespace bursary::queue {

enum class ListColumn {
  institution,
  country,
  area,
  state,
  flags,
  assignee,
  reference,
  language,
  amount,
  months,
  submitted,
  updated
};
inline constexpr ListColumn kAllColumns[] = {ListColumn::institution, ListColumn::country,   ListColumn::area,
                                             ListColumn::state,       ListColumn::flags,     ListColumn::assignee,
                                             ListColumn::reference,   ListColumn::language,  ListColumn::amount,
                                             ListColumn::months,      ListColumn::submitted, ListColumn::updated};
inline constexpr ListColumn kUsualColumns[] = {ListColumn::institution, ListColumn::country, ListColumn::area,
                                               ListColumn::state,       ListColumn::flags,   ListColumn::reference,
                                               ListColumn::submitted};
std::string_view to_string(ListColumn column);
// Names with a space between, in the order of kAllColumns; what is no column is left out, none at all means the usual.
std::vector<ListColumn> columns_named(std::string_view names);
std::string to_names(const std::vector<ListColumn>& columns);

struct ListSetting {
  std::string columns;  // empty: the usual
  bool dense = true;
};
ListSetting find_setting(db::Tx& tx, std::optional<std::int64_t> person);
void keep_setting(db::Tx& tx, std::int64_t person, const ListSetting& setting);

struct ViewTag;
using ViewId = Id<ViewTag>;
struct SavedView {
  ViewId id;
  std::int64_t owner = 0;
  std::string owner_name, name, query, columns;
  bool shared = false;
};
inline constexpr std::size_t kMostViews = 40;  // of one person
inline constexpr std::size_t kLongestViewName = 80;

// The person's own and those that are shared, by name.
std::vector<SavedView> visible_views(db::Tx& tx, std::string_view program, std::int64_t person);

// As it is shown: one line, nothing that hides. Error{invalid} for none.
Result<std::string> view_name(std::string_view typed);
struct NewView {
  std::string name, query, columns;  // name: of view_name
  bool shared = false;
};
struct ViewsOf {
  db::Database& database;
  std::string_view program;
  std::int64_t owner = 0;
};
// Error{limit} past kMostViews; Error{not_found} for another's, or none.
Result<ViewId> keep_view(const ViewsOf& views, IdSource& ids, Instant now, const NewView& view);
Result<void> change_view(const ViewsOf& views, ViewId id, std::string_view name, bool shared);
Result<void> drop_view(const ViewsOf& views, ViewId id);

}  // namespace bursary::queue
