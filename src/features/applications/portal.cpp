#include "features/applications/portal.h"

#include <algorithm>

#include "base/text.h"
#include "features/applications/portal.sql.h"

namespace bursary::applications {

namespace portal_sql = sql::applications::portal;

namespace {

Own own_in(const db::Row& row) {
  Own one;
  Application& application = one.application;
  application.id = row.id<ApplicationId>(0);
  application.state = static_cast<State>(row.integer(1));
  application.reference = row.text_or_empty(2);
  application.email = row.text(3);
  application.applicant_name = row.text(4);
  application.updated_at = row.instant(5);
  application.submitted_at = row.maybe_instant(6);
  application.expires_at = row.maybe_instant(7);
  return one;
}

}  // namespace

void list_email(db::Tx& tx, ApplicationId id, std::string_view email) {
  if (!email.empty()) tx.post(portal_sql::list_email, to_lower_ascii(email), id);
}

State as_told(State state) { return state == State::decided ? State::in_review : state; }

// As belonging_of says of each one of them.
std::vector<Own> own_applications(db::Tx& tx, std::string_view program, web::PersonId person,
                                  const std::vector<std::string>& emails) {
  std::vector<Own> own;
  if (emails.empty()) return own;
  for (const db::Row row : tx.query(portal_sql::joined, person, program, kMostOwn)) {
    Own one = own_in(row);
    one.belonging = {static_cast<Relation>(row.integer(8)), row.boolean(9)};
    own.push_back(std::move(one));
  }
  for (const std::string& email : emails) {
    for (const db::Row row : tx.query(portal_sql::mine, email, program, kMostOwn)) {
      Own one = own_in(row);
      if (to_lower_ascii(one.application.email) != email) continue;  // it was corrected since
      const auto is_same = [&](const Own& other) { return other.application.id == one.application.id; };
      if (std::ranges::none_of(own, is_same)) own.push_back(std::move(one));
    }
  }
  std::sort(own.begin(), own.end(),
            [](const Own& a, const Own& b) { return a.application.id.value > b.application.id.value; });
  return own;
}

}  // namespace bursary::applications
