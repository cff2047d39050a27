#include <algorithm>

#include "base/text.h"
#include "features/privacy/find.sql.h"
#include "features/privacy/privacy.h"

namespace bursary::privacy {
namespace {

namespace find_sql = sql::privacy::find;
using applications::ApplicationId;

Target::Application application_of(const db::Row& row) {
  return {row.id<ApplicationId>(0), static_cast<applications::State>(row.integer(1)), row.text_or_empty(2)};
}

void add_applications(db::Tx& tx, const std::string& email, Target& target) {
  const auto add = [&](const db::Rows& rows) {
    for (const db::Row row : rows) {
      if (to_lower_ascii(row.text(3)) != email) continue;  // it was corrected since
      const auto one = application_of(row);
      const bool known = std::ranges::any_of(target.applications, [&](const auto& a) { return a.id == one.id; });
      if (!known) target.applications.push_back(one);
    }
  };
  add(tx.query(find_sql::by_email, email));
  add(tx.query(find_sql::unindexed_by_email, email));
}

}  // namespace

Target find_target(db::Tx& tx, web::PersonId person, const std::vector<std::string>& emails) {
  Target target;
  target.person = person;
  target.email = emails.empty() ? std::string() : emails.front();
  target.works_here = tx.query(find_sql::roles_of, person).at(0).integer(0) > 0;
  for (const std::string& email : emails) add_applications(tx, email, target);
  // Whose it is says the row that names an owner, where there is one.
  std::erase_if(target.applications, [&](const auto& one) {
    const auto owner = tx.find(find_sql::owner_of, one.id);
    return owner && owner->integer(0) != person.value;
  });
  for (const db::Row row : tx.query(find_sql::owned_by, person)) {
    const auto one = application_of(row);
    if (std::ranges::none_of(target.applications, [&](const auto& a) { return a.id == one.id; }))
      target.applications.push_back(one);
  }
  std::ranges::sort(target.applications, [](const auto& a, const auto& b) { return a.id.value > b.id.value; });
  return target;
}

Target find_target(db::Tx& tx, std::string_view email_or_reference) {
  const std::string typed(trim(email_or_reference));
  Target target;
  if (typed.find('@') == std::string::npos) {
    if (const auto reference = applications::read_reference(typed)) {
      if (const auto row = tx.find(find_sql::by_reference, *reference))
        target.applications.push_back(application_of(*row));
    }
    return target;
  }
  const std::string email = to_lower_ascii(typed);
  const auto person = tx.find(find_sql::person_of, email);
  if (person) {
    std::vector<std::string> emails;
    for (const db::Row row : tx.query(find_sql::emails_of, person->integer(0))) emails.push_back(row.text(0));
    target = find_target(tx, person->id<web::PersonId>(0), emails);
  } else {
    add_applications(tx, email, target);
  }
  target.email = email;
  return target;
}

}  // namespace bursary::privacy
