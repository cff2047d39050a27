// The list's query as a person reads and changes it: boxes, chips, what is wrong. Private.
#pragma once
#include "features/queue/list_query.h"
#include "features/queue/list_view.h"

namespace bursary::queue {

void fill_filters(ListView& view, const ReadQuery& query, const QueryReader& reader);
// "State: Submitted, Screening", "not Kenya", or the term as it stands.
std::string term_label(const QueryNode& term, const QueryReader& reader);

}  // namespace bursary::queue
