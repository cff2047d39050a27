// The list's query as a person reads and changes it: boxes, chips, what is wrong. Private.
#pragma once
#include "features/queue/list_query.h"
#include "features/queue/list_view.h"
#include "features/queue/tally.h"

namespace bursary::queue {

// counts: null while they are not counted.
FiltersView make_filters(const ReadQuery& query, const QueryReader& reader, const FacetCounts* counts);
// "312 applications", "over 10,000 applications".
Phrase total_phrase(std::int64_t n, FacetCounts::Reach reach, const html::Phrasebook& phrases);
void fill_query(ListView& view, const ReadQuery& query, const QueryReader& reader);
// "State: Submitted, Screening", "not Kenya", or the term as it stands.
std::string term_label(const QueryNode& term, const QueryReader& reader);

}  // namespace bursary::queue
