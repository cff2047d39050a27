// Erasing in the caller's transaction. Private.
#pragma once
#include "features/privacy/privacy.h"

namespace bursary::privacy {

// False: there is none, or it was erased before.
Result<bool> erase_application(db::Tx& tx, const Parts& parts, applications::ApplicationId id, Why why,
                               const audit::By& by);
Result<bool> erase_person(db::Tx& tx, const Parts& parts, web::PersonId person, Why why, const audit::By& by);
// What is personal of an application, once more.
void empty_application(db::Tx& tx, applications::ApplicationId id);

}  // namespace bursary::privacy
