#include <stdexcept>

#include "features/forms/fields/field.h"

namespace bursary::forms {

// Every type of question there is. A new one: its file beside this one, a line here, a name in definition.cpp.
const Field& field_of(QuestionType type) {
  switch (type) {
    case QuestionType::short_text:
      return short_text_field();
    case QuestionType::long_text:
      return long_text_field();
    case QuestionType::email:
      return email_field();
    case QuestionType::number:
      return number_field();
    case QuestionType::money:
      return money_field();
    case QuestionType::duration:
      return duration_field();
    case QuestionType::date:
      return date_field();
    case QuestionType::single_choice:
      return single_choice_field();
    case QuestionType::multiple_choice:
      return multiple_choice_field();
    case QuestionType::country:
      return country_field();
    case QuestionType::institution:
      return institution_field();
    case QuestionType::url_list:
      return url_list_field();
    case QuestionType::file:
      return file_field();
    case QuestionType::consent:
      return consent_field();
  }
  throw std::logic_error("a question of no known type");
}

}  // namespace bursary::forms
