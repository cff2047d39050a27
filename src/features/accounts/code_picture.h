// A text as squares that a phone's camera reads (ISO/IEC 18004), drawn as SVG. libqrencode underneath. Private.
#pragma once
#include <string>
#include <string_view>

#include "html/writer.h"

namespace bursary::accounts {

// `name` says for those who do not see it what it is. Throws std::invalid_argument for a text that is too long.
html::SafeHtml code_picture(const std::string& text, std::string_view name);

}  // namespace bursary::accounts
