#include "db/statement_text.h"

#include <cstring>
#include <stdexcept>

#include "base/text.h"

namespace bursary::db {

std::string to_dollar_placeholders(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  char quote = 0;
  for (const char c : text) {
    if (quote != 0) {
      if (c == quote) quote = 0;  // a doubled quote closes and opens again
    } else if (c == '\'' || c == '"') {
      quote = c;
    }
    out += quote == 0 && c == '?' ? '$' : c;
  }
  return out;
}

void check_text(std::string_view text) {
  if (!text.empty() && std::memchr(text.data(), '\0', text.size()) != nullptr) {
    throw std::invalid_argument("text for the database holds a NUL");
  }
  if (!is_utf8(text)) throw std::invalid_argument("text for the database is not UTF-8");
}

}  // namespace bursary::db
