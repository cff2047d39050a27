// The one place outside .sql files where statements are composed, out of closed fragments: nothing that a person typed
// is ever part of the text, only of the values.
#pragma once
#include <string>
#include <vector>

#include "db/database.h"
#include "features/queue/queue.h"

namespace bursary::queue {

struct ComposedQuery {
  std::string text;                // ?1, ?2 …
  std::vector<std::string> texts;  // owns what text values point at
  std::vector<db::Value> values;

  ComposedQuery() = default;
  ComposedQuery(const ComposedQuery&) = delete;
  ComposedQuery& operator=(const ComposedQuery&) = delete;
};

// Rows: queue_id, id, reference, state, applicant_name, institution, country, area, locale, flags, submitted_at; newest
// first, or oldest first when the cursor asks for newer ones. At most `size` rows.
void compose_list(ComposedQuery& query, db::Dialect dialect, std::string_view program, const Filter& filter,
                  const Cursor& cursor, std::size_t size);

// What full text is asked for: the words and phrases of `typed`, each quoted for FTS5, or as a tsquery. Empty when
// there is no word in it. Facets that the index knows itself (country, area) are joined to it.
std::string match_expression(db::Dialect dialect, const Filter& filter);

// The word that stands for a facet in the index; nothing that a person types is one.
std::string facet_word(db::Dialect dialect, std::string_view facet, std::string_view value);

}  // namespace bursary::queue
