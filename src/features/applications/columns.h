// What a list shows, filters and sorts by, taken out of the answers when they are written. Private.
#pragma once
#include <string>
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

}  // namespace bursary::applications
