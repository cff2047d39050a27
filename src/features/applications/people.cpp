#include "features/applications/people.h"

#include <algorithm>

#include "features/applications/columns.h"
#include "features/applications/email.sql.h"
#include "features/applications/holder.sql.h"
#include "features/applications/mail.h"
#include "features/applications/member_row.h"
#include "features/applications/people.sql.h"
#include "features/applications/rows.h"

namespace bursary::applications {

namespace people_sql = sql::applications::people;

namespace {

[[nodiscard]] auto gone() { return fail(ErrorKind::conflict, "applications.people.gone"); }

std::string of_member(const Member& member) {
  return fmt::format(R"({{"relation":"{}","person":{}}})", to_string(member.relation),
                     member.person ? member.person->value : 0);
}

std::optional<Member> find_member(db::Tx& tx, ApplicationId application, MemberId id) {
  auto people = people_of(tx, application);
  const auto found = std::ranges::find(people, id, &Member::id);
  return found == people.end() ? std::nullopt : std::optional(std::move(*found));
}

// Another secret: every page that the one before opened is closed.
bool make_link_anew(db::Tx& tx, const Parts& parts, const Application& application) {
  const std::int64_t generation = application.link_generation + 1;
  const LinkSecret link = LinkSecret::derive(application.id, parts.secret, generation);
  return tx.execute(people_sql::renew_link, generation, db::BytesView{bytes_of(link.hash())}, application.id) == 1;
}

// In the row, in the answers that are being edited (else the next save would bring the old one back), and in mail that
// has not left: what opens the application is its new owner's.
void readdress_application(db::Tx& tx, const Parts& parts, const Application& application, const std::string& email) {
  const Instant now = parts.clock.now();
  tx.post(people_sql::readdress_mail, email, application.id, application.email);
  tx.post(people_sql::readdress, email, now, application.id);
  list_email(tx, application.id, email);
  if (application.queue_id != 0) tx.post(sql::applications::email::index_again, application.queue_id, now);
  readdress_copy(tx, parts, application, email);
}

messages::NewMessage handed_over_mail(const Parts& parts, const Application& application, const std::string& email,
                                      const std::string& from) {
  messages::NewMessage mail;
  mail.application = application.id.value;
  mail.template_key = "handed_over";
  mail.locale = application.locale;
  mail.recipient = email;
  mail.due = parts.clock.now();
  mail.placeholders = {{"inviter", from},
                       {"reference", application.reference},
                       {"link", parts.public_address + portal_path(application.id)}};
  return mail;
}

}  // namespace

Member member_in(const db::Row& row) {
  Member out;
  out.id = row.id<MemberId>(0);
  out.relation = static_cast<Relation>(row.integer(1));
  out.state = static_cast<Membership>(row.integer(2));
  out.may_submit = row.boolean(3);
  out.email = row.text_or_empty(4);
  out.name = row.text_or_empty(5);
  if (const auto person = row.maybe_integer(6)) out.person = web::PersonId{*person};
  out.invited_at = row.instant(7);
  out.expires_at = row.instant(8);
  out.answered_at = row.maybe_instant(9);
  return out;
}

void tell_of_people(db::Tx& tx, const Parts& parts, ApplicationId id, std::string_view kind,
                    std::optional<web::PersonId> by, std::string_view detail) {
  audit::write_event(
      tx, {parts.ids.next<audit::EventTag>(), id.value, kind, audit::By::applicant(by), parts.clock.now(), detail});
}

void name_owner(db::Tx& tx, const Parts& parts, const Held& held, web::PersonId person) {
  const ApplicationId id = held.application.id;
  if (held.belonging.relation != Relation::owner || tx.find(sql::applications::holder::has_owner, id)) return;
  tx.execute(people_sql::name_owner, parts.ids.next<MemberTag>(), id, person, parts.clock.now());
}

Result<Held> take_hold(db::Tx& tx, const Parts& parts, const Holder& holder, Right right) {
  if (const auto id = holder.application()) tx.hold(id->value);  // before anything is looked at
  Result<Held> held = find_held(tx, holder, right);
  const auto& person = holder.person();
  if (held && person) name_owner(tx, parts, *held, *person);
  return held;
}

void readdress_copy(db::Tx& tx, const Parts& parts, const Application& application, const std::string& email) {
  const auto copy = tx.find(people_sql::copy_of, application.id);
  const auto definition = parts.form_versions.get(tx, application.form_version);
  if (!copy) return;
  forms::Answers answers = stored_answers(copy->text(0));
  put_email(answers, *definition, email);
  tx.post(people_sql::readdress_copy, forms::to_json(answers), application.id);
}

std::vector<Member> people_of(db::Tx& tx, ApplicationId id) {
  std::vector<Member> people;
  for (const db::Row row : tx.query(people_sql::of_application, id)) people.push_back(member_in(row));
  std::ranges::stable_partition(people, [](const Member& one) { return one.relation == Relation::owner; });
  return people;
}

Result<void> leave(const Parts& parts, const Holder& holder) {
  return write_as_person(parts, holder, Right::read, [&](db::Tx& tx, const Application& application, auto person) {
    if (tx.execute(people_sql::leave, application.id, person) == 0)
      return Result<void>(fail(ErrorKind::conflict, "applications.people.owner_stays"));
    tx.post(people_sql::forget_seen, person, application.id);
    tell_of_people(tx, parts, application.id, "application_left", person);
    return Result<void>();
  });
}

Result<void> remove_member(const Parts& parts, const Holder& owner, MemberId id) {
  return write_as_person(parts, owner, Right::own, [&](db::Tx& tx, const Application& application, auto by) {
    const auto member = find_member(tx, application.id, id);
    if (!member || tx.execute(people_sql::remove, id, application.id) == 0) return Result<void>(gone());
    tx.post(people_sql::forget_seen, *member->person, application.id);
    tell_of_people(tx, parts, application.id, "application_person_removed", by, of_member(*member));
    return Result<void>();
  });
}

Result<void> let_submit(const Parts& parts, const Holder& owner, MemberId id, bool may_submit) {
  return write_as_person(parts, owner, Right::own, [&](db::Tx& tx, const Application& application, auto by) {
    const auto member = find_member(tx, application.id, id);
    if (!member || tx.execute(people_sql::let_submit, may_submit ? 1 : 0, id, application.id) == 0)
      return Result<void>(gone());
    if (member->may_submit != may_submit)
      tell_of_people(tx, parts, application.id, may_submit ? "submitting_allowed" : "submitting_ended", by,
                     of_member(*member));
    return Result<void>();
  });
}

Result<void> hand_over(const Parts& parts, const Holder& owner, MemberId id) {
  return write_as_person(parts, owner, Right::own, [&](db::Tx& tx, const Application& application, auto by) {
    const auto member = find_member(tx, application.id, id);
    const auto address =
        member && member->person ? tx.find(people_sql::address_of, *member->person, member->email) : std::nullopt;
    if (!address) return Result<void>(gone());
    // In this order: there is one owner at any moment.
    if (tx.execute(people_sql::step_back, application.id) != 1 ||
        tx.execute(people_sql::become_owner, id, application.id) != 1)
      return Result<void>(gone());
    const std::string email = address->text(0);
    readdress_application(tx, parts, application, email);
    if (!make_link_anew(tx, parts, application)) return Result<void>(gone());
    const auto from = tx.find(people_sql::name_of, by);
    const std::string name = from && !from->text(0).empty() ? from->text(0) : from ? from->text_or_empty(1) : "";
    messages::queue_message(tx, parts.ids, parts.random, parts.clock.now(),
                            messages::message_id_domain(parts.public_address),
                            handed_over_mail(parts, application, email, name));
    tell_of_people(tx, parts, application.id, "handed_over", by, of_member(*member));
    return Result<void>();
  });
}

Result<void> renew_link(const Parts& parts, const Holder& owner) {
  return write_as_person(parts, owner, Right::own, [&](db::Tx& tx, const Application& application, auto by) {
    if (!make_link_anew(tx, parts, application)) return Result<void>(gone());
    tell_of_people(tx, parts, application.id, "link_renewed", by);
    return Result<void>();
  });
}

std::optional<std::string> private_link(db::Tx& tx, const Parts& parts, const Holder& owner) {
  const Result<Held> held = find_held(tx, owner, Right::own);
  if (!held) return std::nullopt;
  const auto stored = load_application(tx, held->application.id);
  const auto link = stored ? tellable_link(parts, *stored) : std::nullopt;
  if (!link) return std::nullopt;
  const bool draft = held->application.state == State::draft;
  return draft ? draft_address(parts, *link) : application_address(parts, *link);
}

std::string portal_path(ApplicationId id) { return fmt::format("/my/applications/{}", id.value); }

}  // namespace bursary::applications
