// An invitation, as it is shown to whoever holds its link, and its answer.
#include "base/crypto.h"
#include "features/portal/pages.h"
#include "features/portal/together.html.h"

namespace bursary::portal {
namespace {

web::Response together_with(const Visit& visit, const std::string& problem, bool declined, int status) {
  const std::string& secret = visit.context.path_value("secret");
  const auto found = visit.database().read(
      [&](db::Tx& tx) { return applications::find_invitation(tx, visit.parts.applications, secret); });
  TogetherView view;
  view.declined = declined;
  view.ended = !found;
  view.problem = problem;
  view.program = visit.program->name.in(visit.phrases().tag());
  if (found && !declined) {
    view.path = "/together/" + secret;
    view.inviter = found->inviter;
    view.email = found->asked.email;
    view.until = visit.day(found->asked.expires_at);
    const std::string relation(to_string(found->asked.relation));
    view.role = Phrase("applications.people.asked." + relation);
    view.means.emplace_back("portal.together.means." + relation);
    if (found->asked.may_submit) view.means.emplace_back("portal.together.means.submit");
    const web::Viewer& viewer = visit.context.viewer;
    view.logged_in = viewer.person && !viewer.emails.empty();
    if (view.logged_in) view.viewer = viewer.emails.front();
    if (viewer.person) view.token = visit.context.form_token;
  }
  html::Writer writer(visit.phrases());
  tpl::portal::together(writer, view);
  const char* title = declined ? "portal.together.declined_title"
                      : found  ? "portal.together.title"
                               : "portal.together.ended_title";
  return show(visit, visit.phrases().text(title), writer, status);
}

}  // namespace

web::Response show_together(const Visit& visit) { return together_with(visit, {}, false, 200); }

web::Response post_together(const Visit& visit) {
  const auto form = web::parse_form(visit.request);
  if (!form) return refused(visit, form.error());
  const std::string& secret = visit.context.path_value("secret");
  const web::Viewer& viewer = visit.context.viewer;
  const applications::Parts& house = visit.parts.applications;
  // With a session it is a form of the session's; without one the link alone declines.
  if (viewer.person && !same_secret(form->get("_token"), visit.context.form_token))
    return refused(visit, Error{ErrorKind::forbidden, "problem.request.form_token", {}, {}});
  if (form->get("_action") == "decline") {
    const auto declined = decline_invitation(house, secret, viewer.person);
    return declined ? together_with(visit, {}, true, 200)
                    : together_with(visit, said(visit, declined.error()), false, web::status_of(declined.error()));
  }
  if (!viewer.person) return together_with(visit, visit.phrases().text("portal.together.log_in_first"), false, 403);
  const auto joined = accept_invitation(house, secret, *viewer.person, viewer.emails);
  if (joined) return web::see_other(applications::portal_path(*joined) + "?done=joined");
  return together_with(visit, said(visit, joined.error()), false, web::status_of(joined.error()));
}

}  // namespace bursary::portal
