// Drawing one's own account, with what was just done or refused. Private.
#pragma once
#include "features/accounts/account_view.h"
#include "features/accounts/page.h"

namespace bursary::accounts {

struct AccountNote {
  Phrase done;
  RefusedView refused;
  std::string asked;  // an address's asking that waits for its code
  int status = 200;
};
web::Response account_page(const Parts& parts, const web::Context& context, const AccountNote& note);

}  // namespace bursary::accounts
