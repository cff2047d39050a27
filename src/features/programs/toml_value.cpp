#include "features/programs/toml_value.h"

#include <toml++/toml.h>

namespace bursary::programs {
namespace {

// Nesting is refused before the parser sees it: a tree of tens of thousands of levels, which dotted keys make out of a
// few kilobytes, would exhaust the stack when it is taken down.
constexpr int kDeepest = 16;

// Follows strings and comments just enough to know which brackets and dots are structure.
class DepthScan {
 public:
  explicit DepthScan(std::string_view text) : text_(text) {}

  // The line on which nesting gets too deep, or 0.
  int too_deep_at() {
    while (at_ < text_.size()) {
      step();
      if (brackets_ > kDeepest || dots_ > kDeepest) return line_;
    }
    return 0;
  }

 private:
  void step() {
    const char c = text_[at_];
    if (c == '"' || c == '\'') return skip_string(c);
    ++at_;
    if (c == '\n') ++line_, dots_ = 0;
    if (c == '#') skip_comment();
    if (c == '[' || c == '{') ++brackets_;
    if ((c == ']' || c == '}') && brackets_ > 0) --brackets_;
    if (c == '.') ++dots_;
    if (c == '=' || c == ',' || c == '{') dots_ = 0;
  }
  void skip_comment() {
    while (at_ < text_.size() && text_[at_] != '\n') ++at_;
  }
  bool here(std::string_view what) const { return text_.substr(at_, what.size()) == what; }

  void skip_string(char quote) {
    const std::string fence(3, quote);
    const bool many_lines = here(fence);
    at_ += many_lines ? 3 : 1;
    while (at_ < text_.size()) {
      if (many_lines && here(fence)) {
        at_ += 3;
        while (at_ < text_.size() && text_[at_] == quote) ++at_;
        return;
      }
      const char c = text_[at_];
      if (!many_lines && c == '\n') return;  // broken; the parser says so
      const bool escape = c == '\\' && quote == '"';
      if (c == '\n' || (escape && text_.substr(at_ + 1, 1) == "\n")) ++line_;
      at_ += escape ? 2 : 1;
      if (!many_lines && c == quote) return;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  int brackets_ = 0;
  int dots_ = 0;
};

int line_of(const toml::source_position& at) { return static_cast<int>(at.line); }

std::string two(unsigned n) { return fmt::format("{:02}", n); }
std::string iso(const toml::date& d) { return fmt::format("{:04}-{}-{}", d.year, two(d.month), two(d.day)); }
std::string iso(const toml::time& t) { return two(t.hour) + ":" + two(t.minute) + ":" + two(t.second); }

void take_date_time(const toml::date_time& from, Value& value) {
  value.text = iso(from.date) + "T" + iso(from.time);
  value.kind = Value::Kind::local_time;
  if (!from.offset) return;
  value.kind = Value::Kind::instant;
  const int minutes = from.offset->minutes;
  const unsigned size = static_cast<unsigned>(minutes < 0 ? -minutes : minutes);
  value.text += minutes == 0 ? "Z" : fmt::format("{}{}:{}", minutes < 0 ? '-' : '+', two(size / 60), two(size % 60));
}

Value convert(const toml::node& node);

void take_table(const toml::table& table, Value& value) {
  for (const auto& [key, child] : table) {
    value.entries.push_back({std::string(key.str()), line_of(key.source().begin), convert(child)});
  }
  // toml++ keeps tables sorted by key; people read files from top to bottom.
  std::stable_sort(value.entries.begin(), value.entries.end(),
                   [](const Value::Entry& a, const Value::Entry& b) { return a.line < b.line; });
}

Value convert(const toml::node& node) {
  Value value;
  value.line = line_of(node.source().begin);
  value.text_line = value.line + (node.source().end.line > node.source().begin.line ? 1 : 0);
  switch (node.type()) {
    case toml::node_type::string:
      value.kind = Value::Kind::text;
      value.text = node.as_string()->get();
      break;
    case toml::node_type::integer:
      value.kind = Value::Kind::integer;
      value.number = node.as_integer()->get();
      break;
    case toml::node_type::boolean:
      value.kind = Value::Kind::boolean;
      value.flag = node.as_boolean()->get();
      break;
    case toml::node_type::date:
      value.kind = Value::Kind::date;
      value.text = iso(node.as_date()->get());
      break;
    case toml::node_type::time:
      value.kind = Value::Kind::time;
      value.text = iso(node.as_time()->get());
      break;
    case toml::node_type::date_time:
      take_date_time(node.as_date_time()->get(), value);
      break;
    case toml::node_type::array:
      value.kind = Value::Kind::array;
      for (const toml::node& item : *node.as_array()) value.items.push_back(convert(item));
      break;
    case toml::node_type::table:
      value.kind = Value::Kind::table;
      take_table(*node.as_table(), value);
      break;
    default:
      value.kind = Value::Kind::real;
      break;
  }
  return value;
}

void shift_lines(Value& value, int by) {
  value.line += by;
  value.text_line += by;
  for (Value& item : value.items) shift_lines(item, by);
  for (Value::Entry& entry : value.entries) {
    entry.line += by;
    shift_lines(entry.value, by);
  }
}

}  // namespace

const Value* Value::find(std::string_view key) const {
  for (const Entry& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

std::string_view kind_name(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::text:
      return "a text in quotes";
    case Value::Kind::integer:
      return "a whole number";
    case Value::Kind::real:
      return "a number with a fraction";
    case Value::Kind::boolean:
      return "true or false";
    case Value::Kind::date:
      return "a date";
    case Value::Kind::local_time:
      return "a date with a time";
    case Value::Kind::instant:
      return "a date with a time and an offset";
    case Value::Kind::time:
      return "a time";
    case Value::Kind::array:
      return "a list in [ ]";
    case Value::Kind::table:
      return "a table";
  }
  return "a value";
}

std::optional<Value> parse_toml(std::string_view text, const std::string& file, int first_line, Report& report) {
  if (const int line = DepthScan(text).too_deep_at(); line > 0) {
    report.error("too-deep", {file, line + first_line - 1},
                 fmt::format("Tables or lists stand in one another more than {} deep.", kDeepest),
                 "Write it flatter; no program file needs more than four levels.");
    return std::nullopt;
  }
  try {
    const toml::table table = toml::parse(text, file);
    Value value = convert(table);
    if (first_line > 1) shift_lines(value, first_line - 1);
    return value;
  } catch (const toml::parse_error& problem) {
    report.error("syntax-error", {file, line_of(problem.source().begin) + first_line - 1},
                 fmt::format("This is not TOML: {}.", problem.description()),
                 "Mend the line: texts stand in quotes, lists in [ ], and every key is given once.");
    return std::nullopt;
  }
}

}  // namespace bursary::programs
