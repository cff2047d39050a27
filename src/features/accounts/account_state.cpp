#include "features/accounts/account_state.h"

#include "features/accounts/account_state.sql.h"
#include "web/router.h"

namespace bursary::accounts {

namespace account_state_sql = sql::accounts::account_state;

bool has_more_than_mail(db::Tx& tx, web::PersonId person) {
  return tx.query(account_state_sql::ways_in, person).at(0).integer(0) > 0;
}

std::optional<Error> ways_in_closed(const Parts& parts, const web::Context& context) {
  const web::Viewer& viewer = context.viewer;
  if (viewer.proved_since(context.now - web::kRecent)) return std::nullopt;
  if (!parts.database.read([&](db::Tx& tx) { return has_more_than_mail(tx, *viewer.person); })) return std::nullopt;
  return Error{ErrorKind::forbidden, "problem.request.confirm", {}, {}};
}

}  // namespace bursary::accounts
