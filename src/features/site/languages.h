// The same page in another language.
#pragma once
#include <string>
#include <string_view>

#include "html/phrasebook.h"

namespace bursary::site {

// In its own words: "Español"; its tag where it has no name for itself.
std::string language_name(const html::Phrasebook& book);
// "/search?q=x" → "/search?q=x&lang=es"; a fragment is dropped.
std::string in_language(std::string_view path, std::string_view tag);

}  // namespace bursary::site
