// Finds, for an application that is being indexed, one that it resembles: near duplicates are flagged for staff, never
// refused. Private.
#pragma once
#include <map>
#include <optional>
#include <set>

#include "features/queue/search_document.h"

namespace bursary::queue {

struct Likeness {
  std::string reference;
  double resemblance = 0;
};

// For the documents of one batch, in order: the first that resembles enough among those with a band in common, earlier
// in the same batch or in the table. Looks at a bounded number. Keeps pointers to the documents it was given.
class LikenessSearch {
 public:
  explicit LikenessSearch(db::Tx& tx) : tx_(tx) {}

  std::optional<Likeness> find(const SearchDocument& document, const forms::Definition& definition);

 private:
  std::optional<Likeness> in_batch(const SearchDocument& document, std::set<std::int64_t>& looked_at) const;
  std::optional<Likeness> in_table(const SearchDocument& document, const forms::Definition& definition,
                                   std::set<std::int64_t>& looked_at);

  db::Tx& tx_;
  std::map<defence::Band, std::vector<const SearchDocument*>> batch_;
};

}  // namespace bursary::queue
