// Reads the columns that the statements of people.sql list first. Private.
#pragma once
#include "features/applications/people.h"

namespace bursary::applications {

Member member_in(const db::Row& row);

// A rule on the application of whoever holds it with this right, as a person: those who belong to it are people.
template <class Rule>
Result<void> write_as_person(const Parts& parts, const Holder& holder, Right right, Rule rule) {
  const auto& person = holder.person();
  const auto id = holder.application();
  if (!person || !id) return fail(ErrorKind::not_found, "problem.not_found");
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    tx.hold(id->value);  // before anything is looked at: who belongs to it is changed by one at a time
    const Result<Held> held = find_held(tx, holder, right);
    if (!held) return fail(held.error());
    return rule(tx, held->application, *person);
  });
}

void tell_of_people(db::Tx& tx, const Parts& parts, ApplicationId id, std::string_view kind,
                    std::optional<web::PersonId> by, std::string_view detail = "{}");

}  // namespace bursary::applications
