// What the holder of a link may do about their address. Private.
#pragma once
#include <string_view>

#include "features/applications/applications.h"

namespace bursary::applications {

// Mail that one application may ask for within a day, so that no link becomes a way to pester somebody.
inline constexpr int kMailsADay = 5;

// Sends the draft's link to `email`, which becomes the draft's address. Error{invalid} with the field `_email` for what
// is no address, Error{limit} past kMailsADay; as find_draft otherwise.
Result<void> mail_draft_link(const Parts& parts, std::string_view link, std::string_view email);

// Mends the address of a draft, or of an application that is still open: then the confirmation is sent to it (again).
// What was submitted stays as it was. Errors as above; Error{conflict} for an application that is closed.
Result<Application> correct_email(const Parts& parts, std::string_view link, std::string_view email);

}  // namespace bursary::applications
