// The boxes with the counts that take longer than the list may wait for: fetched by the list's page when it is there.
#include "features/queue/filters.html.h"
#include "features/queue/list_filters.h"
#include "features/queue/pages.h"

namespace bursary::queue {

web::Response show_counts(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  const auto viewer = context.viewer.person ? std::optional(context.viewer.person->value) : std::nullopt;
  const FiltersView view = parts.database.read([&](db::Tx& tx) {
    const auto staff = colleagues(tx, program->slug);
    const QueryReader reader{*program, context.phrases, viewer, context.now, staff};
    const ListAddress address = read_address(request, reader);
    const FacetCounts counts = count_facets(tx, program->slug, address.query.filter);
    return make_filters(address.query, reader, &counts);
  });
  html::Writer w(context.phrases);
  tpl::queue::filters(w, view);
  return web::html_page(w.take());
}

}  // namespace bursary::queue
