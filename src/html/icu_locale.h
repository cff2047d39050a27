// The ICU locale that a language tag of ours stands for. Private to html/.
#pragma once
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <string>

namespace bursary::html {

// Plain "en" would be American to ICU; the catalogue is written in international English: day before month.
icu::Locale icu_locale(const std::string& tag);
std::string to_utf8(const icu::UnicodeString& text);

}  // namespace bursary::html
