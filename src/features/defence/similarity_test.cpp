#include "features/defence/similarity.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/search_words.h"

using bursary::defence::Band;
using bursary::defence::kBands;
using bursary::defence::kFewestWords;
using bursary::defence::shingles_of;

namespace {

std::vector<Band> bands_of(const std::string& text) {
  return bursary::defence::bands_of(shingles_of(bursary::search_words(text)));
}

double resemblance(const std::string& a, const std::string& b) {
  return bursary::defence::resemblance(shingles_of(bursary::search_words(a)), shingles_of(bursary::search_words(b)));
}

// `count` words "w0 w1 …" from `first` on, with every `changed`-th one replaced.
std::string text_of(int first, int count, int changed = 0) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    const bool other = changed > 0 && i % changed == changed - 1;
    text += (other ? "x" : "w") + std::to_string(first + i) + ' ';
  }
  return text;
}

int shared_bands(const std::string& a, const std::string& b) {
  const std::vector<Band> left = bands_of(a);
  const std::vector<Band> right = bands_of(b);
  int shared = 0;
  for (const Band& band : left) shared += static_cast<int>(std::count(right.begin(), right.end(), band));
  return shared;
}

}  // namespace

TEST_CASE("the same text shares every band, whatever its case, accents and white space") {
  const std::string text =
      "Does a modèle follow the stated objective, or one that merely resembles it? We ask the same question in "
      "twelve ways and compare what it does with what it says it would do.";
  std::string loud;
  for (const char c : text) loud += c == ' ' ? std::string("\n ") : std::string(1, c);
  std::transform(loud.begin(), loud.end(), loud.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  CHECK(bands_of(text).size() == kBands);
  CHECK(shared_bands(text, text) == kBands);
  CHECK(bands_of(text) == bands_of(loud));
  CHECK(resemblance(text, loud) == doctest::Approx(1.0));
}

TEST_CASE("resemblance is the Jaccard measure of the shingles") {
  // 100 words: 98 shingles. Another last word spoils one of them: 97 common of 99.
  CHECK(resemblance(text_of(0, 100), text_of(0, 99) + "other") == doctest::Approx(97.0 / 99.0));
  // Half of it: 48 shingles, all of them among the 98.
  CHECK(resemblance(text_of(0, 100), text_of(0, 50)) == doctest::Approx(48.0 / 98.0));
  CHECK(resemblance(text_of(0, 100), text_of(500, 100)) == 0.0);
}

TEST_CASE("bands find nearly all near duplicates and hardly any strangers") {
  int near = 0;
  int strangers = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string text = text_of(i * 1000, 300);
    const std::string copy = text_of(i * 1000, 300, 30);  // one word in thirty: resemblance about 0.82
    near += shared_bands(text, copy) > 0 ? 1 : 0;
    strangers += shared_bands(text, text_of(i * 1000 + 500'000, 300)) > 0 ? 1 : 0;
  }
  CHECK(near >= 185);  // 1 − (1 − 0.82⁵)⁸ = 0.97
  CHECK(strangers == 0);
}

TEST_CASE("a short text is never compared") {
  CHECK(bands_of("").empty());
  CHECK(bands_of(text_of(0, static_cast<int>(kFewestWords) - 1)).empty());
  CHECK(bands_of(text_of(0, static_cast<int>(kFewestWords))).size() == kBands);
  CHECK(resemblance("the same few words", "the same few words") == 0.0);
}

TEST_CASE("a text without spaces between words is compared too") {
  const std::string text =
      "我们研究语言模型在压力下是否仍然遵循既定目标，并比较其行为与自我描述之间的差异，以便提出可重复的评估方法。";
  CHECK(bands_of(text).size() == kBands);
  CHECK(resemblance(text, text) == doctest::Approx(1.0));
}

TEST_CASE("bands are stored, so their values never change") {
  const std::vector<Band> bands = bands_of(text_of(0, 40));
  REQUIRE(bands.size() == kBands);
  CHECK(bands[0].band == 0);
  CHECK(bands[7].band == 7);
  CHECK(bands[0].value == -7243597683907933141);
}
