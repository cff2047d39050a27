// Definition as canonical JSON and back. Absent members have the default of definition.h.
#include <fmt/format.h>

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "features/forms/definition.h"

namespace bursary::forms {

// The members of each struct serve writing and reading; their names are in order, for that is the order of the JSON.
BOOST_DESCRIBE_STRUCT(Option, (), (guidance, key, label))
BOOST_DESCRIBE_STRUCT(Condition, (), (question, values))
BOOST_DESCRIBE_STRUCT(Limits, (),
                      (earliest, file_types, latest, max_characters, max_choices, max_file_bytes, max_files, max_words,
                       min_choices, min_words))
BOOST_DESCRIBE_STRUCT(Question, (),
                      (autocomplete, consent, document, help, hint, key, label, limits, missing, name, options, prompt,
                       required, required_when, restricted, shown_when, type, why))
BOOST_DESCRIBE_STRUCT(Section, (), (intro, key, optional, questions, title))
BOOST_DESCRIBE_STRUCT(Country, (), (code, name, supported))
BOOST_DESCRIBE_STRUCT(Meanings, (),
                      (areas, budget, country, description, duration, email, first_name, institution, investigators,
                       last_name, models))
BOOST_DESCRIBE_STRUCT(Definition, (), (countries, documents, meanings, sections, unsupported_country_blocks))

namespace {

namespace json = boost::json;

constexpr std::size_t kLargestDefinition = 4u << 20;  // bytes of one definition
constexpr std::size_t kDeepestDefinition = 16;

// Calls v(name, member) for each.
template <class T>
void members_of(T& of, auto&& v) {
  using Members = boost::describe::describe_members<std::remove_const_t<T>, boost::describe::mod_public>;
  boost::mp11::mp_for_each<Members>([&](auto member) { v(member.name, of.*member.pointer); });
}

// ---- writing

template <class T>
json::value written(const T& value);

struct Writing {
  json::object& out;
  template <class T>
  void operator()(std::string_view name, const T& value) {
    if (!(value == defaults<T>(name))) out.emplace(name, written(value));
  }
  // A member's default is that of definition.h, which for three of them is not T{}.
  template <class T>
  static T defaults(std::string_view name) {
    if constexpr (std::is_same_v<T, bool>) return name == "supported";
    if constexpr (std::is_same_v<T, std::size_t>)
      return name == "max_files" ? Limits{}.max_files : Limits{}.max_file_bytes;
    return T{};
  }
};

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
using Texts = std::map<std::string, std::string, std::less<>>;

template <class T>
json::value written(const T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    return json::string(value);
  } else if constexpr (std::is_same_v<T, bool>) {
    return value;
  } else if constexpr (std::is_same_v<T, std::size_t>) {
    return static_cast<std::uint64_t>(value);
  } else if constexpr (std::is_same_v<T, QuestionType>) {
    return json::string(to_string(value));
  } else if constexpr (std::is_same_v<T, LocalText>) {
    return written(value.all());
  } else if constexpr (std::is_same_v<T, Texts>) {
    json::object out;
    for (const auto& [key, text] : value) out.emplace(key, text);
    return out;
  } else if constexpr (IsOptional<T>::value) {
    return value ? written(*value) : json::value();
  } else if constexpr (IsVector<T>::value) {
    json::array out;
    out.reserve(value.size());
    for (const auto& entry : value) out.push_back(written(entry));
    return out;
  } else {
    json::object out;
    members_of(value, Writing{out});
    return out;
  }
}

// ---- reading

// The first mistake wins; after it everything else is skipped.
struct Trouble {
  std::string what;
  void say(std::string_view name, std::string_view problem) {
    if (what.empty()) what = fmt::format("{}: {}", name, problem);
  }
};

template <class T>
void read(const json::value& from, T& into, std::string_view name, Trouble& trouble);

struct Reading {
  const json::object& from;
  Trouble& trouble;
  std::size_t known = 0;

  template <class T>
  void operator()(std::string_view name, T& into) {
    const json::value* member = from.if_contains(name);
    if (member == nullptr) return;
    ++known;
    read(*member, into, name, trouble);
  }
};

void read_texts(const json::value& from, std::string_view name, Trouble& trouble, auto&& keep) {
  if (!from.is_object()) return trouble.say(name, "not an object of texts");
  for (const auto& member : from.get_object()) {
    if (!member.value().is_string()) return trouble.say(name, "not a text");
    keep(std::string(member.key()), std::string(member.value().get_string()));
  }
}

template <class T>
void read(const json::value& from, T& into, std::string_view name, Trouble& trouble) {
  if (!trouble.what.empty()) return;
  if constexpr (std::is_same_v<T, std::string>) {
    if (!from.is_string()) return trouble.say(name, "not a text");
    into = std::string(from.get_string());
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!from.is_bool()) return trouble.say(name, "not true or false");
    into = from.get_bool();
  } else if constexpr (std::is_same_v<T, std::size_t>) {
    if (!from.is_int64() || from.get_int64() < 0) return trouble.say(name, "not a whole number");
    into = static_cast<std::size_t>(from.get_int64());
  } else if constexpr (std::is_same_v<T, QuestionType>) {
    const auto type = from.is_string() ? question_type(from.get_string()) : std::nullopt;
    if (!type) return trouble.say(name, "not a type of question");
    into = *type;
  } else if constexpr (std::is_same_v<T, LocalText>) {
    read_texts(from, name, trouble, [&](const std::string& tag, const std::string& text) { into.set(tag, text); });
  } else if constexpr (std::is_same_v<T, Texts>) {
    read_texts(from, name, trouble, [&](const std::string& key, const std::string& text) { into[key] = text; });
  } else if constexpr (IsOptional<T>::value) {
    read(from, into.emplace(), name, trouble);
  } else if constexpr (IsVector<T>::value) {
    if (!from.is_array()) return trouble.say(name, "not a list");
    into.reserve(from.get_array().size());
    for (const json::value& entry : from.get_array()) read(entry, into.emplace_back(), name, trouble);
  } else {
    if (!from.is_object()) return trouble.say(name, "not an object");
    Reading reading{from.get_object(), trouble};
    members_of(into, reading);
    if (reading.known != from.get_object().size()) trouble.say(name, "an unknown member");
  }
}

}  // namespace

std::string to_json(const Definition& definition) { return json::serialize(written(definition)); }

Result<Definition> definition_from_json(std::string_view text) {
  constexpr auto kProblem = "forms.problem.definition";
  if (text.size() > kLargestDefinition) return fail(ErrorKind::invalid, kProblem, "larger than 4 MB");
  json::parse_options options;
  options.max_depth = kDeepestDefinition;
  json::error_code error;
  const json::value parsed = json::parse(json::string_view(text.data(), text.size()), error, {}, options);
  if (error) return fail(ErrorKind::invalid, kProblem, error.message());
  Definition definition;
  Trouble trouble;
  read(parsed, definition, "form", trouble);
  if (!trouble.what.empty()) return fail(ErrorKind::invalid, kProblem, trouble.what);
  return definition;
}

}  // namespace bursary::forms
