#include "features/programs/table_reader.h"

#include "base/text.h"

namespace bursary::programs {

std::string accept_text(std::string_view text, const Place& at, std::string_view name, Report& report,
                        std::size_t longest) {
  const std::string unified = unify_newlines(text);
  const std::string_view trimmed = trim(unified);
  if (has_control_characters(trimmed) || has_bidi_controls(trimmed)) {
    report.error("hidden-characters", at, fmt::format("The text of {} holds invisible control characters.", name),
                 "Type the text again by hand; it was probably pasted from a document that hides marks in it.");
    return {};
  }
  if (trimmed.size() > longest) {
    report.error("text-too-long", at, fmt::format("The text of {} is longer than {} bytes.", name, longest),
                 "Shorten it, or make it a page of its own and link to it.");
    return {};
  }
  return std::string(trimmed);
}

TableReader::TableReader(const Value& table, std::string file, std::string what, Report& report)
    : table_(table), file_(std::move(file)), what_(std::move(what)), report_(report) {}

Place TableReader::at(std::string_view key) const {
  for (const Value::Entry& entry : table_.entries) {
    if (entry.key == key) return {file_, entry.line};
  }
  return at();
}

void TableReader::wrong_type(std::string_view key, std::string_view wanted, const Value& found) {
  report_.error("wrong-type", {file_, found.line > 0 ? found.line : at(key).line},
                fmt::format("\"{}\" of {} is {}.", key, what_, kind_name(found.kind)),
                fmt::format("Make it {}.", wanted));
}

const Value* TableReader::any(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
  return table_.find(key);
}

PlacedText TableReader::text(std::string_view key, Need need) {
  const Value* value = any(key);
  if (value == nullptr) {
    if (need == Need::required) {
      report_.error("missing-key", at(), fmt::format("{} has no \"{}\".", what_, key),
                    fmt::format("Add a line: {} = \"…\"", key));
    }
    return {};
  }
  if (value->kind != Value::Kind::text) {
    wrong_type(key, "a text in quotes", *value);
    return {};
  }
  if (trim(value->text).empty()) {
    report_.error("empty-text", at(key), fmt::format("\"{}\" of {} is empty.", key, what_),
                  need == Need::required ? "Write the text." : "Write the text, or take the line away.");
    return {};
  }
  return {accept_text(value->text, at(key), fmt::format("\"{}\"", key), report_), value->text_line};
}

std::optional<std::int64_t> TableReader::whole(std::string_view key, std::int64_t least, std::int64_t most) {
  const Value* value = any(key);
  if (value == nullptr) return std::nullopt;
  if (value->kind != Value::Kind::integer) {
    wrong_type(key, "a whole number", *value);
    return std::nullopt;
  }
  if (value->number < 0 && least >= 0) {
    report_.error("negative-number", at(key), fmt::format("\"{}\" of {} is {}.", key, what_, value->number),
                  fmt::format("Give a whole number from {} to {}.", least, most));
    return std::nullopt;
  }
  if (value->number < least || value->number > most) {
    report_.error("out-of-range", at(key), fmt::format("\"{}\" of {} is {}.", key, what_, value->number),
                  fmt::format("Give a whole number from {} to {}.", least, most));
    return std::nullopt;
  }
  return value->number;
}

bool TableReader::boolean(std::string_view key, bool otherwise) {
  const Value* value = any(key);
  if (value == nullptr) return otherwise;
  if (value->kind != Value::Kind::boolean) {
    wrong_type(key, "true or false, without quotes", *value);
    return otherwise;
  }
  return value->flag;
}

std::vector<PlacedText> TableReader::texts(std::string_view key) {
  const Value* value = any(key);
  if (value == nullptr) return {};
  if (value->kind != Value::Kind::array) {
    wrong_type(key, "a list of texts: [\"…\", \"…\"]", *value);
    return {};
  }
  std::vector<PlacedText> out;
  for (const Value& item : value->items) {
    if (item.kind != Value::Kind::text) {
      wrong_type(key, "a list of texts: [\"…\", \"…\"]", item);
    } else if (trim(item.text).empty()) {
      report_.error("empty-text", {file_, item.line}, fmt::format("A text in \"{}\" of {} is empty.", key, what_),
                    "Write the text, or take it out of the list.");
    } else {
      out.push_back({accept_text(item.text, {file_, item.line}, fmt::format("\"{}\"", key), report_), item.line});
    }
  }
  return out;
}

std::vector<const Value*> TableReader::tables(std::string_view key) {
  const Value* value = any(key);
  if (value == nullptr) return {};
  std::vector<const Value*> out;
  if (value->kind != Value::Kind::array) {
    wrong_type(key, fmt::format("a list of tables, each headed [[{}]]", key), *value);
    return out;
  }
  for (const Value& item : value->items) {
    if (item.kind == Value::Kind::table) {
      out.push_back(&item);
    } else {
      wrong_type(key, fmt::format("a list of tables, each headed [[{}]]", key), item);
    }
  }
  return out;
}

const Value* TableReader::table(std::string_view key) {
  const Value* value = any(key);
  if (value != nullptr && value->kind != Value::Kind::table) {
    wrong_type(key, fmt::format("a table: [{}] or {{ … }}", key), *value);
    return nullptr;
  }
  return value;
}

void TableReader::done() {
  constexpr int kEnough = 50;  // of one table: finding the nearest key takes its time
  int told = 0;
  for (const Value::Entry& entry : table_.entries) {
    if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
    if (++told > kEnough) return;
    const std::string near = nearest(entry.key, known_);
    report_.error("unknown-key", {file_, entry.line}, fmt::format("{} has no key {}.", what_, in_quotes(entry.key)),
                  near.empty() ? fmt::format("Take it away. What may stand here: {}.", listed(known_, 30))
                               : fmt::format("Did you mean \"{}\"?", near));
  }
}

}  // namespace bursary::programs
