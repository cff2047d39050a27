// What the holder of a link may do about their address. Private.
#pragma once
#include <string_view>

#include "features/applications/applications.h"

namespace bursary::applications {

// Mends the address of a draft, or of an application that is still open: then the confirmation is sent to it (again).
// What was submitted stays as it was. Errors as mail_draft_link's; Error{conflict} for an application that is closed.
Result<Application> correct_email(const Parts& parts, const Holder& holder, std::string_view email);

}  // namespace bursary::applications
