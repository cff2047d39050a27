// A TOML document as a plain tree with line numbers. toml++ is seen in toml_value.cpp alone.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/programs/report.h"

namespace bursary::programs {

struct Value {
  // date: "2026-03-01"; local_time: "2026-03-01T09:00:00"; instant: RFC 3339 with its offset; all in `text`.
  enum class Kind { text, integer, real, boolean, date, local_time, instant, time, array, table };
  struct Entry;

  Kind kind = Kind::table;
  int line = 0;
  int text_line = 0;  // where the first line of a text stands: below the opening quotes of a long one
  std::string text;
  std::int64_t number = 0;
  bool flag = false;
  std::vector<Value> items;
  std::vector<Entry> entries;  // in the order of the file

  const Value* find(std::string_view key) const;
};
struct Value::Entry {
  std::string key;
  int line = 0;
  Value value;
};

// "a text", "a whole number" …: what a value is, for messages.
std::string_view kind_name(Value::Kind kind);

// Reports "syntax-error" or "too-deep" and returns nothing when the text is not TOML that we take. `first_line` is the
// number of its first line in the file (a page's head begins on line 2).
std::optional<Value> parse_toml(std::string_view text, const std::string& file, int first_line, Report& report);

}  // namespace bursary::programs
