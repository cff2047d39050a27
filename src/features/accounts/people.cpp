#include "features/accounts/people.h"

#include "base/derived_secret.h"
#include "base/mail_address.h"
#include "base/text.h"
#include "features/accounts/mail_sign_in.h"
#include "features/accounts/people.sql.h"
#include "features/messages/messages.h"

namespace bursary::accounts {
namespace {

namespace people_sql = sql::accounts::people;

constexpr std::string_view kInvitationPurpose = "bursary invitation 1";
constexpr std::size_t kMostWaiting = 30;
constexpr std::int64_t kRolesTurn = 0x726F6C65732E3031;  // "roles.01": who is the last administrator, one at a time

Invitation invitation_in(const db::Row& row) {
  return {row.id<InvitationId>(0), row.text(1), row.text(2), static_cast<Role>(row.integer(3)), row.instant(4)};
}

std::string role_detail(web::PersonId person, Role role) {
  return fmt::format(R"({{"role":"{}","person":{}}})", to_string(role), person.value);
}

void write_role_event(db::Tx& tx, const Parts& parts, web::PersonId by, const char* kind, const std::string& detail) {
  audit::write_event(
      tx, {parts.ids.next<audit::EventTag>(), std::nullopt, kind, audit::By::staff(by), parts.clock.now(), detail});
}

// Whose name nobody has told yet is called by the program's.
std::string name_of(db::Tx& tx, const programs::Program& program, web::PersonId person, std::string_view locale) {
  const auto row = tx.find(people_sql::inviter, person);
  return row && !row->text(0).empty() ? row->text(0) : program.host.in(locale);
}

bool give(db::Tx& tx, const Parts& parts, web::PersonId person, Role role, std::optional<web::PersonId> by) {
  const std::string& program = parts.programs.current()->slug;
  if (!tx.query(people_sql::has_role, person, role, program).empty()) return false;
  tx.post(people_sql::grant, person, program, role, parts.clock.now(), by);
  return true;
}

}  // namespace

std::vector<StaffMember> staff_of(db::Tx& tx, std::string_view program) {
  std::vector<StaffMember> staff;
  for (const db::Row row : tx.query(people_sql::staff, program)) {
    const auto person = row.id<web::PersonId>(0);
    if (staff.empty() || staff.back().person != person) staff.push_back({person, row.text(1), {}, {}, false});
    staff.back().roles.push_back({static_cast<Role>(row.integer(2)), row.text(3) == "*"});
  }
  for (StaffMember& member : staff) {
    for (const db::Row email : tx.query(people_sql::emails, member.person)) member.emails.push_back(email.text(0));
    member.strong = tx.query(people_sql::ways_in, member.person).at(0).integer(0) > 0;
  }
  return staff;
}

std::vector<Invitation> invitations_of(db::Tx& tx, std::string_view program, Instant now) {
  std::vector<Invitation> waiting;
  for (const db::Row row : tx.query(people_sql::invitations, program, now - kInvitationLife, now))
    waiting.push_back(invitation_in(row));
  return waiting;
}

Result<void> invite(const Parts& parts, web::PersonId by, std::string_view typed, Role role, std::string_view locale) {
  const auto address = read_mail_address(trim(typed));
  if (!address) return fail(ErrorKind::invalid, "accounts.log_in.no_address");
  const std::string email = to_lower_ascii(address->text());
  const auto program = parts.programs.current();
  const Instant now = parts.clock.now();
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    tx.hold(address_key(email));
    if (invitations_of(tx, program->slug, now).size() >= kMostWaiting)
      return fail(ErrorKind::limit, "accounts.people.too_many");
    const auto id = parts.ids.next<InvitationTag>();
    tx.post(people_sql::replace, program->slug, now - kInvitationLife, email, role, now);
    tx.post(people_sql::insert_invitation, id, email, program->slug, role, by, now, now + kInvitationLife);
    messages::NewMessage mail;
    mail.template_key = "invitation";
    mail.locale = locale;
    mail.recipient = email;
    mail.placeholders = {
        {"inviter", name_of(tx, *program, by, locale)},
        {"role", program->phrasebooks->get(locale).text("accounts.role." + std::string(to_string(role)))},
        {"until_at", to_rfc3339(now + kInvitationLife)}};
    mail.links = {{"link", {std::string(kOpensInvitation), id.value}}};
    mail.due = now;
    messages::queue_message(tx, parts.ids, parts.random, now, messages::message_id_domain(parts.public_address), mail);
    write_role_event(tx, parts, by, "invited", fmt::format(R"({{"role":"{}"}})", to_string(role)));
    return {};
  });
}

