// Near duplicates and templates by MinHash (A. Broder, "On the resemblance and containment of documents", 1997) over
// shingles of three words. Pure. Finding one flags it for staff; it refuses nothing.
//
// Words are those of base/search_words.h: folded (case, accents, width), so a change of those is no change. 40 hashes
// make 8 bands of 5. Two texts of resemblance s share a band with probability 1 − (1 − s⁵)⁸: 0.9 → 0.9995, 0.8 → 0.96,
// 0.5 → 0.22, 0.3 → 0.02. More bands would find more, and each costs a row per application at a random place of an
// index; eight is what the index job affords. A shared band makes a candidate; resemblance() decides. Who looks
// candidates up bounds their number.
//
// The hash is fixed: bands are stored. Changing anything here means writing similarity_band anew.
#pragma once
#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace bursary::defence {

struct Band {
  std::int16_t band = 0;  // 0 … 7
  std::int64_t value = 0;
  auto operator<=>(const Band&) const = default;
};

inline constexpr int kBands = 8;
// Texts shorter than this say too little to be compared: they have no bands.
inline constexpr std::size_t kFewestWords = 20;
// From here on staff are shown the pair.
inline constexpr double kNearDuplicate = 0.75;

// What texts are compared by: hashes of each three words that follow one another, sorted, each once. Empty for a text
// that is too short. `words`: search_words() of the long answers.
using Shingles = std::vector<std::uint64_t>;
Shingles shingles_of(const std::vector<std::string>& words);

// Eight bands, or none for a short text.
std::vector<Band> bands_of(const Shingles& shingles);
// Jaccard similarity of the two sets, 0 … 1, exact; 0 when either is empty.
double resemblance(const Shingles& left, const Shingles& right);

}  // namespace bursary::defence
