// What the index keeps of one application, made from its answers outside the writing transaction. Private.
#pragma once
#include <string>
#include <vector>

#include "features/applications/applications.h"
#include "features/defence/similarity.h"

namespace bursary::queue {

struct SearchDocument {
  std::int64_t queue_id = 0;
  Instant since;  // it waits for the index; later when it changed meanwhile
  applications::ApplicationId id;
  std::string reference;
  std::string body, facets;  // as the column of this database takes them
  std::string email;
  defence::Shingles shingles;
  std::vector<defence::Band> bands;
};

// `row`: of the statement `source`.
SearchDocument make_document(db::Dialect dialect, std::int64_t queue_id, const db::Row& row,
                             const forms::Definition& definition);

// Of the long answers alone: what similarity looks at.
defence::Shingles shingles_of(const forms::Definition& definition, const forms::Answers& answers);

}  // namespace bursary::queue
