#include <algorithm>
#include <map>

#include "base/text.h"
#include "features/forms/fields/field.h"
#include "features/forms/forms.h"

namespace bursary::forms {
namespace {

constexpr std::string_view kRemove = "_remove_";
constexpr std::size_t kMostUnknownNamed = 10;
constexpr std::size_t kLongestNameShown = 60;

// A post by question; what belongs to none is refused by name, the first few of it.
class Sorted {
 public:
  Sorted(const Definition& definition, const web::FormData& form) : definition_(definition) {
    for (const auto& [name, value] : form.fields) {
      if (name.starts_with(kRemove)) {
        removed_[name.substr(kRemove.size())].push_back(value);
      } else if (!name.starts_with('_') && known(name)) {
        values_[name].push_back(value);
      }
    }
    for (const web::UploadedFile& file : form.files) {
      if (file.name.empty() && file.bytes.empty()) continue;  // an untouched <input type="file">
      if (known(file.field)) files_[file.field].push_back(file);
    }
  }

  Posted of(const Question& question, const Answers& kept) {
    return {.values = std::move(values_[question.key]),
            .files = std::move(files_[question.key]),
            .removed = std::move(removed_[question.key]),
            .kept = kept.files(question.key)};
  }
  std::vector<FieldError> unknown() && { return std::move(unknown_); }

 private:
  bool known(const std::string& name) {
    if (definition_.find(name) != nullptr) return true;
    const bool named = std::ranges::any_of(unknown_, [&](const FieldError& error) { return error.field == name; });
    if (!named && unknown_.size() < kMostUnknownNamed) {
      unknown_.push_back(
          {name, {"forms.problem.unknown_field", {{"field", std::string(first_characters(name, kLongestNameShown))}}}});
    }
    return false;
  }

  const Definition& definition_;
  std::map<std::string, std::vector<std::string>, std::less<>> values_, removed_;
  std::map<std::string, std::vector<web::UploadedFile>, std::less<>> files_;
  std::vector<FieldError> unknown_;
};

}  // namespace

Taken take_answers(const Definition& definition, const web::FormData& form, const Answers& kept) {
  Sorted sorted(definition, form);
  Taken taken;
  for (const Section& section : definition.sections) {
    for (const Question& question : section.questions) {
      const Posted posted = sorted.of(question, kept);
      if (!posted.files.empty() && question.type != QuestionType::file) {
        taken.problems.push_back({question.key, "forms.problem.unexpected_file"});
      }
      field_of(question.type).take(definition, question, posted, taken);
    }
  }
  for (FieldError& error : std::move(sorted).unknown()) taken.problems.push_back(std::move(error));
  return taken;
}

}  // namespace bursary::forms
