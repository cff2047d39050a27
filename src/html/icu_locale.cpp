#include "html/icu_locale.h"

namespace bursary::html {

icu::Locale icu_locale(const std::string& tag) {
  if (tag == "en") return icu::Locale("en", "GB");
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale locale = icu::Locale::forLanguageTag(tag, status);
  return U_SUCCESS(status) ? locale : icu::Locale::getRoot();
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

}  // namespace bursary::html
