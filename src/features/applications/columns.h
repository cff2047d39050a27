// What a list shows, filters and sorts by, taken out of the answers when they are written. Private.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "features/forms/forms.h"

namespace bursary::applications {

struct Columns {
  std::string applicant_name, email, institution, country;
  std::vector<std::string> areas;  // each once, in the form's order
  bool unsupported_country = false;

  const std::string& first_area() const;
  std::string all_areas() const;  // as column `areas` holds them, with a space between
};
Columns columns_of(const forms::Definition& definition, const forms::Answers& answers);

// The address as the answer to the question that asks for it; nothing where the form asks for none.
void put_email(forms::Answers& answers, const forms::Definition& definition, std::string_view email);

}  // namespace bursary::applications
