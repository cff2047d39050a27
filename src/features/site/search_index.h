// Search over a program's public words in one language: pages, questions and answers, countries. A small inverted index
// in memory, made when it is first asked for; immutable after that, so any thread may read it.
//
// Ranking is BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) with k1 = 1.2, b = 0.5, and
// twice a word's rarity on top where it stands in the title. All words must be there; where no document has them all,
// any will do. The last word may be a beginning: then everything that begins so counts as that one word, at a discount.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "features/programs/programs.h"

namespace bursary::site {

struct SearchDocument {
  enum class Kind { page, question, country, form } kind = Kind::page;
  std::string title, href, text;  // plain text
};

class SearchIndex {
 public:
  explicit SearchIndex(std::vector<SearchDocument> documents);

  struct Hit {
    const SearchDocument* document = nullptr;
    double score = 0;
  };
  // Best first; equal ones in the order of the program. `words`: from search_words(), at most kMostWords are used.
  std::vector<Hit> find(const std::vector<std::string>& words) const;
  static constexpr std::size_t kMostWords = 12;

 private:
  struct Posting {
    std::size_t document = 0;
    double count = 0;
    bool in_title = false;
  };
  void add(std::size_t document, std::string_view text, bool title);
  // Score of each document for one word.
  std::map<std::size_t, double> score(const std::string& word, bool beginning) const;

  std::vector<SearchDocument> documents_;
  std::map<std::string, std::vector<Posting>, std::less<>> postings_;
  std::vector<double> lengths_;
  double average_length_ = 1;
};

// Everything of the program that may be found, in the order in which equals are shown.
std::vector<SearchDocument> searchable(const programs::Program& program, const html::Phrasebook& phrases);

// A piece of text around what was found.
struct Excerpt {
  std::string text;
  bool marked = false;
};
// About `words_around` words with the searched ones marked, or the beginning where none is in it. Ellipses where it was
// cut.
std::vector<Excerpt> excerpt(std::string_view text, const std::vector<std::string>& words,
                             std::size_t words_around = 32);

}  // namespace bursary::site
