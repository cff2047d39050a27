// Asking somebody to join, and what they answer.
#include <algorithm>

#include "base/derived_secret.h"
#include "base/mail_address.h"
#include "base/text.h"
#include "features/applications/member_row.h"
#include "features/applications/people.h"
#include "features/applications/people.sql.h"
#include "features/applications/staff.h"

namespace bursary::applications {

namespace people_sql = sql::applications::people;

namespace {

constexpr std::string_view kTogetherPurpose = "bursary application invitation 1";
constexpr std::chrono::hours kDay{24};
constexpr std::size_t kLongestInviter = 120;  // bytes

[[nodiscard]] auto ended() { return fail(ErrorKind::conflict, "applications.people.ended"); }

Result<std::string> address_in(const Holder& owner, std::string_view typed) {
  const auto address = read_mail_address(trim(typed));
  if (!address) return fail({{"email", "applications.people.no_address"}});
  std::string email = to_lower_ascii(address->text());
  if (std::ranges::find(owner.emails(), email) != owner.emails().end())
    return fail({{"email", "applications.people.own_address"}});
  return email;
}

Result<void> within_limits(db::Tx& tx, const Parts& parts, ApplicationId id, web::PersonId by,
                           const std::string& email) {
  const Instant since = parts.clock.now() - kDay;
  if (people_of(tx, id).size() >= kMostPeople) return fail(ErrorKind::limit, "applications.people.too_many");
  if (tx.query(people_sql::invitations_sent, id, since).at(0).integer(0) >= kInvitationsADay ||
      tx.query(people_sql::invitations_by, by, since).at(0).integer(0) >= kInvitationsADay ||
      tx.query(people_sql::asked_to, id, email, since).at(0).integer(0) >= kInvitationsToOne)
    return fail(ErrorKind::limit, "applications.people.too_many_today");
  return {};
}

std::string name_of(db::Tx& tx, const Application& application, web::PersonId person) {
  const auto row = tx.find(people_sql::name_of, person);
  if (!row) return {};
  const std::string& name = row->text(0).empty() ? application.applicant_name : row->text(0);
  // It stands in mail of ours to whoever they name: a name, and no letter of its own.
  const bool telling = !name.empty() && name.size() <= kLongestInviter && name.find_first_of("@/") == std::string::npos;
  return telling ? name : row->text_or_empty(1);
}

Invitation invitation_in(const db::Row& row) {
  Invitation out{member_in(row), row.id<ApplicationId>(10), row.text(11), row.text_or_empty(12)};
  if (out.inviter.empty()) out.inviter = row.text(13);
  return out;
}

std::optional<Invitation> find_open(db::Tx& tx, const Parts& parts, std::int64_t id) {
  const auto row = tx.find(people_sql::invitation, id, parts.clock.now());
  return row ? std::optional(invitation_in(*row)) : std::nullopt;
}

messages::NewMessage invitation_mail(const Parts& parts, const Application& application, const NewMember& asked,
                                     MemberId id, const std::string& inviter, std::string_view locale) {
  const auto program = parts.programs.current();
  const Instant now = parts.clock.now();
  messages::NewMessage mail;
  mail.application = application.id.value;
  mail.template_key = "application_invitation";
  mail.locale = locale;
  mail.recipient = asked.email;
  mail.due = now;
  mail.placeholders = {{"inviter", inviter},
                       {"role", program->phrasebooks->get(locale).text("applications.people.asked." +
                                                                       std::string(to_string(asked.relation)))},
                       {"until_at", to_rfc3339(now + kInvitationLife)}};
  mail.links = {{"link", {std::string(kOpensInvitation), id.value}}};
  return mail;
}

}  // namespace

Result<MemberId> invite(const Parts& parts, const Holder& owner, const NewMember& typed, std::string_view locale) {
  const auto email = address_in(owner, typed.email);
  if (!email) return fail(email.error());
  if (typed.relation == Relation::owner) return fail(ErrorKind::invalid, "problem.fields");
  NewMember asked = typed;
  asked.email = *email;
  asked.may_submit = typed.may_submit && typed.relation == Relation::co_editor;
  const auto id = parts.ids.next<MemberTag>();
  const auto done = write_as_person(
      parts, owner, Right::own, [&](db::Tx& tx, const Application& application, web::PersonId by) -> Result<void> {
        if (to_lower_ascii(application.email) == asked.email)
          return fail({{"email", "applications.people.own_address"}});
        if (const auto allowed = within_limits(tx, parts, application.id, by, asked.email); !allowed) return allowed;
        name_owner(tx, parts, {application, {}}, by);
        const auto people = people_of(tx, application.id);
        if (std::ranges::any_of(people, [&](const Member& one) {
              return one.state == Membership::belongs && one.email == asked.email;
            }))
          return fail({{"email", "applications.people.is_there"}});
        const Instant now = parts.clock.now();
        tx.post(people_sql::cancel_invitations, application.id, asked.email);
        tx.post(people_sql::replace, application.id, asked.email);
        tx.post(people_sql::ask, id, application.id, asked.relation, asked.may_submit ? 1 : 0, asked.email, by, now,
                now + kInvitationLife);
        const auto mail = invitation_mail(parts, application, asked, id, name_of(tx, application, by), locale);
        messages::queue_message(tx, parts.ids, parts.random, now, messages::message_id_domain(parts.public_address),
                                mail);
        tell_of_people(tx, parts, application.id, "application_invited", by,
                       fmt::format(R"({{"relation":"{}"}})", to_string(asked.relation)));
        return {};
      });
  if (!done) return fail(done.error());
  return id;
}

Result<void> take_invitation_back(const Parts& parts, const Holder& owner, MemberId id) {
  return write_as_person(parts, owner, Right::own,
                         [&](db::Tx& tx, const Application& application, web::PersonId by) -> Result<void> {
                           for (const Member& one : people_of(tx, application.id)) {
                             if (one.id == id) tx.post(people_sql::cancel_invitations, application.id, one.email);
                           }
                           if (tx.execute(people_sql::take_back, id, application.id) == 0)
                             return fail(ErrorKind::conflict, "applications.people.gone");
                           tell_of_people(tx, parts, application.id, "application_invitation_ended", by);
                           return {};
                         });
}

std::optional<Invitation> find_invitation(db::Tx& tx, const Parts& parts, std::string_view link) {
  const auto id = read_derived_secret(kTogetherPurpose, link, parts.secret);
  return id ? find_open(tx, parts, *id) : std::nullopt;
}

std::vector<Waiting> invitations_for(db::Tx& tx, const Parts& parts, const std::vector<std::string>& verified_emails) {
  std::vector<Waiting> waiting;
  for (const std::string& email : verified_emails) {
    for (const db::Row row : tx.query(people_sql::waiting_for, email, parts.clock.now())) {
      if (auto found = find_open(tx, parts, row.integer(0)))
        waiting.push_back({std::move(*found), derived_secret(kTogetherPurpose, row.integer(0), parts.secret)});
    }
  }
  return waiting;
}

Result<ApplicationId> accept_invitation(const Parts& parts, std::string_view link, web::PersonId person,
                                        const std::vector<std::string>& verified_emails) {
  if (verified_emails.empty()) return fail(ErrorKind::forbidden, "applications.people.no_verified");
  return parts.database.write([&](db::Tx& tx) -> Result<ApplicationId> {
    const auto id = read_derived_secret(kTogetherPurpose, link, parts.secret);
    if (!id) return ended();
    // The same post again.
    if (const auto row = tx.find(people_sql::accepted_by, *id, person)) return row->id<ApplicationId>(0);
    const auto found = find_open(tx, parts, *id);
    if (!found) return ended();
    tx.hold(found->application.value);
    const auto application = find_by_id(tx, found->application);
    if (!application) return ended();
    if (belonging_of(tx, *application, person, verified_emails))
      return fail(ErrorKind::conflict, "applications.people.already");
    if (tx.execute(people_sql::accept, person, parts.clock.now(), found->asked.id) != 1) return ended();
    tell_of_people(tx, parts, found->application, "application_joined", person,
                   fmt::format(R"({{"relation":"{}"}})", to_string(found->asked.relation)));
    return found->application;
  });
}

Result<void> decline_invitation(const Parts& parts, std::string_view link, std::optional<web::PersonId> person) {
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    const auto found = find_invitation(tx, parts, link);
    if (!found || tx.execute(people_sql::decline, person, parts.clock.now(), found->asked.id) != 1) return ended();
    tell_of_people(tx, parts, found->application, "application_invitation_declined", person,
                   fmt::format(R"({{"relation":"{}"}})", to_string(found->asked.relation)));
    return {};
  });
}

std::optional<std::string> tell_together_link(const Parts& parts, const messages::PrivateLink& link) {
  if (link.opens != kOpensInvitation) return std::nullopt;
  const bool open = parts.database.read([&](db::Tx& tx) { return find_open(tx, parts, link.id).has_value(); });
  if (!open) return std::nullopt;
  return parts.public_address + "/together/" + derived_secret(kTogetherPurpose, link.id, parts.secret);
}

}  // namespace bursary::applications
