// What a form is: sections, questions, options, limits and conditions. A definition is a plain value; its canonical
// JSON and the SHA-256 of it (the version) never change once stored, and an application is always read and shown with
// the version that it was made with.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bursary::forms {

// The same text in several languages: BCP 47 tag → text. "en" is always there.
class LocalText {
 public:
  LocalText() = default;
  LocalText(std::string english) { texts_["en"] = std::move(english); }  // NOLINT(google-explicit-constructor)
  void set(std::string tag, std::string text) { texts_[std::move(tag)] = std::move(text); }
  // The text in `tag`, else in English, else empty.
  const std::string& in(std::string_view tag) const;
  bool empty() const { return texts_.empty(); }
  const std::map<std::string, std::string, std::less<>>& all() const { return texts_; }
  bool operator==(const LocalText&) const = default;

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

enum class QuestionType {
  short_text,
  long_text,
  email,
  number,    // typed freely ("2", "two or three"); read as a number where certain
  money,     // typed freely ("USD 5,000"); read as amount and currency where certain
  duration,  // typed freely ("3 months"); read as months where certain
  date,      // YYYY-MM-DD
  single_choice,
  multiple_choice,
  country,      // single choice of the program's countries
  institution,  // free text with suggestions
  url_list,     // one URL or DOI a line
  file,
  consent,  // one box that must be ticked by hand; its text's version is kept
};
std::string_view to_string(QuestionType type);
std::optional<QuestionType> question_type(std::string_view name);

struct Option {
  std::string key;  // "alignment"; what is stored
  LocalText label;
  LocalText guidance;  // Markdown; may be empty
  bool operator==(const Option&) const = default;
};

// Holds when the answer to `question` is, or for multiple choice includes, one of `values`; with no values, when it
// is answered at all.
struct Condition {
  std::string question;
  std::vector<std::string> values;
  bool operator==(const Condition&) const = default;
};

struct Limits {
  std::optional<std::size_t> max_characters;  // as a reader counts them (base/text.h)
  std::optional<std::size_t> min_words, max_words;
  std::optional<std::size_t> min_choices, max_choices;
  std::optional<std::string> earliest, latest;  // dates
  std::size_t max_files = 1;
  std::size_t max_file_bytes = 10u << 20;
  std::vector<std::string> file_types;  // "pdf", "png", "jpeg", "txt", "docx": by content
  bool operator==(const Limits&) const = default;
};

struct Question {
  std::string key;  // [a-z][a-z0-9_]{0,39}; the name of its input and of its answer
  QuestionType type = QuestionType::short_text;
  LocalText label;
  LocalText name;     // what messages call it: "The anticipated budget"; empty: the label
  LocalText missing;  // said when it is unanswered: "Enter your first name"; empty: a general sentence
  LocalText help;     // Markdown, before the input
  LocalText hint;     // one plain line: "e.g. 3 months, 6 months"
  LocalText why;      // why it is asked, where it is sensitive
  LocalText prompt;   // first entry of a select: "Select a country…"
  LocalText consent;  // Markdown: what the box says
  bool required = false;
  std::optional<Condition> shown_when;
  std::optional<Condition> required_when;
  Limits limits;
  std::vector<Option> options;
  std::string autocomplete;  // HTML token: "given-name"
  std::string document;      // consent: the page it accepts, "policy"; its version is kept with the answer
  bool restricted = false;   // its options are restricted models: chosen ones ask for entitlements

  const Option* option(std::string_view option_key) const;  // null when there is none such
  bool operator==(const Question&) const = default;
};

struct Section {
  std::string key;
  LocalText title;
  LocalText intro;        // Markdown
  bool optional = false;  // told in its heading
  std::vector<Question> questions;
  bool operator==(const Section&) const = default;
};

struct Country {
  std::string code;  // ISO 3166-1 alpha-2, or a program's own
  LocalText name;
  bool supported = true;
  bool operator==(const Country&) const = default;
};

// Special questions that the program's rules read, by what they mean (so that a program may name them as it likes).
struct Meanings {
  std::string first_name, last_name, email, institution, country, areas, models, description, duration, budget,
      investigators;
  bool operator==(const Meanings&) const = default;
};

struct Definition {
  std::vector<Section> sections;
  std::vector<Country> countries;                             // in the order shown
  Meanings meanings;                                          // keys of questions; empty where the form has none such
  std::map<std::string, std::string, std::less<>> documents;  // "policy" → version (SHA-256 prefix of its text)
  bool unsupported_country_blocks = false;

  const Question* find(std::string_view key) const;
  const Country* country(std::string_view code) const;
  // What a ticked consent box stores: the version of the document it accepts, or, without one, the first 12 hex digits
  // of the SHA-256 of its own English text.
  std::string consent_version(const Question& question) const;
  bool operator==(const Definition&) const = default;
};

// Canonical: keys sorted, no white space, what has its default value left out (so that an attribute added to this file
// later does not change the version of older forms). docs/formats/form.md has the members.
std::string to_json(const Definition& definition);
// Error{invalid, "forms.problem.definition"}, the place in `detail`. Refuses what it does not know: nothing is guessed.
Result<Definition> definition_from_json(std::string_view json);
std::string version_of(const Definition& definition);  // hex SHA-256 of to_json

}  // namespace bursary::forms
