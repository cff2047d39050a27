#include "base/search_words.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>

#include <memory>
#include <stdexcept>

#include "base/text.h"
#include "base/utf8.h"

namespace bursary {
namespace {

constexpr std::size_t kLongestWord = 80;

// One iterator a thread: making one costs more than cutting a page of text.
icu::BreakIterator& word_breaks() {
  static thread_local const std::unique_ptr<icu::BreakIterator> breaks = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
    return made;
  }();
  return *breaks;
}

std::string_view cut_to_bytes(std::string_view word, std::size_t limit) {
  if (word.size() <= limit) return word;
  while (limit > 0 && (static_cast<unsigned char>(word[limit]) & 0xC0) == 0x80) --limit;
  return word.substr(0, limit);
}

template <class Take>
void each_word(std::string_view utf8, const Take& take) {
  const std::string folded = fold(utf8);
  UErrorCode status = U_ZERO_ERROR;
  UText* text = utext_openUTF8(nullptr, folded.data(), static_cast<std::int64_t>(folded.size()), &status);
  icu::BreakIterator& breaks = word_breaks();
  breaks.setText(text, status);
  if (U_SUCCESS(status)) {
    std::int32_t start = breaks.first();
    for (std::int32_t end = breaks.next(); end != icu::BreakIterator::DONE; start = end, end = breaks.next()) {
      if (breaks.getRuleStatus() < UBRK_WORD_NONE_LIMIT) continue;
      const auto from = static_cast<std::size_t>(start);
      take(cut_to_bytes(std::string_view(folded).substr(from, static_cast<std::size_t>(end) - from), kLongestWord));
    }
  }
  utext_close(text);
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
}

// Of a word that is valid UTF-8.
bool is_inside(char32_t c) {
  constexpr std::uint32_t kWordTypes = U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK | U_GC_CO_MASK;
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & kWordTypes) != 0;
}

void cut_into(std::vector<std::string>& parts, std::string_view word) {
  std::size_t begin = 0;
  const auto end_at = [&](std::size_t end) {
    if (end > begin) parts.emplace_back(word.substr(begin, end - begin));
  };
  for (std::size_t at = 0; at < word.size();) {
    const auto c = utf8::decode(word, at);
    const std::size_t next = at + std::max<std::size_t>(c.length, 1);
    if (!is_inside(c.value)) {
      end_at(at);
      begin = next;
    }
    at = next;
  }
  end_at(word.size());
}

}  // namespace

std::vector<std::string> search_parts(std::string_view utf8) { return search_parts(search_words(utf8)); }

std::vector<std::string> search_parts(const std::vector<std::string>& words) {
  std::vector<std::string> parts;
  parts.reserve(words.size());
  for (const std::string& word : words) cut_into(parts, word);
  return parts;
}

std::vector<std::string> search_words(std::string_view utf8) {
  std::vector<std::string> words;
  each_word(utf8, [&](std::string_view word) { words.emplace_back(word); });
  return words;
}

std::string search_text(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  each_word(utf8, [&](std::string_view word) {
    if (!out.empty()) out += ' ';
    out += word;
  });
  return out;
}

}  // namespace bursary
