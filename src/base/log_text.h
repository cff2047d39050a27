// Text of anybody's making inside a line of the log.
#pragma once
#include <string>
#include <string_view>

namespace bursary {

// For between the quotes of a JSON string: one line whatever it holds, valid UTF-8, and every character that cannot be
// seen or turns the line around (controls, directions, separators of lines) as \uXXXX.
std::string log_text(std::string_view text);

}  // namespace bursary
