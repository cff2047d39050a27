#include "features/forms/definition.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/crypto.h"

namespace bursary::forms {
namespace {

constexpr std::array<std::pair<QuestionType, std::string_view>, 14> kTypeNames{{
    {QuestionType::short_text, "short_text"},
    {QuestionType::long_text, "long_text"},
    {QuestionType::email, "email"},
    {QuestionType::number, "number"},
    {QuestionType::money, "money"},
    {QuestionType::duration, "duration"},
    {QuestionType::date, "date"},
    {QuestionType::single_choice, "single_choice"},
    {QuestionType::multiple_choice, "multiple_choice"},
    {QuestionType::country, "country"},
    {QuestionType::institution, "institution"},
    {QuestionType::url_list, "url_list"},
    {QuestionType::file, "file"},
    {QuestionType::consent, "consent"},
}};

const std::string nothing;

}  // namespace

const std::string& LocalText::in(std::string_view tag) const {
  auto found = texts_.find(tag);
  if (found == texts_.end()) found = texts_.find("en");
  return found == texts_.end() ? nothing : found->second;
}

std::string_view to_string(QuestionType type) {
  for (const auto& [value, name] : kTypeNames) {
    if (value == type) return name;
  }
  return {};
}

std::optional<QuestionType> question_type(std::string_view name) {
  for (const auto& [value, known] : kTypeNames) {
    if (known == name) return value;
  }
  return std::nullopt;
}

const Option* Question::option(std::string_view option_key) const {
  const auto found = std::ranges::find(options, option_key, &Option::key);
  return found == options.end() ? nullptr : &*found;
}

const Question* Definition::find(std::string_view key) const {
  for (const Section& section : sections) {
    const auto found = std::ranges::find(section.questions, key, &Question::key);
    if (found != section.questions.end()) return &*found;
  }
  return nullptr;
}

const Country* Definition::country(std::string_view code) const {
  const auto found = std::ranges::find(countries, code, &Country::code);
  return found == countries.end() ? nullptr : &*found;
}

std::string version_of(const Definition& definition) {
  const Sha256 hash = sha256(to_json(definition));
  return to_hex(bytes_of(hash));
}

std::string Definition::consent_version(const Question& question) const {
  const auto document = documents.find(question.document);
  if (document != documents.end()) return document->second;
  const Sha256 hash = sha256(question.consent.in("en"));
  return to_hex(bytes_of(hash)).substr(0, 12);
}

}  // namespace bursary::forms
