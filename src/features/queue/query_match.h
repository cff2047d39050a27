// What the full text is asked for, as each database takes it: values, never part of a statement.
#pragma once
#include <string>
#include <string_view>

#include "db/database.h"
#include "features/queue/filter.h"

namespace bursary::queue {

// The words, phrases and alternatives of filter.text, each quoted for FTS5, or as a tsquery, with what the index knows
// besides: countries, areas, words of the institution. Empty when neither text nor institution is asked for.
std::string match_expression(db::Dialect dialect, const Filter& filter);

// The word that stands for a facet in the index; nothing that a person types is one.
std::string facet_word(db::Dialect dialect, std::string_view facet, std::string_view value);

}  // namespace bursary::queue
