#include "features/api/check.h"

#include <algorithm>
#include <set>

#include "base/instant.h"
#include "base/number.h"
#include "base/utf8.h"
#include "web/form_data.h"

namespace bursary::api {
namespace {

namespace json = boost::json;
using web::Schema;

constexpr std::size_t kMostProblems = 20;

std::int64_t characters(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

// RFC 6901.
std::string escaped(std::string_view name) {
  std::string out;
  for (const char c : name) c == '~' ? out += "~0" : c == '/' ? out += "~1" : out += c;
  return out;
}

std::string listed(const std::vector<std::string>& names) { return fmt::format("{}", fmt::join(names, ", ")); }

class Checking {
 public:
  std::vector<FieldError> problems;

  void look(const Schema& schema, const json::value& value, const std::string& at) {
    if (problems.size() >= kMostProblems) return;
    if (schema.kind == Schema::Kind::named) return look(*schema.definition, value, at);
    if (value.is_null() && schema.nullable) return;
    switch (schema.kind) {
      case Schema::Kind::text:
        return value.is_string() ? look_at_text(schema, value.get_string(), at) : say(at, "not_text");
      case Schema::Kind::integer:
        return look_at_whole(schema, value, at);
      case Schema::Kind::number:
        return value.is_number() ? void() : say(at, "not_number");
      case Schema::Kind::boolean:
        return value.is_bool() ? void() : say(at, "not_boolean");
      case Schema::Kind::list:
        return value.is_array() ? look_at_list(schema, value.get_array(), at) : say(at, "not_list");
      case Schema::Kind::object:
        return value.is_object() ? look_at_object(schema, value.get_object(), at) : say(at, "not_object");
      default:
        return;
    }
  }

  void look_at_text(const Schema& schema, std::string_view text, const std::string& at) {
    if (text.find('\0') != std::string_view::npos) return say(at, "nul");
    if (!schema.choices.empty() && std::ranges::find(schema.choices, text) == schema.choices.end())
      return say(at, "not_choice", {{"choices", listed(schema.choices)}});
    if (schema.format == "date-time" && !parse_rfc3339(text)) return say(at, "not_moment");
    if (schema.format == "date" && (text.size() != 10 || !parse_rfc3339(std::string(text) + "T00:00:00Z")))
      return say(at, "not_day");
    bound(schema, characters(text), at, "too_short", "too_long");
  }

 private:
  void say(const std::string& at, const char* what, std::vector<std::pair<std::string, std::string>> values = {}) {
    problems.push_back({at, Phrase(std::string("problem.api.") + what, std::move(values))});
  }

  void bound(const Schema& schema, std::int64_t size, const std::string& at, const char* below, const char* above) {
    if (schema.least && size < *schema.least) say(at, below, {{"limit", std::to_string(*schema.least)}});
    if (schema.most && size > *schema.most) say(at, above, {{"limit", std::to_string(*schema.most)}});
  }

  void look_at_whole(const Schema& schema, const json::value& value, const std::string& at) {
    if (!value.is_int64()) return say(at, "not_whole");
    bound(schema, value.get_int64(), at, "too_small", "too_large");
  }

  void look_at_list(const Schema& schema, const json::array& list, const std::string& at) {
    bound(schema, static_cast<std::int64_t>(list.size()), at, "too_short", "too_long");
    if (problems.size() >= kMostProblems) return;
    for (std::size_t i = 0; i < list.size(); ++i) look(schema.items.front(), list[i], at + "/" + std::to_string(i));
  }

  void look_at_object(const Schema& schema, const json::object& object, const std::string& at) {
    for (const web::Member& member : schema.members) {
      const json::value* value = object.if_contains(member.name);
      if (value != nullptr) look(member.schema, *value, at + "/" + escaped(member.name));
      if (value == nullptr && member.required) say(at + "/" + escaped(member.name), "missing");
    }
    for (const auto& [name, value] : object) {
      const bool known = std::ranges::any_of(schema.members, [&](const web::Member& one) { return one.name == name; });
      if (known || problems.size() >= kMostProblems) continue;
      const std::string place = at + "/" + escaped(std::string_view(name).substr(0, 100));
      if (!schema.items.empty()) {
        look(schema.items.front(), value, place);
        continue;
      }
      std::vector<std::string> names;
      names.reserve(schema.members.size());
      for (const web::Member& member : schema.members) names.push_back(member.name);
      say(place, "unknown_member",
          {{"name", std::string(std::string_view(name).substr(0, 100))}, {"known", listed(names)}});
    }
  }
};

// What a parameter's text is as JSON, by its schema; nothing for what is none.
std::optional<json::value> value_of(const Schema& schema, const std::string& text) {
  if (schema.kind == Schema::Kind::boolean) {
    if (text == "true" || text == "false") return json::value(text == "true");
    return std::nullopt;
  }
  if (schema.kind != Schema::Kind::integer) return json::value(text);
  const auto number = read_integer(text);
  return number ? std::optional(json::value(*number)) : std::nullopt;
}

std::vector<std::string> names_of(const web::Operation& operation) {
  std::vector<std::string> names;
  for (const web::Parameter& parameter : operation.parameters) {
    if (parameter.in == web::Parameter::In::query) names.push_back(parameter.name);
  }
  return names;
}

}  // namespace

std::vector<FieldError> check_value(const Schema& schema, const json::value& value) {
  Checking checking;
  checking.look(schema, value, "");
  return std::move(checking.problems);
}

std::vector<FieldError> check_parameters(const web::Operation& operation, const web::Request& request) {
  const auto form = web::parse_urlencoded(request.query);
  if (!form) return {{"?", form.error().message}};
  std::vector<FieldError> problems;
  std::set<std::string> seen;
  const std::vector<std::string> names = names_of(operation);
  for (const auto& [name, text] : form->fields) {
    const std::string at = "?" + name.substr(0, 100);
    const auto parameter = std::ranges::find_if(operation.parameters, [&](const web::Parameter& one) {
      return one.in == web::Parameter::In::query && one.name == name;
    });
    if (parameter == operation.parameters.end()) {
      problems.push_back({at, Phrase("problem.api.unknown_parameter",
                                     {{"name", name.substr(0, 100)}, {"known", names.empty() ? "–" : listed(names)}})});
    } else if (!seen.insert(name).second) {
      problems.push_back({at, "problem.api.twice"});
    } else if (const auto value = value_of(parameter->schema, text)) {
      Checking checking;
      checking.look(parameter->schema, *value, at);
      std::ranges::move(checking.problems, std::back_inserter(problems));
    } else {
      const bool whole = parameter->schema.kind == Schema::Kind::integer;
      problems.push_back({at, whole ? "problem.api.not_whole" : "problem.api.not_boolean"});
    }
    if (problems.size() >= kMostProblems) break;
  }
  for (const web::Parameter& parameter : operation.parameters) {
    if (parameter.in == web::Parameter::In::query && parameter.required && !seen.contains(parameter.name))
      problems.push_back({"?" + parameter.name, "problem.api.missing"});
  }
  return problems;
}

Result<json::object> read_body(const Schema& schema, std::string_view bytes) {
  boost::system::error_code problem;
  json::stream_parser parser;
  const std::size_t read = parser.write_some(bytes.data(), bytes.size(), problem);
  if (!problem && read == bytes.size()) parser.finish(problem);
  if (problem || read != bytes.size())
    return fail(ErrorKind::invalid, Phrase("problem.api.request.json", {{"offset", std::to_string(read)}}));
  const json::value value = parser.release();
  std::vector<FieldError> problems = check_value(schema, value);
  if (problems.empty()) return value.get_object();
  return fail(Error{ErrorKind::invalid, "problem.api.request.body", {}, std::move(problems)});
}

}  // namespace bursary::api
