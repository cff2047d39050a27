#include "base/segments.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "base/random.h"
#include "base/text.h"

using namespace bursary;

namespace {

boost::json::array fixtures() {
  std::ifstream in(BURSARY_SOURCE_DIR "/tests/support/text_fixtures.json");
  std::ostringstream text;
  text << in.rdbuf();
  return boost::json::parse(text.str()).as_array();
}

std::string random_text(Random& random, const std::vector<std::string>& alphabet) {
  std::string text;
  for (auto left = random.below(30); left > 0; --left) text += alphabet[random.below(alphabet.size())];
  return text;
}

}  // namespace

TEST_CASE("characters and words are counted as the browser counts them") {
  const auto cases = fixtures();
  CHECK(cases.size() >= 50);
  for (const auto& one : cases) {
    const std::string name(one.at("name").as_string());
    const std::string text(one.at("text").as_string());
    CHECK_MESSAGE(count_characters(text) == one.at("characters").to_number<std::size_t>(), name);
    CHECK_MESSAGE(count_words(text) == one.at("words").to_number<std::size_t>(), name);
    CHECK_MESSAGE(first_characters(text, 1000) == text, name);
  }
}

TEST_CASE("the short way and ICU agree on any Latin text") {
  SeededRandom random(20260301);
  const std::vector<std::string> latin{"a", "b", "Z", "0",  "9",  "_",  ".",    ",",        ":", ";", "'", "\"", "-",
                                       "/", "@", " ", "  ", "\t", "\n", "\r\n", "\r",       "é", "ß", "ŷ", "·",  "ª",
                                       "²", "’", "‘", "“",  "…",  "–",  "‧",    "\xC2\xA0", "(", "$", "%", "#",  "*"};
  for (int round = 0; round < 20000; ++round) {
    const std::string text = random_text(random, latin);
    const auto words = segments::count_words_latin(text);
    REQUIRE_MESSAGE(words == segments::count_words_icu(text), text);
    REQUIRE_MESSAGE(count_characters(text) == segments::count_characters_icu(text), text);
  }
}

TEST_CASE("characters that stand alone are counted without ICU, the others by it") {
  SeededRandom random(7);
  const std::vector<std::string> mixed{"a",
                                       " ",
                                       "\r",
                                       "\n",
                                       "\r\n",
                                       "e\xCC\x81",
                                       "\xCC\x81",
                                       "é",
                                       "Ж",
                                       "Ά",
                                       "中",
                                       "か",
                                       "ガ",
                                       "\xE3\x82\x99",
                                       "한",
                                       "\xE1\x84\x92",
                                       "\xE1\x85\xA1",
                                       "👍",
                                       "🏽",
                                       "🇰",
                                       "🇪",
                                       "\xE2\x80\x8D",
                                       "❤",
                                       "\xEF\xB8\x8F",
                                       "ก",
                                       "ำ",
                                       "न",
                                       "्",
                                       "ם",
                                       "ب",
                                       "\xC2\xAD",
                                       "\xE2\x80\x8B",
                                       "©"};
  for (int round = 0; round < 20000; ++round) {
    const std::string text = random_text(random, mixed);
    REQUIRE_MESSAGE(count_characters(text) == segments::count_characters_icu(text), text);
  }
  CHECK_FALSE(segments::count_words_latin("слово").has_value());
  CHECK_FALSE(segments::count_words_latin("co\xC2\xADoperate").has_value());
}

TEST_CASE("text is cut between characters") {
  CHECK(first_characters("abc", 0).empty());
  CHECK(first_characters("abc", 2) == "ab");
  CHECK(first_characters("a\r\nb", 2) == "a\r\n");
  CHECK(first_characters("e\xCC\x81x", 1) == "e\xCC\x81");
  CHECK(first_characters("👨‍👩‍👧‍👦!", 1) == "👨‍👩‍👧‍👦");
  CHECK(first_characters("🇰🇪🇧🇷", 1) == "🇰🇪");
}
