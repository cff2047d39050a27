// One application as its people see it: where it stands, what waits, what was submitted, what happened.
#include <algorithm>

#include "features/applications/changes.h"
#include "features/applications/mail.h"
#include "features/applications/portal.h"
#include "features/applications/staff.h"
#include "features/messages/desk.h"
#include "features/portal/application.html.h"
#include "features/portal/application_page.sql.h"
#include "features/portal/pages.h"
#include "features/portal/timeline.h"
#include "features/portal/waiting_views.h"

namespace bursary::portal {

namespace application_page_sql = sql::portal::application_page;

namespace {

// What "?done=" may say.
constexpr std::string_view kApplicationDone[] = {"saved",           "submitted", "withdrawn",
                                                 "changes_dropped", "joined",    "link_renewed"};

void fill_rights(ApplicationView& view, const Held& held) {
  const Belonging& belonging = held.belonging;
  const State state = held.application.state;
  view.may_edit = belonging.may(Right::edit);
  view.may_submit = belonging.may(Right::submit);
  view.owns = belonging.may(Right::own);
  view.draft = state == State::draft;
  view.may_change = view.may_edit && applications::may_be_changed(state);
}

void fill_acts(ApplicationView& view, State state) {
  if (view.owns && applications::may_be_withdrawn(state))
    view.acts.push_back({view.path, view.token, "withdraw", "applications.confirmation.withdraw",
                         "applications.confirmation.withdraw_about", "applications.confirmation.withdraw_now"});
  if (!view.owns)
    view.acts.push_back(
        {view.path, view.token, "leave", "portal.leave.title", "portal.leave.about", "portal.leave.now"});
}

void fill_submissions(ApplicationView& view, const Visit& visit, db::Tx& tx, ApplicationId id) {
  for (const db::Row row : tx.query(application_page_sql::submissions, id)) {
    const std::string number = std::to_string(row.integer(0));
    const std::string path = visit.path() + "/submissions/" + number;
    view.submissions.push_back({path, visit.moment(row.instant(1)),
                                Phrase("portal.submission.name", {{"number", number}}), path + "/answers.pdf",
                                path + "/receipt", path + "/receipt?with=answers"});
  }
}

void fill_standing(ApplicationView& view, const Visit& visit, db::Tx& tx, const Held& held) {
  const Application& application = held.application;
  const State state = applications::as_told(application.state);
  const Standing standing = standing_of(tx, application, held.belonging, visit.person(), visit.context.now);
  add_waiting(visit, application, standing, false, view.waiting);
  // Being here is where it is done.
  std::erase_if(view.waiting,
                [&](const WaitingView& one) { return one.href == visit.path() && !standing.expires_soon; });
  view.next = Phrase("applications.my.next." + std::string(to_string(state)));
  view.due = due_of(visit, application, standing);
  if (state == State::submitted || state == State::screening || state == State::in_review)
    view.others = others_were_answered(tx, visit);
  view.told = standing.decision != 0;
  if (application.state == State::returned && held.belonging.may(Right::edit)) {
    if (const auto asked = applications::open_change_request(tx, application.id)) {
      view.asked = asked->body;
      view.asked_by = Phrase("applications.confirmation.asked_by", {{"date", visit.day(asked->due_at)}});
    }
  }
  view.changing = applications::find_working_copy(tx, application).has_value();
}

std::optional<ApplicationView> view_of(const Visit& visit) {
  return visit.database().read([&](db::Tx& tx) -> std::optional<ApplicationView> {
    const auto held = applications::find_held(tx, visit.holder(), Right::read);
    if (!held) return std::nullopt;
    const Application& application = held->application;
    ApplicationView view;
    view.head = head_of(visit, tx, *held, Tab::overview);
    view.path = visit.path();
    view.draft_path = view.path + "/draft";
    view.token = visit.context.form_token;
    view.reference = application.reference;
    fill_rights(view, *held);
    fill_acts(view, application.state);
    fill_standing(view, visit, tx, *held);
    fill_submissions(view, visit, tx, application.id);
    view.timeline = timeline_of(visit, tx, application.id);
    view.contact = application.email;
    if (view.owns) {
      view.trouble = messages::trouble_of(tx, application.email).value_or("");
      view.private_link = applications::private_link(tx, visit.parts.applications, visit.holder()).value_or("");
    }
    return view;
  });
}

web::Response after(const Visit& visit, const Result<void>& done, const std::string& next) {
  return done ? web::see_other(next) : refused(visit, done.error());
}

web::Response copy_it(const Visit& visit) {
  const auto link = applications::copy_application(visit.parts.applications, *visit.program, visit.holder(),
                                                   visit.phrases().tag(), {visit.parts.defence, visit.request.peer});
  if (!link) return refused(visit, link.error());
  const auto id = applications::LinkSecret::id_of(link->text);
  return web::see_other(id ? applications::portal_path(*id) + "/draft" : "/my");
}

Result<void> read_decision(const Visit& visit) {
  return visit.database().write([&](db::Tx& tx) -> Result<void> {
    const auto held = applications::find_held(tx, visit.holder(), Right::read);
    if (!held) return fail(held.error());
    const Standing standing = standing_of(tx, held->application, held->belonging, visit.person(), visit.context.now);
    see(tx, visit.person(), held->application.id, 0, standing.decision);
    return {};
  });
}

}  // namespace

web::Response show_application(const Visit& visit) {
  auto view = view_of(visit);
  if (!view) return refused(visit, Error{ErrorKind::not_found, "problem.not_found", {}, {}});
  const std::string done = visit.request.parameter("done").value_or("");
  if (std::ranges::find(kApplicationDone, done) != std::ranges::end(kApplicationDone))
    view->done = Phrase("portal.done." + done);
  html::Writer writer(visit.phrases());
  tpl::portal::application(writer, *view);
  return show(visit, view->head.title, writer);
}

web::Response post_application(const Visit& visit) {
  const auto form = web::parse_form(visit.request);
  if (!form) return refused(visit, form.error());
  const applications::Parts& house = visit.parts.applications;
  const std::string action = form->get("_action");
  if (action == "change") return after(visit, begin_changes(house, visit.holder()), visit.path() + "/draft");
  if (action == "drop_changes")
    return after(visit, drop_changes(house, visit.holder()), visit.path() + "?done=changes_dropped");
  if (action == "withdraw") return after(visit, withdraw(house, visit.holder()), visit.path() + "?done=withdrawn");
  if (action == "renew_link")
    return after(visit, renew_link(house, visit.holder()), visit.path() + "?done=link_renewed");
  if (action == "leave") return after(visit, leave(house, visit.holder()), "/my");
  if (action == "read_decision") return after(visit, read_decision(visit), visit.path() + "/decision");
  if (action == "copy") return copy_it(visit);
  return refused(visit, Error{ErrorKind::invalid, "applications.problem.unknown_action", {}, {}});
}

}  // namespace bursary::portal
