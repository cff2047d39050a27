// Text cut into the words that search knows, the same for what is indexed and what is asked: folded (base/text.h) and
// segmented by UAX #29, so that words of Chinese, Japanese and Thai are found too.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace bursary {

// In order of appearance; each at most 80 bytes (longer ones are cut: nobody searches for them).
std::vector<std::string> search_words(std::string_view utf8);
// The same, with single spaces between.
std::string search_text(std::string_view utf8);

}  // namespace bursary
