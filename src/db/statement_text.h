// What both databases do to statements and values on their way in.
#pragma once
#include <string>
#include <string_view>

namespace bursary::db {

// "?1" to "$1" outside of quotes.
std::string to_dollar_placeholders(std::string_view text);

// PostgreSQL refuses both; SQLite would keep them and give them back to somebody.
// Throws std::invalid_argument for bytes that are not UTF-8 and for a NUL.
void check_text(std::string_view text);

}  // namespace bursary::db
