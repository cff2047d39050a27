// Counting characters and words of text.h. ICU decides; plain Latin text, which is nearly all of it, is decided by
// the same rules from a small table, because opening ICU's iterator costs more than reading a whole paragraph
// (segments_test.cpp holds the two against each other).
#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/rbbi.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <vector>

#include "base/segments.h"
#include "base/text.h"
#include "base/utf8.h"

namespace bursary {
namespace {

void require(UErrorCode status) {
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU cannot segment text: ") + u_errorName(status));
}

// ICU's iterator over UTF-8; positions are bytes. Not shareable, and dear to make, so each thread clones its own.
class Segments {
 public:
  explicit Segments(const icu::BreakIterator& prototype) : iterator_(prototype.clone()) {}
  icu::BreakIterator& over(std::string_view utf8) {
    UErrorCode status = U_ZERO_ERROR;
    UText text = UTEXT_INITIALIZER;
    utext_openUTF8(&text, utf8.data(), static_cast<std::int64_t>(utf8.size()), &status);
    iterator_->setText(&text, status);  // takes a shallow copy of the UText
    utext_close(&text);
    require(status);
    iterator_->first();
    return *iterator_;
  }

 private:
  std::unique_ptr<icu::BreakIterator> iterator_;
};

std::unique_ptr<icu::BreakIterator> made(icu::BreakIterator* iterator, UErrorCode status) {
  std::unique_ptr<icu::BreakIterator> owned(iterator);
  require(status);
  return owned;
}

// ICU 72 counts "ada@example.org" as one word and "key:value" as two; those before and after it, and so the browsers,
// follow UAX #29 and do the reverse. The rules are ICU's but for these two places.
std::unique_ptr<icu::BreakIterator> make_words() {
  UErrorCode status = U_ZERO_ERROR;
  auto words = made(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status), status);
  const auto* by_rules = dynamic_cast<const icu::RuleBasedBreakIterator*>(words.get());
  if (by_rules == nullptr) return words;
  icu::UnicodeString rules = by_rules->getRules();
  const icu::UnicodeString before = rules;
  rules.findAndReplace(R"([\p{Word_Break=ALetter}@])", R"([\p{Word_Break=ALetter}])");
  rules.findAndReplace(R"([\p{Word_Break=MidLetter}-[\:\uFE55\uFF1A]])", R"([\p{Word_Break=MidLetter}])");
  if (rules == before) return words;
  UParseError where;
  auto mended = std::make_unique<icu::RuleBasedBreakIterator>(rules, where, status);
  require(status);
  return mended;
}

Segments& characters() {
  static const auto prototype = [] {
    UErrorCode status = U_ZERO_ERROR;
    return made(icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status), status);
  }();
  thread_local Segments segments(*prototype);
  return segments;
}
Segments& words() {
  static const auto prototype = make_words();
  thread_local Segments segments(*prototype);
  return segments;
}

// Code points that never join a neighbour of this kind into one grapheme.
bool stands_alone(char32_t c) {
  return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t' || (c >= 0xA0 && c < 0x300 && c != 0xAD) ||
         (c >= 0x370 && c < 0x483) || (c >= 0x48A && c < 0x530) || (c >= 0x2010 && c < 0x2028) ||
         (c >= 0x3041 && c < 0x3097) || (c >= 0x30A0 && c < 0x3100) || (c >= 0x4E00 && c < 0xA000);
}

// Calls visit(end) with the end of each grapheme cluster, in bytes, until it returns false.
template <class Visit>
void each_character(std::string_view text, Visit visit) {
  std::size_t at = 0;
  while (at < text.size()) {
    auto c = utf8::decode(text, at);
    if (c.value == '\r' && c.length == 1) {
      at += at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
      if (!visit(at)) return;
      continue;
    }
    // From here to `end` there may be clusters; the last character in it stands alone again.
    std::size_t end = at;
    std::size_t seen = 0;
    bool alone = false;
    do {
      alone = c.length != 0 && stands_alone(c.value);
      end += c.length == 0 ? 1 : c.length;
      ++seen;
      if (end < text.size()) c = utf8::decode(text, end);
    } while (end < text.size() && c.value != '\r' && !(alone && c.length != 0 && stands_alone(c.value)));
    if (seen == 1) {
      if (!visit(end)) return;
    } else {
      icu::BreakIterator& breaks = characters().over(text.substr(at, end - at));
      for (std::int32_t next = breaks.next(); next != icu::BreakIterator::DONE; next = breaks.next()) {
        if (!visit(at + static_cast<std::size_t>(next))) return;
      }
    }
    at = end;
  }
}

enum class WordClass : char { other, letter, number, joiner, mid_letter, mid_number, mid_both, ask_icu };

