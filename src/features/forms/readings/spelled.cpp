// Numbers in words, 0 to 99, in English and Spanish.
#include <array>

#include "features/forms/readings/tokens.h"

namespace bursary::forms {
namespace {

struct Word {
  std::string_view text;
  std::int64_t value;
  unsigned language;
};

// "once" is eleven in Spanish and "one time" in English, so it counts only beside a Spanish word (read_number refuses
// it).
constexpr std::array kSmallNumbers = std::to_array<Word>({
    {"zero", 0, kEnglish},        {"one", 1, kEnglish},           {"two", 2, kEnglish},
    {"three", 3, kEnglish},       {"four", 4, kEnglish},          {"five", 5, kEnglish},
    {"six", 6, kEnglish},         {"seven", 7, kEnglish},         {"eight", 8, kEnglish},
    {"nine", 9, kEnglish},        {"ten", 10, kEnglish},          {"eleven", 11, kEnglish},
    {"twelve", 12, kEnglish},     {"thirteen", 13, kEnglish},     {"fourteen", 14, kEnglish},
    {"fifteen", 15, kEnglish},    {"sixteen", 16, kEnglish},      {"seventeen", 17, kEnglish},
    {"eighteen", 18, kEnglish},   {"nineteen", 19, kEnglish},     {"cero", 0, kSpanish},
    {"uno", 1, kSpanish},         {"una", 1, kSpanish},           {"un", 1, kSpanish},
    {"dos", 2, kSpanish},         {"tres", 3, kSpanish},          {"cuatro", 4, kSpanish},
    {"cinco", 5, kSpanish},       {"seis", 6, kSpanish},          {"siete", 7, kSpanish},
    {"ocho", 8, kSpanish},        {"nueve", 9, kSpanish},         {"diez", 10, kSpanish},
    {"once", 11, kSpanish},       {"doce", 12, kSpanish},         {"trece", 13, kSpanish},
    {"catorce", 14, kSpanish},    {"quince", 15, kSpanish},       {"dieciséis", 16, kSpanish},
    {"dieciseis", 16, kSpanish},  {"diecisiete", 17, kSpanish},   {"dieciocho", 18, kSpanish},
    {"diecinueve", 19, kSpanish}, {"veintiuno", 21, kSpanish},    {"veintiún", 21, kSpanish},
    {"veintidós", 22, kSpanish},  {"veintidos", 22, kSpanish},    {"veintitrés", 23, kSpanish},
    {"veintitres", 23, kSpanish}, {"veinticuatro", 24, kSpanish}, {"veinticinco", 25, kSpanish},
    {"veintiséis", 26, kSpanish}, {"veintiseis", 26, kSpanish},   {"veintisiete", 27, kSpanish},
    {"veintiocho", 28, kSpanish}, {"veintinueve", 29, kSpanish},
});

constexpr std::array kTens = std::to_array<Word>({
    {"twenty", 20, kEnglish},
    {"thirty", 30, kEnglish},
    {"forty", 40, kEnglish},
    {"fifty", 50, kEnglish},
    {"sixty", 60, kEnglish},
    {"seventy", 70, kEnglish},
    {"eighty", 80, kEnglish},
    {"ninety", 90, kEnglish},
    {"veinte", 20, kSpanish},
    {"treinta", 30, kSpanish},
    {"cuarenta", 40, kSpanish},
    {"cincuenta", 50, kSpanish},
    {"sesenta", 60, kSpanish},
    {"setenta", 70, kSpanish},
    {"ochenta", 80, kSpanish},
    {"noventa", 90, kSpanish},
});

template <std::size_t N>
const Word* find(const std::array<Word, N>& words, const std::vector<Token>& tokens, std::size_t at) {
  if (at >= tokens.size() || tokens[at].kind != Token::Kind::word) return nullptr;
  for (const Word& word : words) {
    if (word.text == tokens[at].lower) return &word;
  }
  return nullptr;
}

}  // namespace

std::optional<SpelledNumber> read_spelled(const std::vector<Token>& tokens, std::size_t at) {
  if (const Word* unit = find(kSmallNumbers, tokens, at)) return SpelledNumber{unit->value, unit->language, 1};
  const Word* tens = find(kTens, tokens, at);
  if (tens == nullptr) return std::nullopt;
  const SpelledNumber alone{tens->value, tens->language, 1};
  // "twenty-four", "twenty four", "treinta y dos"
  const bool bound = at + 1 < tokens.size() && tokens[at + 1].lower == (tens->language == kEnglish ? "-" : "y");
  if (!bound && tens->language == kSpanish) return alone;
  const Word* unit = find(kSmallNumbers, tokens, at + (bound ? 2 : 1));
  if (unit == nullptr || unit->language != tens->language || unit->value < 1 || unit->value > 9) {
    if (bound) return std::nullopt;
    return alone;
  }
  return SpelledNumber{tens->value + unit->value, tens->language, bound ? std::size_t{3} : std::size_t{2}};
}

}  // namespace bursary::forms
