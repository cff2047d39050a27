#include "html/phrasebook.h"

#include <doctest/doctest.h>

#include <set>

using namespace bursary;
using namespace bursary::html;

namespace {

using Texts = std::unordered_map<std::string, std::string>;

Texts texts_of(std::string_view tag) {
  Texts all;
  for (const BuiltInLocale& locale : built_in_locales()) {
    if (locale.tag != tag) continue;
    for (auto& [key, text] : read_catalogue(locale.toml, locale.file)) {
      CAPTURE(key);
      CHECK(all.emplace(key, text).second);  // one key, one file
    }
  }
  return all;
}

std::set<std::string> placeholders(const std::string& text) {
  std::set<std::string> found;
  for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
    found.insert(text.substr(open, text.find('}', open) + 1 - open));
  }
  return found;
}

Instant at(const char* text) { return parse_rfc3339(text).value_or(Instant{}); }

}  // namespace

TEST_CASE("every language has the same phrases with the same values") {
  const Texts english = texts_of("en");
  const Texts spanish = texts_of("es");
  REQUIRE(english.size() > 40);
  for (const auto& [key, text] : english) {
    CAPTURE(key);
    REQUIRE(spanish.contains(key));
    CHECK(placeholders(text) == placeholders(spanish.at(key)));
    CHECK_FALSE(spanish.at(key).empty());
  }
  for (const auto& [key, text] : spanish) {
    CAPTURE(key);
    CHECK(english.contains(key));
  }
}

TEST_CASE("a key belongs to the file of its first part") {
  for (const BuiltInLocale& locale : built_in_locales()) {
    const std::string module(locale.file.substr(0, locale.file.find('.')));
    for (const auto& [key, text] : read_catalogue(locale.toml, locale.file)) {
      CAPTURE(locale.file);
      CAPTURE(key);
      CHECK(key.starts_with(module + "."));
    }
  }
  CHECK(built_in_locales().front().tag == "en");
}

TEST_CASE("a broken catalogue names its file and line") {
  CHECK_THROWS_WITH_AS(read_catalogue("[a]\nb = 1\n", "x.toml"), "x.toml:2: 'a.b' must be a text", std::runtime_error);
  CHECK_THROWS_AS(read_catalogue("[a\n", "x.toml"), std::runtime_error);
}

TEST_CASE("plural forms follow the language and the value n") {
  const Phrasebook arabic(
      "ar", {{"t.zero", "z"}, {"t.one", "o"}, {"t.two", "w"}, {"t.few", "f"}, {"t.many", "m"}, {"t.other", "x"}},
      nullptr);
  CHECK(arabic.text("t", {{"n", "0"}}) == "z");
  CHECK(arabic.text("t", {{"n", "2"}}) == "w");
  CHECK(arabic.text("t", {{"n", "5"}}) == "f");
  CHECK(arabic.text("t", {{"n", "11"}}) == "m");
  CHECK(arabic.text("t", {{"n", "100"}}) == "x");
  CHECK(arabic.right_to_left());

  const Phrasebook english("en", {{"t.one", "{n} row of {all}"}, {"t.other", "{n} rows of {all}"}}, nullptr);
  CHECK(english.text("t", {{"n", "1"}, {"all", "1000"}}) == "1 row of 1000");
  CHECK(english.text("t", {{"n", "1234"}, {"all", "9"}}) == "1,234 rows of 9");
  CHECK(english.text("t", {{"n", "-1"}, {"all", ""}}) == "-1 row of ");
  CHECK(english.text("t", {{"n", "many"}, {"all", "x"}}) == "many rows of x");
  CHECK(english.text("t") == "t");
  CHECK_FALSE(english.right_to_left());
}

TEST_CASE("a missing phrase falls back to English by English rules, then to its key") {
  const Phrasebook english("en", {{"a", "A"}, {"n.one", "one"}, {"n.other", "other"}}, nullptr);
  const Phrasebook french("fr", {{"b", "B {x"}}, &english);
  CHECK(french.text("a") == "A");
  CHECK(french.text("n", {{"n", "0"}}) == "other");  // French would say "one"
  CHECK(french.text("b", {{"x", "1"}}) == "B {x");
  CHECK(french.text("nowhere.at.all") == "nowhere.at.all");
  CHECK(french.has("b"));
  CHECK_FALSE(french.has("a"));
  CHECK(english.has("n"));
}

