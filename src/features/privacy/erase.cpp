#include "features/privacy/erase.h"

#include "base/text.h"
#include "features/applications/tally.h"
#include "features/privacy/erase.sql.h"

namespace bursary::privacy {

namespace erase_sql = sql::privacy::erase;
using applications::ApplicationId;
using applications::State;

namespace {

// Shorter ones are in too many queries that mean somebody else.
constexpr std::size_t kTellingName = 5;

void forget_what_was_typed(db::Tx& tx, const std::string& text) {
  if (text.size() < kTellingName) return;
  tx.post(erase_sql::empty_views, text);
  tx.post(erase_sql::empty_bulks, text);
}

void forget_address(db::Tx& tx, const std::string& email) {
  if (email.empty()) return;
  tx.post(erase_sql::drop_sign_ins, email);
  tx.post(erase_sql::drop_invitations, email);
  tx.post(erase_sql::drop_asked, email);
  tx.post(erase_sql::drop_trouble, email);
  tx.post(erase_sql::drop_mail_to, email);
  tx.post(erase_sql::drop_mail_of_invitations, email);
  tx.post(erase_sql::drop_ceremonies_of_address, email);
  forget_what_was_typed(tx, email);
}

void remember(db::Tx& tx, Subject subject, std::int64_t id, Instant at, Why why) {
  tx.post(erase_sql::remember, queue::erasures_so_far(tx) + 1, subject, id, at, why);
}

void leave_queue(db::Tx& tx, IdSource& ids, ApplicationId id, const db::Row& row) {
  if (row.is_null(2)) return;
  applications::tally_out(tx, ids, id);
  const std::string& areas = row.text(1);
  std::size_t from = 0;
  while (from < areas.size()) {
    const std::size_t end = std::min(areas.find(' ', from), areas.size());
    tx.post(erase_sql::drop_area, row.text(3), std::string_view(areas).substr(from, end - from), row.integer(0),
            row.integer(2));
    from = end + 1;
  }
}

}  // namespace

std::string_view to_string(Why why) {
  switch (why) {
    case Why::asked:
      return "asked";
    case Why::staff:
      return "staff";
    case Why::retention:
      return "retention";
    case Why::restored:
      return "restored";
  }
  return "unknown";
}

void empty_application(db::Tx& tx, ApplicationId id) {
  for (const auto* statement :
       {&erase_sql::drop_draft, &erase_sql::drop_submissions, &erase_sql::drop_readings, &erase_sql::drop_messages,
        &erase_sql::drop_pieces, &erase_sql::drop_files, &erase_sql::drop_flags, &erase_sql::drop_addresses,
        &erase_sql::drop_notes, &erase_sql::drop_verifications, &erase_sql::drop_hold, &erase_sql::drop_change_requests,
        &erase_sql::drop_letters, &erase_sql::drop_people, &erase_sql::drop_seen, &erase_sql::empty_decisions,
        &erase_sql::empty_appeal})
    tx.post(*statement, id);
  tx.post(erase_sql::empty_application, id);
}

Result<bool> erase_application(db::Tx& tx, const Parts& parts, ApplicationId id, Why why, const audit::By& by) {
  const Instant now = parts.clock.now();
  tx.hold(queue::kErasureTurn);
  if (tx.execute(erase_sql::lock, now, id) == 0) return false;
  if (tx.find(erase_sql::erasure_of, Subject::application, id)) return false;
  const auto before = tx.find(erase_sql::application, id);
  if (!before) return false;
  const auto state = static_cast<State>(before->integer(0));
  // What nobody has decided upon yet is over with it.
  if (applications::may_move(state, State::withdrawn, audit::Actor::applicant)) {
    const auto moved = applications::move(tx, parts.ids, now, id, {State::withdrawn, audit::By::applicant(by.person)});
    if (!moved) return fail(moved.error());
  }
  const auto found = tx.find(erase_sql::application, id);
  if (!found) return false;
  const db::Row& row = *found;
  const std::string email = to_lower_ascii(row.text(4));
  if (!row.is_null(2)) queue::forget_document(tx, parts.form_versions, id, row.integer(2));
  leave_queue(tx, parts.ids, id, row);
  empty_application(tx, id);
  // What belongs to an account goes with the account.
  if (tx.query(erase_sql::is_somebodys, email).at(0).integer(0) == 0) forget_address(tx, email);
  forget_what_was_typed(tx, email);
  forget_what_was_typed(tx, to_lower_ascii(row.text(5)));
  remember(tx, Subject::application, id.value, now, why);
  const std::string detail = fmt::format(R"({{"why":"{}"}})", to_string(why));
  audit::write_event(tx, {parts.ids.next<audit::EventTag>(), id.value, "erased", by, now, detail});
  return true;
}

Result<bool> erase_person(db::Tx& tx, const Parts& parts, web::PersonId person, Why why, const audit::By& by) {
  const Instant now = parts.clock.now();
  tx.hold(queue::kErasureTurn);
  if (tx.execute(erase_sql::lock_person, person) == 0) return false;
  if (tx.find(erase_sql::erasure_of, Subject::person, person)) return false;
  if (tx.query(erase_sql::roles_of, person).at(0).integer(0) > 0)
    return fail(ErrorKind::conflict, "privacy.problem.works_here");
  for (const db::Row row : tx.query(erase_sql::person_emails, person)) {
    forget_address(tx, row.text(0));
    tx.post(erase_sql::drop_address, row.text(0));
  }
  for (const auto* statement :
       {&erase_sql::drop_sessions, &erase_sql::drop_staff_links, &erase_sql::drop_passkeys, &erase_sql::drop_password,
        &erase_sql::drop_code_app, &erase_sql::drop_recovery_codes, &erase_sql::drop_identities,
        &erase_sql::drop_ceremonies, &erase_sql::drop_list_setting, &erase_sql::drop_own_views, &erase_sql::end_tokens,
        &erase_sql::drop_belongings, &erase_sql::drop_seen_by, &erase_sql::drop_digest, &erase_sql::drop_person_emails})
    tx.post(*statement, person);
  remember(tx, Subject::person, person.value, now, why);
  const std::string detail = fmt::format(R"({{"why":"{}","person":{}}})", to_string(why), person.value);
  audit::write_event(tx, {parts.ids.next<audit::EventTag>(), std::nullopt, "person_erased", by, now, detail});
  return true;
}

Result<Erased> erase(const Parts& parts, const Target& target, Why why, const audit::By& by) {
  if (target.empty()) return fail(ErrorKind::not_found, "privacy.problem.nobody");
  if (target.works_here) return fail(ErrorKind::conflict, "privacy.problem.works_here");
  Erased done;
  for (const auto& application : target.applications) {
    const auto erased = parts.database.write(
        [&](db::Tx& tx) -> Result<bool> { return erase_application(tx, parts, application.id, why, by); });
    if (!erased) return fail(erased.error());
    done.applications += *erased ? 1 : 0;
  }
  const auto rest = parts.database.write([&](db::Tx& tx) -> Result<bool> {
    if (!target.email.empty()) {
      forget_address(tx, target.email);
      tx.post(erase_sql::drop_address, target.email);
    }
    if (!target.person) return false;
    return erase_person(tx, parts, *target.person, why, by);
  });
  if (!rest) return fail(rest.error());
  done.people += *rest ? 1 : 0;
  return done;
}

std::vector<Erasure> erasures(db::Tx& tx) {
  std::vector<Erasure> all;
  for (const db::Row row : tx.query(erase_sql::all))
    all.push_back({static_cast<Subject>(row.integer(0)), row.integer(1), row.instant(2)});
  return all;
}

Result<Erased> apply_erasures(const Parts& parts, const std::vector<Erasure>& list) {
  Erased done;
  for (const Erasure& one : list) {
    const auto applied = parts.database.write([&](db::Tx& tx) -> Result<bool> {
      const bool application = one.subject == Subject::application;
      auto erased = application
                        ? erase_application(tx, parts, ApplicationId{one.id}, Why::restored, audit::By::program())
                        : erase_person(tx, parts, web::PersonId{one.id}, Why::restored, audit::By::program());
      // What this copy never had may be in a third one.
      if (erased && !*erased) remember(tx, one.subject, one.id, one.erased_at, Why::restored);
      return erased;
    });
    if (!applied) return fail(applied.error());
    if (*applied) ++(one.subject == Subject::application ? done.applications : done.people);
  }
  return done;
}

}  // namespace bursary::privacy
