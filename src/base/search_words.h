// Text cut into the words that search knows, the same for what is indexed and what is asked: folded (base/text.h) and
// segmented by UAX #29, so that words of Chinese, Japanese and Thai are found too.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace bursary {

// In order of appearance; each at most 80 bytes (longer ones are cut: nobody searches for them).
std::vector<std::string> search_words(std::string_view utf8);
// The same, with each cut further where something stands inside that is neither letter nor digit nor mark:
// "example.org" and "o'brien" are two words each. So that they are found by a part of them, and alike on both
// databases.
std::vector<std::string> search_parts(std::string_view utf8);
std::vector<std::string> search_parts(const std::vector<std::string>& words);
// The words, with single spaces between.
std::string search_text(std::string_view utf8);

}  // namespace bursary
