#include "features/queue/filter.h"

#include <charconv>
#include <limits>

#include "base/text.h"
#include "web/form_data.h"

namespace bursary::queue {
namespace {

constexpr std::size_t kLongestText = 1000;

std::optional<applications::Flag> flag_named(std::string_view name) {
  for (const auto flag : applications::kAllFlags) {
    if (applications::to_string(flag) == name) return flag;
  }
  return std::nullopt;
}

// "2026-03-01" as the first moment of that day, UTC.
std::optional<Instant> day(const std::string& text) { return parse_rfc3339(text + "T00:00:00Z"); }

std::string to_day(Instant at) { return to_rfc3339(at).substr(0, 10); }

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || value <= 0 ||
      value == std::numeric_limits<std::int64_t>::max())
    return std::nullopt;
  return value;
}

bool has_area(const forms::Definition& form, std::string_view area) {
  const forms::Question* question = form.find(form.meanings.areas);
  if (question == nullptr) return false;
  return std::ranges::any_of(question->options, [&](const auto& option) { return option.key == area; });
}

constexpr auto kDay = std::chrono::hours(24);

}  // namespace

ParsedFilter parse_filter(const web::Request& request, const programs::Program& program) {
  ParsedFilter parsed;
  const auto value = [&](std::string_view name) { return std::string(trim(request.parameter(name).value_or(""))); };
  const auto refuse = [&](std::string name, const char* key, const std::string& given) {
    parsed.problems.push_back({std::move(name), Phrase(key, {{"given", given}})});
  };
  if (const auto text = value("state"); !text.empty()) {
    parsed.filter.state = applications::state_named(text);
    if (!parsed.filter.state || *parsed.filter.state == applications::State::draft) {
      parsed.filter.state.reset();
      refuse("state", "queue.problem.state", text);
    }
  }
  if (const auto text = value("country"); !text.empty()) {
    if (program.form.country(text) != nullptr) {
      parsed.filter.country = text;
    } else {
      refuse("country", "queue.problem.country", text);
    }
  }
  if (const auto text = value("area"); !text.empty()) {
    if (has_area(program.form, text)) {
      parsed.filter.area = text;
    } else {
      refuse("area", "queue.problem.area", text);
    }
  }
  if (const auto text = value("flag"); !text.empty()) {
    parsed.filter.flag = flag_named(text);
    if (!parsed.filter.flag) refuse("flag", "queue.problem.flag", text);
  }
  if (const auto text = value("from"); !text.empty()) {
    parsed.filter.from = day(text);
    if (!parsed.filter.from) refuse("from", "queue.problem.date", text);
  }
  if (const auto text = value("until"); !text.empty()) {
    const auto last = day(text);  // the day itself is included
    if (last) {
      parsed.filter.until = *last + kDay;
    } else {
      refuse("until", "queue.problem.date", text);
    }
  }
  parsed.filter.text = value("q");
  if (parsed.filter.text.size() > kLongestText) {
    parsed.filter.text = first_characters(parsed.filter.text, 200);
    refuse("q", "queue.problem.long_text", "200");
  }
  parsed.cursor.older_than = whole_number(value("older"));
  if (!parsed.cursor.older_than) parsed.cursor.newer_than = whole_number(value("newer"));
  return parsed;
}

std::string to_query(const Filter& filter) {
  std::string out;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    if (!out.empty()) out += '&';
    out.append(name).append("=").append(web::percent_encode(value));
  };
  if (filter.state) add("state", applications::to_string(*filter.state));
  add("country", filter.country);
  add("area", filter.area);
  if (filter.flag) add("flag", applications::to_string(*filter.flag));
  if (filter.from) add("from", to_day(*filter.from));
  if (filter.until) add("until", to_day(*filter.until - kDay));
  add("q", filter.text);
  return out;
}

}  // namespace bursary::queue
