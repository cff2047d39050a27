// Who belongs to an application: asked, let go, handed over.
#include <algorithm>

#include "base/number.h"
#include "features/portal/pages.h"
#include "features/portal/people.html.h"

namespace bursary::portal {
namespace {

using applications::Member;
using applications::MemberId;
using applications::Membership;
using applications::Relation;

// What "?done=" may say.
constexpr std::string_view kPeopleDone[] = {"invited", "taken_back", "removed", "handed_over", "changed"};

// What could not be done as asked: an act on somebody, or an invitation as it was typed.
struct Unfit {
  std::string refused;
  std::string problem, email, relation;
  bool may_submit = false;
};

Phrase state_of(const Visit& visit, const Member& member) {
  if (member.state == Membership::declined) return "portal.people.declined";
  if (member.state == Membership::belongs) {
    const bool named = member.relation == Relation::investigator;
    return Phrase(named ? "portal.people.confirmed" : "portal.people.belongs",
                  {{"date", visit.day(member.answered_at.value_or(member.invited_at))}});
  }
  const bool over = member.expires_at <= visit.context.now;
  return Phrase(over ? "portal.people.expired" : "portal.people.waits", {{"date", visit.day(member.expires_at)}});
}

const char* tag_of(const Member& member) {
  if (member.state == Membership::belongs) return "tag tag--success";
  return member.state == Membership::declined ? "tag tag--warning" : "tag tag--info";
}

MemberView member_view(const Visit& visit, const Member& member) {
  MemberView view;
  view.id = std::to_string(member.id.value);
  view.name = member.name.empty() ? member.email : member.name;
  view.email = member.name.empty() ? std::string() : member.email;
  view.as = Phrase("portal.as." + std::string(to_string(member.relation)));
  view.state = state_of(visit, member);
  view.tag = tag_of(member);
  view.you = member.person == visit.person();
  view.waits = member.state != Membership::belongs;
  const bool co_editor = member.state == Membership::belongs && member.relation == Relation::co_editor;
  view.may_submit = member.may_submit && member.relation == Relation::co_editor;
  view.can_submit = co_editor;
  view.heir = co_editor;
  view.removable = member.state == Membership::belongs && member.relation != Relation::owner;
  return view;
}

web::Response people_with(const Visit& visit, const Unfit& unfit, int status) {
  auto found = visit.database().read([&](db::Tx& tx) -> Result<PeopleView> {
    const auto held = applications::find_held(tx, visit.holder(), Right::read);
    if (!held) return fail(held.error());
    PeopleView view;
    view.head = head_of(visit, tx, *held, Tab::people);
    view.owns = held->belonging.may(Right::own);
    for (const Member& member : applications::people_of(tx, held->application.id))
      view.members.push_back(member_view(visit, member));
    return view;
  });
  if (!found) return refused(visit, found.error());
  PeopleView& view = *found;
  view.path = visit.path() + "/people";
  view.token = visit.context.form_token;
  view.refused = unfit.refused;
  view.problem = unfit.problem;
  view.typed = unfit.email;
  view.typed_relation = unfit.relation;
  view.typed_may_submit = unfit.may_submit;
  const std::string done = visit.request.parameter("done").value_or("");
  if (std::ranges::find(kPeopleDone, done) != std::ranges::end(kPeopleDone))
    view.done = Phrase("portal.people.done." + done);
  html::Writer writer(visit.phrases());
  tpl::portal::people(writer, view);
  std::string title = view.head.title + " · " + visit.phrases().text("portal.tab.people");
  if (status >= 400) title = visit.phrases().text("problem.error_prefix") + title;
  return show(visit, title, writer, status);
}

web::Response ask(const Visit& visit, const web::FormData& form) {
  applications::NewMember asked;
  asked.email = form.get("email");
  const std::string relation = form.get("relation");
  asked.relation = relation == "investigator" ? Relation::investigator : Relation::co_editor;
  asked.may_submit = form.get("may_submit") == "1";
  const auto done = invite(visit.parts.applications, visit.holder(), asked, visit.phrases().tag());
  if (done) return web::see_other(visit.path() + "/people?done=invited");
  const Error& error = done.error();
  if (error.kind == ErrorKind::not_found || error.kind == ErrorKind::forbidden) return refused(visit, error);
  return people_with(visit, {{}, said(visit, error), asked.email, relation, asked.may_submit}, web::status_of(error));
}

MemberId member_in(const web::FormData& form) { return {read_row_number(form.get("member"))}; }

}  // namespace

web::Response show_people(const Visit& visit) { return people_with(visit, {}, 200); }

web::Response post_people(const Visit& visit) {
  const auto form = web::parse_form(visit.request);
  if (!form) return refused(visit, form.error());
  const applications::Parts& house = visit.parts.applications;
  const std::string action = form->get("_action");
  const MemberId member = member_in(*form);
  const auto after = [&](const Result<void>& done, const char* what) {
    if (!done && done.error().kind == ErrorKind::conflict)
      return people_with(visit, {said(visit, done.error()), {}, {}, {}, false}, 409);
    return done ? web::see_other(visit.path() + (what[0] == '\0' ? "" : "/people?done=" + std::string(what)))
                : refused(visit, done.error());
  };
  if (action == "take_back") return after(take_invitation_back(house, visit.holder(), member), "taken_back");
  if (action == "remove") return after(remove_member(house, visit.holder(), member), "removed");
  if (action == "let_submit") return after(let_submit(house, visit.holder(), member, true), "changed");
  if (action == "end_submit") return after(let_submit(house, visit.holder(), member, false), "changed");
  if (action == "hand_over") return after(hand_over(house, visit.holder(), member), "handed_over");
  if (!action.empty()) return refused(visit, Error{ErrorKind::invalid, "applications.problem.unknown_action", {}, {}});
  return ask(visit, *form);
}

}  // namespace bursary::portal
