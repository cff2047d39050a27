#include "features/applications/portal.h"

#include <algorithm>

#include "base/text.h"
#include "features/applications/portal.sql.h"

namespace bursary::applications {

namespace statements = sql::applications::portal;

void list_email(db::Tx& tx, ApplicationId id, std::string_view email) {
  if (!email.empty()) tx.post(statements::list_email, to_lower_ascii(email), id);
}

State as_told(State state) { return state == State::decided ? State::in_review : state; }

std::vector<Own> own_applications(db::Tx& tx, const Parts& parts, std::string_view program,
                                  const std::vector<std::string>& emails) {
  std::vector<Own> own;
  for (const std::string& email : emails) {
    for (const db::Row row : tx.query(statements::mine, email, program, kMostOwn)) {
      if (to_lower_ascii(row.text(3)) != email) continue;  // it was corrected since
      Own one;
      one.application.id = row.id<ApplicationId>(0);
      one.application.state = static_cast<State>(row.integer(1));
      one.application.reference = row.is_null(2) ? std::string() : row.text(2);
      one.application.email = row.text(3);
      one.application.updated_at = row.instant(5);
      one.application.submitted_at = row.maybe_instant(6);
      one.application.expires_at = row.maybe_instant(7);
      const LinkSecret link = LinkSecret::derive(one.application.id, parts.secret);
      if (row.bytes(4) == bytes_of(link.hash())) one.link = link.text;
      own.push_back(std::move(one));
    }
  }
  std::sort(own.begin(), own.end(),
            [](const Own& a, const Own& b) { return a.application.id.value > b.application.id.value; });
  return own;
}

}  // namespace bursary::applications
