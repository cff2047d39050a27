#include "features/applications/carry_over.h"

namespace bursary::applications {
namespace {

using forms::QuestionType;

bool is_text(QuestionType type) {
  switch (type) {
    case QuestionType::short_text:
    case QuestionType::long_text:
    case QuestionType::email:
    case QuestionType::number:
    case QuestionType::money:
    case QuestionType::duration:
    case QuestionType::date:
    case QuestionType::institution:
    case QuestionType::url_list:
      return true;
    case QuestionType::single_choice:
    case QuestionType::multiple_choice:
    case QuestionType::country:
    case QuestionType::file:
    case QuestionType::consent:
      return false;
  }
  return false;
}

const forms::Option* option(const forms::Question& question, std::string_view key) {
  for (const forms::Option& each : question.options) {
    if (each.key == key) return &each;
  }
  return nullptr;
}

class Carrying {
 public:
  Carrying(const forms::Definition* from, const forms::Definition& to, std::string_view locale)
      : from_(from), to_(to), locale_(locale) {}

  void carry(const std::string& name, const std::vector<std::string>& values) {
    const forms::Question* question = to_.find(name);
    const forms::Question* before = from_ == nullptr ? nullptr : from_->find(name);
    if (question != nullptr && is_text(question->type) && values.size() == 1 &&
        (before == nullptr || is_text(before->type))) {
      out_.answers.set(name, values.front());
      return;
    }
    // A text that was accepted is a text of its time: its box is to be ticked again, and is nothing to be copied.
    const QuestionType type = question != nullptr ? question->type
                              : before != nullptr ? before->type
                                                  : QuestionType::short_text;
    if (type == QuestionType::consent || type == QuestionType::file) return;
    std::vector<std::string> chosen;
    for (const std::string& value : values) {
      const bool fits = question != nullptr && (type == QuestionType::country ? to_.country(value) != nullptr
                                                                              : option(*question, value) != nullptr);
      if (fits) {
        chosen.push_back(value);
      } else {
        orphan(name, before, value);
      }
    }
    if (chosen.empty()) return;
    if (type == QuestionType::multiple_choice) {
      out_.answers.set(name, std::move(chosen));
    } else {
      out_.answers.set(name, std::move(chosen.front()));
    }
  }

  CarriedOver take() { return std::move(out_); }

 private:
  void orphan(const std::string& name, const forms::Question* before, const std::string& value) {
    std::string text = value;
    if (before != nullptr) {
      if (const forms::Option* chosen = option(*before, value)) text = chosen->label.in(locale_);
      if (const forms::Country* country = before->type == QuestionType::country ? from_->country(value) : nullptr) {
        text = country->name.in(locale_);
      }
    }
    const std::string label = forms::label_of(before != nullptr ? *from_ : to_, name, locale_);
    out_.orphans.push_back({label, std::move(text)});
  }

  const forms::Definition* from_;
  const forms::Definition& to_;
  std::string_view locale_;
  CarriedOver out_;
};

}  // namespace

CarriedOver carry_over(const forms::Definition* from, const forms::Definition& to, const web::FormData& form,
                       std::string_view locale) {
  std::vector<std::pair<std::string, std::vector<std::string>>> fields;  // in the order of the post
  for (const auto& [name, value] : form.fields) {
    if (name.starts_with('_') || value.empty()) continue;
    const auto same =
        std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
    if (same == fields.end()) {
      fields.push_back({name, {value}});
    } else {
      same->second.push_back(value);
    }
  }
  Carrying carrying(from, to, locale);
  for (const auto& [name, values] : fields) carrying.carry(name, values);
  return carrying.take();
}

}  // namespace bursary::applications
