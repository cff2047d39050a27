#include "base/search_words.h"
#include "features/site/search_index.h"

namespace bursary::site {
namespace {

// Nobody reads a snippet from further down, and a search must stay cheap.
constexpr std::size_t kFurthest = 60'000;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && is_space(text[at])) ++at;
    const std::size_t start = at;
    while (at < text.size() && !is_space(text[at])) ++at;
    if (at > start) pieces.push_back(text.substr(start, at - start));
  }
  return pieces;
}

bool fits(std::string_view piece, const std::vector<std::string>& words) {
  for (const std::string& word : search_words(piece)) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      const bool last = i + 1 == words.size() && words[i].size() > 1;
      if (word == words[i] || (last && word.starts_with(words[i]))) return true;
    }
  }
  return false;
}

}  // namespace

std::vector<Excerpt> excerpt(std::string_view text, const std::vector<std::string>& words, std::size_t words_around) {
  text = text.substr(0, kFurthest);
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0x80) != 0 && text.size() == kFurthest)
    text.remove_suffix(1);
  const std::vector<std::string_view> pieces = pieces_of(text);
  std::size_t first = 0;
  while (first < pieces.size() && !fits(pieces[first], words)) ++first;
  const std::size_t before = words_around / 4;
  const std::size_t begin = first == pieces.size() || first < before ? 0 : first - before;
  const std::size_t end = std::min(pieces.size(), begin + words_around);
  std::vector<Excerpt> out;
  const auto put = [&](std::string_view piece, bool marked) {
    if (out.empty() || out.back().marked != marked) out.push_back({"", marked});
    out.back().text += piece;
  };
  if (begin > 0) put("… ", false);
  for (std::size_t i = begin; i < end; ++i) {
    if (i > begin) put(" ", false);
    put(pieces[i], fits(pieces[i], words));
  }
  if (end < pieces.size()) put(" …", false);
  return out;
}

}  // namespace bursary::site