TEST_CASE("numbers, dates and times as the language writes them") {
  const Phrasebook english("en", {}, nullptr);
  const Phrasebook spanish("es", {}, nullptr);
  CHECK(english.number(1'234'567) == "1,234,567");
  CHECK(spanish.number(1'234'567) == "1.234.567");
  CHECK(english.date(at("2026-03-03T14:02:00Z")) == "3 March 2026");
  CHECK(spanish.date(at("2026-03-03T14:02:00Z")) == "3 de marzo de 2026");
  CHECK(english.date_time(at("2026-03-03T14:02:00Z")) == "3 March 2026, 14:02 UTC");
  CHECK(english.date_time(at("2026-03-03T23:30:00Z"), "Africa/Nairobi").starts_with("4 March 2026, 02:30 "));
  CHECK(english.date_time(at("2026-03-03T14:02:00Z"), "Nowhere/City") == "3 March 2026, 14:02 UTC");
  CHECK(spanish.date_time(at("2026-03-03T14:02:00Z")) == "3 de marzo de 2026, 14:02 UTC");
}

TEST_CASE("the program's words lie over the product's") {
  const auto books = Phrasebooks::build({"es", "en", "fr"}, {{"en", {{"program.x", "X"}, {"problem.title", "Oh"}}},
                                                             {"fr", {{"problem.title", "Problème"}}}});
  CHECK(books->all().size() == 3);
  CHECK(books->get("en").text("problem.title") == "Oh");
  CHECK(books->get("es").text("problem.title") == "Hay un problema");
  CHECK(books->get("es").text("program.x") == "X");
  CHECK(books->get("fr").text("problem.title") == "Problème");
  CHECK(books->get("fr").text("problem.error_prefix") == "Error: ");
  CHECK(books->get("xx").tag() == "es");
  CHECK(books->get("ES").tag() == "es");
  CHECK(Phrasebooks::build({}, {})->get("").tag() == "en");
  CHECK(Phrasebooks::build({"es-MX"}, {})->get("es-MX").text("problem.title") == "Hay un problema");
}

TEST_CASE("a language is chosen from Accept-Language") {
  const auto books = Phrasebooks::build({"en", "es", "pt-BR", "zh-Hant"}, {});
  const auto chosen = [&](std::string_view header) { return books->negotiate(header).tag(); };
  CHECK(chosen("") == "en");
  CHECK(chosen("es") == "es");
  CHECK(chosen("ES-mx") == "es");
  CHECK(chosen("fr, es;q=0.5, en;q=0.8") == "en");
  CHECK(chosen("es;q=0.9,en;q=0.9") == "es");
  CHECK(chosen("en;q=0, es") == "es");
  CHECK(chosen("es;q=0") == "en");
  CHECK(chosen("pt") == "en");
  CHECK(chosen("pt-BR-x-mine") == "pt-BR");
  CHECK(chosen("zh-Hant-a-b-c") == "zh-Hant");
  CHECK(chosen("*") == "en");
  CHECK(chosen("es;q=high") == "en");
  CHECK(chosen(";;;,,,q=1") == "en");
  CHECK(chosen("es;q=1.0000") == "en");  // one digit too many: malformed
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += "xx,";
  CHECK(chosen(many + "es") == "en");
}

TEST_CASE("English writes e-mail, but for a label that says Email alone") {
  std::string prose;
  for (const auto& [key, text] : texts_of("en")) {
    std::string said = text;
    for (std::size_t at = 0; (at = said.find("{email}")) != std::string::npos;) said.erase(at, 7);
    const bool other = said.find("email") != std::string::npos || said.find("Email") != std::string::npos;
    if (other && said != "Email") prose.append(key).append(": ").append(text).append("\n");
  }
  CHECK(prose == "");
}