WordClass class_by_icu(UChar32 c) {
  switch (u_getIntPropertyValue(c, UCHAR_WORD_BREAK)) {
    case U_WB_ALETTER:
      return WordClass::letter;
    case U_WB_NUMERIC:
      return WordClass::number;
    case U_WB_EXTENDNUMLET:
      return WordClass::joiner;
    case U_WB_MIDLETTER:
      return WordClass::mid_letter;
    case U_WB_MIDNUM:
      return WordClass::mid_number;
    case U_WB_MIDNUMLET:
    case U_WB_SINGLE_QUOTE:
      return WordClass::mid_both;
    case U_WB_OTHER:
    case U_WB_CR:
    case U_WB_LF:
    case U_WB_NEWLINE:
    case U_WB_WSEGSPACE:
    case U_WB_DOUBLE_QUOTE:
      return WordClass::other;
    default:
      return WordClass::ask_icu;
  }
}

constexpr char32_t kLatinEnd = 0x250;
constexpr char32_t kPunctuation = 0x2010;
constexpr char32_t kPunctuationEnd = 0x2028;

WordClass word_class(char32_t c) {
  static const auto table_of_classes = [] {
    std::array<WordClass, kLatinEnd + (kPunctuationEnd - kPunctuation)> table{};
    for (char32_t i = 0; i < kLatinEnd; ++i) table[i] = class_by_icu(static_cast<UChar32>(i));
    for (char32_t i = kPunctuation; i < kPunctuationEnd; ++i) {
      table[kLatinEnd + i - kPunctuation] = class_by_icu(static_cast<UChar32>(i));
    }
    return table;
  }();
  if (c < kLatinEnd) return table_of_classes[c];
  if (c >= kPunctuation && c < kPunctuationEnd) return table_of_classes[kLatinEnd + c - kPunctuation];
  return WordClass::ask_icu;
}

// Rules WB5 to WB13 for text without extending characters: the place after the word that begins at `at`.
std::size_t word_end(const std::vector<WordClass>& text, std::size_t at) {
  const auto kind = [&](std::size_t i) { return i < text.size() ? text[i] : WordClass::other; };
  for (;;) {
    const WordClass here = text[at];
    const WordClass next = kind(at + 1);
    const WordClass after = kind(at + 2);
    const bool letters = here == WordClass::letter && after == WordClass::letter;
    const bool numbers = here == WordClass::number && after == WordClass::number;
    if (next == WordClass::letter || next == WordClass::number || next == WordClass::joiner) {
      at += 1;
    } else if ((letters && (next == WordClass::mid_letter || next == WordClass::mid_both)) ||
               (numbers && (next == WordClass::mid_number || next == WordClass::mid_both))) {
      at += 2;
    } else {
      return at + 1;
    }
  }
}

}  // namespace

namespace segments {

std::optional<std::size_t> count_words_latin(std::string_view text) {
  std::vector<WordClass> classes;
  classes.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto c = utf8::decode(text, at);
    if (c.length == 0) return std::nullopt;
    classes.push_back(word_class(c.value));
    if (classes.back() == WordClass::ask_icu) return std::nullopt;
    at += c.length;
  }
  std::size_t count = 0;
  for (std::size_t at = 0; at < classes.size();) {
    if (classes[at] != WordClass::letter && classes[at] != WordClass::number && classes[at] != WordClass::joiner) {
      ++at;
      continue;
    }
    // An underscore alone is no word, though two are: that is how ICU's rules come out.
    const std::size_t end = word_end(classes, at);
    if (end - at > 1 || classes[at] != WordClass::joiner) ++count;
    at = end;
  }
  return count;
}

std::size_t count_words_icu(std::string_view text) {
  icu::BreakIterator& breaks = words().over(text);
  std::size_t count = 0;
  while (breaks.next() != icu::BreakIterator::DONE) {
    if (breaks.getRuleStatus() >= UBRK_WORD_NONE_LIMIT) ++count;
  }
  return count;
}

std::size_t count_characters_icu(std::string_view text) {
  icu::BreakIterator& breaks = characters().over(text);
  std::size_t count = 0;
  while (breaks.next() != icu::BreakIterator::DONE) ++count;
  return count;
}

}  // namespace segments

std::size_t count_characters(std::string_view utf8) {
  std::size_t count = 0;
  each_character(utf8, [&](std::size_t) {
    ++count;
    return true;
  });
  return count;
}

std::size_t count_words(std::string_view utf8) {
  if (const auto count = segments::count_words_latin(utf8)) return *count;
  return segments::count_words_icu(utf8);
}

std::string_view first_characters(std::string_view utf8, std::size_t limit) {
  std::size_t count = 0;
  std::size_t end = 0;
  each_character(utf8, [&](std::size_t cluster_end) {
    if (count == limit) return false;
    ++count;
    end = cluster_end;
    return true;
  });
  return utf8.substr(0, end);
}

}  // namespace bursary
