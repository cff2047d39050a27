// Markdown as markdown_to_text() gives it, without the addresses of links: for a line that is read where they lead
// nowhere.
#pragma once
#include <string>
#include <string_view>

namespace bursary::html {

std::string markdown_words(std::string_view source);

}  // namespace bursary::html
