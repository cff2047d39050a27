// The list's rows as cells of the columns that its reader wants. Private.
#pragma once
#include "features/queue/list_query.h"
#include "features/queue/list_setting.h"
#include "features/queue/list_view.h"
#include "html/figures.h"

namespace bursary::queue {

// What a row shows that its own row does not hold: names of people, and readings where a column asks for them.
struct RowExtras {
  std::map<std::int64_t, std::string> names;
  std::map<std::int64_t, std::vector<forms::Reading>> readings;  // by application
};
RowExtras read_extras(db::Tx& tx, const ListPage& page, const std::vector<ListColumn>& columns,
                      const std::vector<Colleague>& staff);

void fill_rows(ListView& view, const ListPage& page, const std::vector<ListColumn>& columns, const RowExtras& extras,
               const QueryReader& reader);

}  // namespace bursary::queue
