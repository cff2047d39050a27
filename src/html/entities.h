// Character references as Markdown lets people write them.
#pragma once
#include <string>
#include <string_view>

namespace bursary::html {

// "&amp;", "&#233;", "&#xE9;" as UTF-8. A name that is not known, or a number that is no character, stays as typed.
std::string decode_entity(std::string_view reference);

}  // namespace bursary::html
