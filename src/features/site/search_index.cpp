#include "features/site/search_index.h"

#include <cmath>

#include "base/search_words.h"

namespace bursary::site {
namespace {

constexpr double kTitleBonus = 2;         // times the word's rarity
constexpr double kSaturation = 1.2;       // k1
constexpr double kLengthShare = 0.5;      // b
constexpr double kBeginningWeight = 0.6;  // of a word that only begins as asked

}  // namespace

SearchIndex::SearchIndex(std::vector<SearchDocument> documents)
    : documents_(std::move(documents)), lengths_(documents_.size(), 0) {
  for (std::size_t i = 0; i < documents_.size(); ++i) {
    add(i, documents_[i].title, true);
    add(i, documents_[i].text, false);
  }
  double all = 0;
  for (const double length : lengths_) all += length;
  if (all > 0) average_length_ = all / static_cast<double>(documents_.size());
}

void SearchIndex::add(std::size_t document, std::string_view text, bool title) {
  for (std::string& word : search_words(text)) {
    std::vector<Posting>& postings = postings_[std::move(word)];
    if (postings.empty() || postings.back().document != document) postings.push_back({document, 0, false});
    postings.back().count += 1;
    postings.back().in_title |= title;
    lengths_[document] += 1;
  }
}

std::map<std::size_t, double> SearchIndex::score(const std::string& word, bool beginning) const {
  struct Found {
    double count = 0, title = 0;
  };
  std::map<std::size_t, Found> holders;
  for (auto found = postings_.lower_bound(word); found != postings_.end(); ++found) {
    const bool exact = found->first == word;
    if (!exact && !(beginning && found->first.starts_with(word))) break;
    const double weight = exact ? 1 : kBeginningWeight;
    for (const Posting& posting : found->second) {
      Found& sum = holders[posting.document];
      sum.count += posting.count * weight;
      if (posting.in_title) sum.title = std::max(sum.title, weight);
    }
  }
  const auto held = static_cast<double>(holders.size());
  const double rarity = std::log(1 + (static_cast<double>(documents_.size()) - held + 0.5) / (held + 0.5));
  std::map<std::size_t, double> scores;
  for (const auto& [document, found] : holders) {
    const double length = 1 - kLengthShare + kLengthShare * lengths_[document] / average_length_;
    const double weight = found.count * (kSaturation + 1) / (found.count + kSaturation * length);
    scores[document] = rarity * (weight + kTitleBonus * found.title);
  }
  return scores;
}

std::vector<SearchIndex::Hit> SearchIndex::find(const std::vector<std::string>& words) const {
  struct Sum {
    double score = 0;
    std::size_t words = 0;
  };
  std::map<std::size_t, Sum> sums;
  const std::size_t used = std::min(words.size(), kMostWords);
  for (std::size_t i = 0; i < used; ++i) {
    const bool last = i + 1 == used;
    for (const auto& [document, score] : score(words[i], last && words[i].size() > 1)) {
      sums[document].score += score;
      ++sums[document].words;
    }
  }
  const bool some_have_all =
      std::any_of(sums.begin(), sums.end(), [&](const auto& sum) { return sum.second.words == used; });
  std::vector<Hit> hits;
  for (const auto& [document, sum] : sums) {
    if (sum.words == used || !some_have_all) hits.push_back({&documents_[document], sum.score});
  }
  std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.score > b.score; });
  return hits;
}

}  // namespace bursary::site
