// What text is, for every question and both sides of the wire: UTF-8, its hidden characters, its
// length in characters as a reader counts them and in words as UAX #29 does. Word and grapheme rules
// come from ICU and agree with the browser's Intl.Segmenter (tests/support/text_fixtures.json).
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace bursary {

bool is_ascii(std::string_view bytes);
bool is_utf8(std::string_view bytes);
// Invalid sequences become U+FFFD.
std::string repair_utf8(std::string_view bytes);

// C0 and C1 controls other than tab, LF and CR; includes NUL.
bool has_control_characters(std::string_view utf8);
// Bidirectional overrides and isolates (U+202A..202E, U+2066..2069): they can make text read as what it is not.
bool has_bidi_controls(std::string_view utf8);

// Cannot be seen, or turns the line around: controls with tab and line ends, format characters, separators of lines.
// Not the two joiners and the Arabic signs before numbers, which belong to what is written.
bool is_hidden(char32_t c);
// The same text without them; LF and tab stay.
std::string without_hidden(std::string_view utf8);

// CR LF and lone CR become LF.
std::string unify_newlines(std::string_view utf8);
// Unicode white space off both ends.
std::string_view trim(std::string_view utf8);
// Unicode NFC.
std::string to_nfc(std::string_view utf8);
// Folded for search and comparison: NFKC, case folded, accents off.
std::string fold(std::string_view utf8);

// Grapheme clusters, CR LF counted once.
std::size_t count_characters(std::string_view utf8);
// UAX #29 segments that hold a letter, number, kana or ideograph; fixed to the root locale.
std::size_t count_words(std::string_view utf8);
// At most `limit` characters, cut at a grapheme boundary.
std::string_view first_characters(std::string_view utf8, std::size_t limit);

// ASCII only.
std::string to_lower_ascii(std::string_view text);
bool equal_ignoring_case_ascii(std::string_view a, std::string_view b);

}  // namespace bursary
