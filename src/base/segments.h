// The two ways by which text.h counts, open to the test that holds them against each other. Use text.h.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace bursary::segments {

// Words of text in Latin letters and common punctuation; nullopt where only ICU can tell.
std::optional<std::size_t> count_words_latin(std::string_view text);
std::size_t count_words_icu(std::string_view text);
std::size_t count_characters_icu(std::string_view text);

}  // namespace bursary::segments
