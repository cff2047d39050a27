// A post of the form taken apart: answers by the definition, files accepted by their content. Private.
#pragma once
#include <string>
#include <vector>

#include "features/applications/applications.h"
#include "web/form_data.h"

namespace bursary::applications {

struct Posted {
  web::FormData form;
  forms::Answers answers;            // as far as they could be taken
  std::vector<NewFile> files;        // point into the request's body
  std::vector<FieldError> problems;  // while there are any, nothing is stored

  std::string own(std::string_view field) const { return form.get(field); }  // of the page itself: "_version"
};
// `kept`: the answers so far; files among them stay unless removed.
Posted take_post(web::KeptForm&& kept_form, const forms::Definition& definition, const forms::Answers& kept);

enum class Action {
  submit,
  check,
  save,
  autosave,
  mail_link,
  correct_email,
  change,
  drop_changes,
  withdraw,
  copy,
  unknown
};
// "_action"; none is submit, as the Enter key sends it where a browser names no button.
Action action_of(const web::FormData& form);
// "_version"; 0 when it is no number.
std::int64_t version_of(const web::FormData& form);

}  // namespace bursary::applications
