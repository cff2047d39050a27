// Definition as canonical JSON and back. Absent members have the default of definition.h.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "features/forms/definition.h"

namespace bursary::forms {
namespace {

namespace json = boost::json;

constexpr std::size_t kLargest = 4u << 20;  // bytes of one definition
constexpr std::size_t kDeepest = 16;

// One description of the members of each struct serves writing and reading: v(name, member), names in order.
template <class V, class T>
void members_of(V& v, T& t);

template <class V, class T>
  requires std::is_same_v<std::remove_const_t<T>, Option>
void members_of(V& v, T& t) {
  v("guidance", t.guidance);
  v("key", t.key);
  v("label", t.label);
}
template <class V, class T>
  requires std::is_same_v<std::remove_const_t<T>, Condition>
void members_of(V& v, T& t) {
  v("question", t.question);
  v("values", t.values);
}
template <class V, class T>
  requires std::is_same_v<std::remove_const_t<T>, Limits>
void members_of(V& v, T& t) {
  v("earliest", t.earliest);
  v("file_types", t.file_types);
  v("latest", t.latest);
  v("max_characters", t.max_characters);
  v("max_choices", t.max_choices);
  v("max_file_bytes", t.max_file_bytes);
  v("max_files", t.max_files);
  v("max_words", t.max_words);
  v("min_choices", t.min_choices);
  v("min_words", t.min_words);
}
template <class V, class T>
  requires std::is_same_v<std::remove_const_t<T>, Question>
void members_of(V& v, T& t) {
  v("autocomplete", t.autocomplete);
  v("consent", t.consent);
  v("document", t.document);
  v("help", t.help);
  v("hint", t.hint);
  v("key", t.key);
  v("label", t.label);
  v("limits", t.limits);
  v("missing", t.missing);
  v("name", t.name);
  v("options", t.options);
  v("prompt", t.prompt);
  v("required", t.required);
  v("required_when", t.required_when);
  v("restricted", t.restricted);
  v("shown_when", t.shown_when);
  v("type", t.type);
  v("why", t.why);
}
template <class V, class T>
  requires std::is_same_v<std::remove_const_t<T>, Section>
void members_of(V& v, T& t) {
  v("intro", t.intro);
  v("key", t.key);
  v("optional", t.optional);
  v("questions", t.questions);
  v("title", t.title);
}
template <class V, class T>
  requires std::is_same_v<std::remove_const_t<T>, Country>
void members_of(V& v, T& t) {
  v("code", t.code);
  v("name", t.name);
  v("supported", t.supported);
}
template <class V, class T>
  requires std::is_same_v<std::remove_const_t<T>, Meanings>
void members_of(V& v, T& t) {
  v("areas", t.areas);
  v("budget", t.budget);
  v("country", t.country);
  v("description", t.description);
  v("duration", t.duration);
  v("email", t.email);
  v("first_name", t.first_name);
  v("institution", t.institution);
  v("investigators", t.investigators);
  v("last_name", t.last_name);
  v("models", t.models);
}
template <class V, class T>
  requires std::is_same_v<std::remove_const_t<T>, Definition>
void members_of(V& v, T& t) {
  v("countries", t.countries);
  v("documents", t.documents);
  v("meanings", t.meanings);
  v("sections", t.sections);
  v("unsupported_country_blocks", t.unsupported_country_blocks);
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
    Writing writing{out};
    members_of(writing, value);
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
    members_of(reading, into);
    if (reading.known != from.get_object().size()) trouble.say(name, "an unknown member");
  }
}

}  // namespace

std::string to_json(const Definition& definition) { return json::serialize(written(definition)); }

Result<Definition> definition_from_json(std::string_view text) {
  constexpr auto kProblem = "forms.problem.definition";
  if (text.size() > kLargest) return fail(ErrorKind::invalid, kProblem, "larger than 4 MB");
  json::parse_options options;
  options.max_depth = kDeepest;
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
