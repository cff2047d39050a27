#include "features/queue/list_query.h"

#include <limits>

#include "base/number.h"
#include "base/text.h"
#include "features/queue/people.sql.h"
#include "web/form_data.h"

namespace bursary::queue {
namespace {

std::optional<std::int64_t> whole_number(std::string_view text) {
  const auto value = read_integer(text);
  return value && *value >= 0 ? value : std::nullopt;
}

Cursor read_cursor(const web::Request& request) {
  Cursor cursor;
  const auto take = [&](const char* name, std::optional<std::int64_t>& place) {
    const std::string text = request.parameter(name).value_or("");
    const auto dot = text.find('.');
    place = whole_number(std::string_view(text).substr(0, dot));
    // The largest number has no successor.
    if (place == std::numeric_limits<std::int64_t>::max() && dot == std::string::npos) place.reset();
    if (place && dot != std::string::npos) cursor.updated_at = whole_number(text.substr(dot + 1)).value_or(0);
    return place.has_value();
  };
  if (!take("older", cursor.older_than)) take("newer", cursor.newer_than);
  return cursor;
}

// "alignment", "\"Research, other\"": each value of a list as the language writes it.
std::string value_text(std::string_view value) {
  std::vector<std::string> values;
  for (std::string_view rest = value; !rest.empty();) {
    const auto comma = rest.find(',');
    const std::string_view one = trim(rest.substr(0, comma));
    if (!one.empty()) values.emplace_back(one);
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
  }
  return to_value_text(values);
}

// The select boxes and links of old: each parameter that says something else than the query does replaces its field
// there, an empty one takes it out.
std::optional<std::string> merged(const web::Request& request, const ReadQuery& query) {
  std::vector<QueryNode> terms = query.terms;
  std::string text = query.text();
  bool any = false;
  const auto set = [&](Field field, const std::string& given, const std::string& now) {
    any = true;
    if (given == now) return;
    text = with_field(terms, field, value_text(given));
    terms = parse_query(text).terms;
  };
  for (const Field field : kBoxes) {
    if (const auto value = request.parameter(to_string(field))) {
      set(field, std::string(trim(*value)), box_value(query.terms, field));
    }
  }
  const auto from = request.parameter("from"), until = request.parameter("until");
  if (from || until) {
    const DayBoxes now = day_boxes(query.filter);
    const std::string first(trim(from.value_or(""))), last(trim(until.value_or("")));
    const auto as_range = [](const std::string& a, const std::string& b) {
      return a.empty() && b.empty() ? std::string() : a + ".." + b;
    };
    set(Field::submitted, as_range(first, last), as_range(now.from, now.until));
  }
  return any ? std::optional(text) : std::nullopt;
}

}  // namespace

std::string list_address(std::string_view query, std::string_view more) {
  std::string out = "/staff";
  if (!query.empty()) out += "?q=" + web::percent_encode(query);
  if (!more.empty()) out.append(query.empty() ? "?" : "&").append(more);
  return out;
}

std::string to_parameter(const Cursor& cursor) {
  std::string out = cursor.older_than ? "older=" : "newer=";
  out += std::to_string(cursor.older_than ? *cursor.older_than : cursor.newer_than.value_or(0));
  if (cursor.updated_at != 0) out += "." + std::to_string(cursor.updated_at);
  return out;
}

std::string box_value(const std::vector<QueryNode>& terms, Field field) {
  for (const QueryNode& term : terms) {
    if (term.kind != QueryNode::Kind::field || term.negated || term.text != to_string(field)) continue;
    std::string out;
    for (const QueryValue& value : term.values) out += (out.empty() ? "" : ",") + value.text;
    return out;
  }
  return {};
}

DayBoxes day_boxes(const Filter& filter) {
  const auto day = [](std::int64_t micros) { return to_rfc3339(Instant{micros}).substr(0, 10); };
  DayBoxes boxes;
  if (filter.submitted.from) boxes.from = day(*filter.submitted.from);
  if (filter.submitted.until) boxes.until = day(*filter.submitted.until - 1);
  return boxes;
}

ListAddress read_address(const web::Request& request, const QueryReader& reader) {
  ListAddress out;
  const std::string typed(trim(request.parameter("q").value_or("")));
  out.query = read_query(typed, reader);
  if (const auto query = merged(request, out.query)) out.moved_to = list_address(*query);
  out.cursor = read_cursor(request);
  return out;
}

std::vector<Colleague> colleagues(db::Tx& tx, std::string_view program) {
  std::vector<Colleague> all;
  for (const db::Row row : tx.query(sql::queue::people::colleagues, program))
    all.push_back({row.integer(0), row.text(1)});
  return all;
}

}  // namespace bursary::queue