Result<bool> take_invitation_back(const Parts& parts, web::PersonId by, InvitationId id) {
  return parts.database.write([&](db::Tx& tx) -> Result<bool> {
    if (tx.execute(people_sql::take_back, id, parts.programs.current()->slug, parts.clock.now()) != 1) return false;
    write_role_event(tx, parts, by, "invitation_taken_back", "{}");
    return true;
  });
}

std::optional<Invitation> find_invitation(db::Tx& tx, const Parts& parts, std::string_view link, Instant now) {
  const auto id = read_derived_secret(kInvitationPurpose, link, parts.secret);
  const auto row = id ? tx.find(people_sql::invitation, *id, parts.programs.current()->slug, now) : std::nullopt;
  return row ? std::optional(invitation_in(*row)) : std::nullopt;
}

Result<std::string> accept_invitation(const Parts& parts, std::string_view link, const Visitor& visitor) {
  const Instant now = parts.clock.now();
  return parts.database.write([&](db::Tx& tx) -> Result<std::string> {
    const auto invitation = find_invitation(tx, parts, link, now);
    if (!invitation || tx.execute(people_sql::use, now, invitation->id) != 1)
      return fail(ErrorKind::conflict, "accounts.invitation.ended");
    const web::PersonId person = person_with(tx, parts.ids, invitation->email, now);
    if (give(tx, parts, person, invitation->role, std::nullopt)) {
      audit::write_event(tx, {parts.ids.next<audit::EventTag>(), std::nullopt, "invitation_accepted",
                              audit::By::staff(person), now, role_detail(person, invitation->role)});
    }
    return start_session(tx, parts, person, Strength::mail, Method::mail, visitor);
  });
}

std::optional<std::string> tell_invitation(const Parts& parts, std::int64_t id) {
  const std::string link = derived_secret(kInvitationPurpose, id, parts.secret);
  const Instant now = parts.clock.now();
  const bool open = parts.database.read([&](db::Tx& tx) { return find_invitation(tx, parts, link, now).has_value(); });
  return open ? std::optional(parts.public_address + "/staff/invitation/" + link) : std::nullopt;
}

Result<void> grant_role(const Parts& parts, web::PersonId by, web::PersonId person, Role role) {
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    tx.hold(kRolesTurn);
    if (tx.query(people_sql::is_staff, person, parts.programs.current()->slug).at(0).integer(0) == 0)
      return fail(ErrorKind::not_found, "problem.not_found");
    if (give(tx, parts, person, role, by)) write_role_event(tx, parts, by, "role_granted", role_detail(person, role));
    return {};
  });
}

Result<void> take_role(const Parts& parts, web::PersonId by, web::PersonId person, Role role) {
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    tx.hold(kRolesTurn);
    const std::string& program = parts.programs.current()->slug;
    if (tx.execute(people_sql::take, person, role, program) == 0)
      return fail(ErrorKind::not_found, "problem.not_found");
    if (role == Role::administrator && tx.query(people_sql::administrators, program).at(0).integer(0) == 0)
      return fail(ErrorKind::conflict, "accounts.people.last_administrator");
    write_role_event(tx, parts, by, "role_taken", role_detail(person, role));
    return {};
  });
}

}  // namespace bursary::accounts
