#include "features/applications/email.h"

#include "base/text.h"
#include "features/applications/columns.h"
#include "features/applications/email.sql.h"
#include "features/applications/mail.h"
#include "features/applications/people.h"
#include "features/applications/portal.h"
#include "features/applications/rows.h"

namespace bursary::applications {

namespace email_sql = sql::applications::email;

namespace {

constexpr std::chrono::hours kDay{24};

// By the form's own rule for its e-mail question.
std::optional<Error> not_an_address(const forms::Definition& definition, std::string_view email) {
  const auto refused = [](Phrase message) {
    return Error{ErrorKind::invalid, "problem.fields", {}, {{"_email", std::move(message)}}};
  };
  const std::string& key = definition.meanings.email;
  if (email.empty() || key.empty()) return refused("applications.problem.email_missing");
  forms::Answers alone;
  alone.set(key, std::string(email));
  for (FieldError& problem : forms::check_answers(definition, alone)) {
    if (problem.field == key) return refused(std::move(problem.message));
  }
  return std::nullopt;
}

// Mail tells the link that the server can tell; not one of before secrets/links was lost or changed.
Result<void> can_be_told(const Parts& parts, const Holder& holder) {
  return parts.database.read([&](db::Tx& tx) -> Result<void> {
    const Result<Held> held = find_held(tx, holder, Right::own);
    if (!held) return fail(held.error());
    if (tellable_link(parts, load_application(tx, held->application.id).value())) return {};
    return fail(ErrorKind::conflict, "applications.problem.link_not_mailed");
  });
}

bool is_open(const Application& application) {
  switch (as_told(application.state)) {  // what is pending changes nothing that can be seen
    case State::submitted:
    case State::screening:
    case State::in_review:
    case State::returned:
    case State::on_hold:
      return true;
    default:
      return false;
  }
}

// For a rule that holds the application: twenty at once send no more than one after the other.
Result<void> within_limit(db::Tx& tx, ApplicationId id, Instant now) {
  if (tx.query(email_sql::mails_sent, id, now - kDay).at(0).integer(0) < kMailsADay) return {};
  return fail(ErrorKind::limit, "applications.problem.too_much_mail");
}

// The draft with this address; saved only when it had another.
Result<Application> readdress_held(const Parts& parts, const Holder& holder, const std::string& email) {
  Result<DraftView> draft =
      parts.database.read([&](db::Tx& tx) { return find_draft(tx, parts.form_versions, holder, Right::own); });
  if (!draft) return fail(std::move(draft.error()));
  if (auto refused = not_an_address(*draft->definition, email)) return fail(std::move(*refused));
  Application& application = draft->application;
  if (application.email == email) return std::move(application);
  put_email(draft->answers, *draft->definition, email);
  const Result<Saved> saved = save_draft(parts, holder, application.version, draft->answers, {});
  if (!saved) return fail(saved.error());
  application.email = email;
  application.version = saved->version;
  return std::move(application);
}

}  // namespace

Result<void> mail_draft_link(const Parts& parts, const Holder& holder, std::string_view typed) {
  if (const auto told = can_be_told(parts, holder); !told) return told;
  const Result<Application> draft = readdress_held(parts, holder, std::string(trim(typed)));
  if (!draft) return fail(draft.error());
  const Instant now = parts.clock.now();
  const messages::NewMessage mail = draft_link_mail(*draft, now);
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    if (const auto held = take_hold(tx, parts, holder, Right::own); !held) return fail(held.error());
    if (Result<void> allowed = within_limit(tx, draft->id, now); !allowed) return allowed;
    messages::queue_message(tx, parts.ids, parts.random, now, messages::message_id_domain(parts.public_address), mail);
    audit::write_event(tx, {parts.ids.next<audit::EventTag>(), draft->id.value, "link_mailed",
                            audit::By::applicant(holder.person()), now});
    return {};
  });
}

Result<Application> correct_email(const Parts& parts, const Holder& holder, std::string_view typed) {
  const std::string email(trim(typed));
  Result<ConfirmationView> found =
      parts.database.read([&](db::Tx& tx) { return find_confirmation(tx, parts.form_versions, holder); });
  if (!found) return readdress_held(parts, holder, email);
  if (auto refused = not_an_address(*found->definition, email)) return fail(std::move(*refused));
  Application& application = found->application;
  if (!is_open(application)) return fail(ErrorKind::conflict, "applications.problem.email_fixed");
  if (const auto told = can_be_told(parts, holder); !told) return fail(told.error());
  const Instant now = parts.clock.now();
  application.email = email;
  const messages::NewMessage mail = submitted_mail(*parts.programs.current(), application, now);
  const Result<void> written = parts.database.write([&](db::Tx& tx) -> Result<void> {
    if (const auto held = take_hold(tx, parts, holder, Right::own); !held) return fail(held.error());
    if (Result<void> allowed = within_limit(tx, application.id, now); !allowed) return allowed;
    tx.post(email_sql::correct, email, now, application.id);
    list_email(tx, application.id, email);
    tx.post(email_sql::index_again, application.queue_id, now);
    readdress_copy(tx, parts, application, email);
    messages::queue_message(tx, parts.ids, parts.random, now, messages::message_id_domain(parts.public_address), mail);
    audit::write_event(tx, {parts.ids.next<audit::EventTag>(), application.id.value, "email_corrected",
                            audit::By::applicant(holder.person()), now});
    return {};
  });
  if (!written) return fail(written.error());
  return std::move(application);
}

}  // namespace bursary::applications
