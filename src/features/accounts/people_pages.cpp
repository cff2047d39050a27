// Who works with the program, and inviting more.

#include "base/number.h"
#include "features/accounts/invitation.html.h"
#include "features/accounts/page.h"
#include "features/accounts/pages.h"
#include "features/accounts/people.h"
#include "features/accounts/people.html.h"
#include "features/accounts/people_view.h"
#include "web/form_data.h"

namespace bursary::accounts {
namespace {

constexpr std::string_view kPeople = "/staff/people";

RoleView view_of(Role role, bool everywhere = false) {
  const std::string key(to_string(role));
  return {key, Phrase("accounts.role." + key), Phrase("accounts.role_does." + key), everywhere};
}

MemberView view_of(const StaffMember& member) {
  MemberView view;
  view.id = member.person.value;
  view.name = member.name;
  view.emails = fmt::format("{}", fmt::join(member.emails, ", "));
  view.weak = !member.strong;
  for (const StaffRole& one : member.roles) view.roles.push_back(view_of(one.role, one.everywhere));
  for (const Role role : kAllRoles) {
    const bool has = std::ranges::any_of(member.roles, [&](const StaffRole& one) { return one.role == role; });
    if (!has) view.others.push_back(view_of(role));
  }
  return view;
}

PeopleView read_people(const Parts& parts, const web::Context& context) {
  const auto program = parts.programs.current();
  const html::Phrasebook& phrases = context.phrases;
  return parts.database.read([&](db::Tx& tx) {
    PeopleView view;
    for (const StaffMember& member : staff_of(tx, program->slug)) view.members.push_back(view_of(member));
    for (const Invitation& one : invitations_of(tx, program->slug, context.now)) {
      view.waiting.push_back({one.id.value, one.email,
                              phrases.text("accounts.people.waiting_facts",
                                           {{"role", phrases.text("accounts.role." + std::string(to_string(one.role)))},
                                            {"inviter", one.inviter},
                                            {"until", phrases.date(one.expires_at, program->time_zone)}})});
    }
    return view;
  });
}

web::Response people_page(const Parts& parts, const web::Context& context, const Phrase& done, const RefusedView& wrong,
                          int status) {
  const html::Phrasebook& phrases = context.phrases;
  PeopleView view = read_people(parts, context);
  view.form_token = context.form_token;
  view.done = done;
  view.refused = wrong;
  for (const Role role : kAllRoles) view.roles.push_back(view_of(role));
  html::Writer body(phrases);
  tpl::accounts::people(body, view);
  return in_layout(
      parts, context,
      (wrong.problem.empty() ? "" : phrases.text("problem.error_prefix")) + phrases.text("accounts.people.title"), body,
      status, Place::console);
}

web::Response people_after(const char* what) { return web::see_other(std::string(kPeople) + "?done=" + what); }

web::Response after(const Parts& parts, const web::Request& request, const web::Context& context,
                    const Result<void>& result) {
  if (result) return people_after("changed");
  const Error& error = result.error();
  if (error.kind != ErrorKind::conflict) return refused(parts, request, context, error);
  return people_page(parts, context, {}, {"people", context.phrases.text(error.message), {}}, web::status_of(error));
}

}  // namespace

web::Response show_people(const Parts& parts, const web::Request& request, const web::Context& context) {
  const std::string said = request.parameter("done").value_or("");
  const bool known = said == "invited" || said == "changed" || said == "taken_back";
  return people_page(parts, context, known ? Phrase("accounts.people." + said) : Phrase(), {}, 200);
}

web::Response post_invitation(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  const auto role = role_named(form->get("role"));
  if (!role) return refused(parts, request, context, Error{ErrorKind::invalid, "problem.status.400", {}, {}});
  const std::string email = form->get("email");
  const auto invited = invite(parts, person_of(context), email, *role, context.phrases.tag());
  if (invited) return people_after("invited");
  const Error& error = invited.error();
  if (error.kind == ErrorKind::unavailable) return refused(parts, request, context, error);
  return people_page(parts, context, {}, {"email", context.phrases.text(error.message), email}, web::status_of(error));
}

web::Response drop_invitation(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  const auto taken =
      take_invitation_back(parts, person_of(context), InvitationId{read_row_number(form->get("invitation"))});
  if (!taken) return refused(parts, request, context, taken.error());
  return *taken ? people_after("taken_back")
                : refused(parts, request, context, Error{ErrorKind::not_found, "problem.not_found", {}, {}});
}

web::Response give_role(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  const auto role = role_named(form->get("role"));
  if (!role) return refused(parts, request, context, Error{ErrorKind::invalid, "problem.status.400", {}, {}});
  return after(parts, request, context,
               grant_role(parts, person_of(context), web::PersonId{read_row_number(form->get("person"))}, *role));
}

web::Response drop_role(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  const auto role = role_named(form->get("role"));
  if (!role) return refused(parts, request, context, Error{ErrorKind::invalid, "problem.status.400", {}, {}});
  return after(parts, request, context,
               take_role(parts, person_of(context), web::PersonId{read_row_number(form->get("person"))}, *role));
}

web::Response show_invitation(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto found = parts.database.read(
      [&](db::Tx& tx) { return find_invitation(tx, parts, context.path_value("secret"), context.now); });
  InvitationView view;
  if (found)
    view = {request.path, found->inviter, found->email, Phrase("accounts.role." + std::string(to_string(found->role)))};
  html::Writer body(context.phrases);
  tpl::accounts::invitation(body, view);
  return in_layout(parts, context,
                   context.phrases.text(found ? "accounts.invitation.title" : "accounts.invitation.ended_title"), body,
                   found ? 200 : 404);
}

web::Response take_invitation(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto session = accept_invitation(parts, context.path_value("secret"), Visitor::of(request));
  if (!session && session.error().kind == ErrorKind::conflict) return show_invitation(parts, request, context);
  if (!session) return refused(parts, request, context, session.error());
  web::Response response = web::see_other(std::string(kAccount));
  keep_session(response, request, *session);
  return response;
}

}  // namespace bursary::accounts
