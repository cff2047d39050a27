#include "base/search_words.h"

#include <doctest/doctest.h>

using bursary::search_text;

TEST_CASE("words are folded and punctuation goes") {
  CHECK(search_text("Señor O'Brien's RED-teaming, v2.5!") == "senor o'brien's red teaming v2.5");
  CHECK(search_text("") == "");
  CHECK(search_text(" … — ") == "");
}

TEST_CASE("languages without spaces are cut into words") {
  CHECK(search_text("機械学習の安全性").find(' ') != std::string::npos);
  CHECK(search_text("การเรียนรู้ของเครื่อง").find(' ') != std::string::npos);
}

TEST_CASE("a word longer than anybody searches for is cut at a character") {
  const std::string long_word = [] {
    std::string s;
    for (int i = 0; i < 60; ++i) s += "ж";
    return s;
  }();
  CHECK(search_text(long_word).size() == 80);
}

TEST_CASE("a word that holds together is cut into parts for search") {
  using Words = std::vector<std::string>;
  CHECK(bursary::search_parts("O'Brien, O’Neill: v2.5 at www.example.org") ==
        Words{"o", "brien", "o", "neill", "v2", "5", "at", "www", "example", "org"});
  CHECK(bursary::search_parts("snake_case l·l") == Words{"snake", "case", "l", "l"});
  CHECK(bursary::search_parts("हिन्दी") == bursary::search_words("हिन्दी"));  // marks belong to their letters
  CHECK(bursary::search_parts(" … ").empty());
}
