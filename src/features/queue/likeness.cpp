#include "features/queue/likeness.h"

#include "features/queue/search_index.sql.h"

namespace bursary::queue {
namespace {

namespace search_index_sql = sql::queue::search_index;

constexpr std::size_t kMostCandidates = 8;

std::optional<Likeness> likeness(const defence::Shingles& one, const std::string& reference,
                                 const defence::Shingles& other) {
  const double resemblance = defence::resemblance(one, other);
  if (resemblance < defence::kNearDuplicate) return std::nullopt;
  return Likeness{reference, resemblance};
}

}  // namespace

std::optional<Likeness> LikenessSearch::find(const SearchDocument& document, const forms::Definition& definition) {
  std::set<std::int64_t> looked_at;
  std::optional<Likeness> found = in_batch(document, looked_at);
  if (!found) found = in_table(document, definition, looked_at);
  for (const auto& band : document.bands) batch_[band].push_back(&document);
  return found;
}

std::optional<Likeness> LikenessSearch::in_batch(const SearchDocument& document,
                                                 std::set<std::int64_t>& looked_at) const {
  for (const auto& band : document.bands) {
    const auto others = batch_.find(band);
    if (others == batch_.end()) continue;
    for (const SearchDocument* other : others->second) {
      if (looked_at.size() >= kMostCandidates) return std::nullopt;
      if (!looked_at.insert(other->id.value).second) continue;
      if (auto found = likeness(document.shingles, other->reference, other->shingles)) return found;
    }
  }
  return std::nullopt;
}

std::optional<Likeness> LikenessSearch::in_table(const SearchDocument& document, const forms::Definition& definition,
                                                 std::set<std::int64_t>& looked_at) {
  for (const auto& band : document.bands) {
    for (const db::Row row : tx_.query(search_index_sql::similar, band.band, band.value, document.id)) {
      if (looked_at.size() >= kMostCandidates) return std::nullopt;
      if (!looked_at.insert(row.integer(0)).second) continue;
      const auto other = tx_.find(search_index_sql::answers_of, row.integer(0));
      if (!other) continue;
      const auto answers = forms::answers_from_json(other->text(1));
      if (!answers) continue;
      if (auto found = likeness(document.shingles, other->text(0), shingles_of(definition, *answers))) return found;
    }
  }
  return std::nullopt;
}

}  // namespace bursary::queue
