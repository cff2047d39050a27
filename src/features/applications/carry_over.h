// Answers that were typed into an older form, put into the present one. Private.
#pragma once
#include <vector>

#include "features/applications/page_views.h"
#include "features/forms/forms.h"

namespace bursary::applications {

struct CarriedOver {
  forms::Answers answers;       // that have a place in `to`
  std::vector<Orphan> orphans;  // every text that has none, with the old form's words
};
// `from` null: nobody knows which form it was; then a field's own name stands for its label.
CarriedOver carry_over(const forms::Definition* from, const forms::Definition& to, const web::FormData& form,
                       std::string_view locale);

}  // namespace bursary::applications
