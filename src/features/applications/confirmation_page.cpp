#include "features/applications/changes.h"
#include "features/applications/confirmation.html.h"
#include "features/applications/deadline.h"
#include "features/applications/email.h"
#include "features/applications/handlers.h"
#include "features/applications/mail.h"
#include "features/applications/page_views.h"
#include "features/applications/portal.h"
#include "features/applications/posted.h"
#include "features/applications/receipt.h"
#include "features/applications/staff.h"

namespace bursary::applications {
namespace {

Result<ConfirmationView> find(const Visit& visit) {
  return visit.parts().database.read([&](db::Tx& tx) {
    return find_confirmation(tx, visit.parts().form_versions, visit.holder(), visit.submission());
  });
}

// A draft that is none yet is found at its own address; what ended says so.
web::Response not_found(const Visit& visit, const Error& error) {
  const Result<Application> application =
      visit.parts().database.read([&](db::Tx& tx) { return find_by_link(tx, visit.link()); });
  if (!application) return show_error(visit, error);
  if (application->state == State::draft) return web::see_other("/draft/" + visit.link());
  return show_ended(visit, *application);
}

// "R A · 7 K 3 M · Q 9 X T 5": one character after the other, to be read out. A group is never broken over two lines.
std::string spelled(std::string_view reference) {
  std::string out;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    if (reference[i] == '-') {
      out += " · ";
    } else {
      if (i > 0 && reference[i - 1] != '-') out += "\u00A0";
      out += reference[i];
    }
  }
  return out;
}

struct Acted {
  int status = 200;
  bool mailed = false;
  std::string problem, typed;
  Phrase done;
};

// What "?done=" may say.
constexpr std::string_view kDone[] = {"withdrawn", "changes_dropped"};

struct Standing {
  std::optional<ChangeRequest> asked;
  bool changing = false;
};

// Where it stands and what its applicant can do about it.
void fill_standing(ConfirmationPageView& view, const Visit& visit, const ConfirmationView& found) {
  const Application& application = found.application;
  const Standing standing = visit.parts().database.read([&](db::Tx& tx) {
    return Standing{application.state == State::returned ? open_change_request(tx, application.id) : std::nullopt,
                    find_working_copy(tx, application).has_value()};
  });
  const State state = as_told(application.state);
  if (state != State::submitted) {
    const std::string name(to_string(state));
    view.state = Phrase("applications.my.state." + name);
    view.state_next = Phrase("applications.my.next." + name);
    view.told = state == State::awarded || state == State::declined || state == State::waitlisted;
  }
  if (found.submission.number > 1) view.number = visit.phrases().number(found.submission.number);
  if (standing.asked) {
    view.asked = standing.asked->body;
    view.asked_by = visit.day(standing.asked->due_at);
  }
  view.changing = standing.changing;
  view.can_change = may_be_changed(application.state);
  if (may_be_withdrawn(application.state))
    view.acts.push_back({view.path, view.token, "withdraw", "applications.confirmation.withdraw",
                         "applications.confirmation.withdraw_about", "applications.confirmation.withdraw_now"});
}

web::Response show_confirmation(const Visit& visit, const ConfirmationView& found, const Acted& acted) {
  const Application& application = found.application;
  const programs::Program& program = *visit.program;
  const std::vector<FieldError> none;
  ConfirmationPageView view;
  view.path = "/application/" + visit.link();
  view.address = application_address(visit.parts(), visit.link());
  view.token = link_token(visit.parts(), visit.link());
  view.reference = application.reference;
  view.spelled = spelled(application.reference);
  view.submitted_at = visit.moment(found.submission.submitted_at);
  view.in_grace = taking_at(program, found.submission.submitted_at) == Taking::grace;
  const bool looked_at = as_told(application.state) == State::submitted ||
                         as_told(application.state) == State::screening ||
                         as_told(application.state) == State::in_review;
  if (const auto by = decision_due(program, found.submission.submitted_at); by && looked_at) view.by = visit.day(*by);
  view.email = application.email;
  view.open = application.state == State::submitted || application.state == State::screening;
  view.mailed = acted.mailed;
  view.problem = acted.problem;
  view.typed = acted.typed;
  view.done = acted.done;
  fill_standing(view, visit, found);
  view.next = html::markdown(program.what_happens_next.in(visit.locale()));
  const forms::FormView form{*found.definition,   found.submission.answers, visit.locale(), none, none,
                             view.path + "/file/"};
  view.answers = forms::render_answers(form, visit.phrases(), "", true);
  html::Writer writer(visit.phrases());
  tpl::applications::confirmation(writer, view);
  std::string title = visit.phrases().text("applications.confirmation.title");
  if (!acted.problem.empty()) title = visit.phrases().text("problem.error_prefix") + title;
  return show(visit, title, writer.take(), acted.status);
}

web::Response take_address(const Visit& visit, const ConfirmationView& found, const std::string& typed) {
  const Result<Application> corrected = correct_email(visit.parts(), visit.link(), typed);
  if (corrected) return web::see_other("/application/" + visit.link() + "?mailed=1");
  const Error& error = corrected.error();
  Acted acted{web::status_of(error), false, {}, typed, {}};
  acted.problem = error.fields.empty()
                      ? visit.phrases().text(error.message)
                      : forms::message_of(*found.definition, error.fields.front(), visit.locale(), visit.phrases());
  return show_confirmation(visit, found, acted);
}

std::string here(const Visit& visit) { return "/application/" + visit.link(); }

web::Response after(const Visit& visit, const Result<void>& done, const std::string& next) {
  return done ? web::see_other(next) : show_error(visit, done.error());
}

web::Response copy_it(const Visit& visit) {
  const Result<LinkSecret> link = copy_application(visit.parts(), *visit.program, visit.link(), visit.locale(),
                                                   {visit.pages.defence, visit.request.peer});
  return link ? web::see_other("/draft/" + link->text) : show_error(visit, link.error());
}

}  // namespace

web::Response get_confirmation(const Visit& visit) {
  const Result<ConfirmationView> found = find(visit);
  if (!found) return not_found(visit, found.error());
  Acted acted;
  acted.mailed = visit.request.parameter("mailed") == "1";
  const std::string done = visit.request.parameter("done").value_or("");
  if (std::ranges::find(kDone, done) != std::ranges::end(kDone))
    acted.done = Phrase("applications.confirmation.done." + done);
  return show_confirmation(visit, *found, acted);
}

web::Response post_confirmation(const Visit& visit) {
  const Result<web::FormData> form = web::parse_form(visit.request);
  if (!form) return show_error(visit, form.error());
  const Result<ConfirmationView> found = find(visit);
  if (!found) return not_found(visit, found.error());
  if (!brings_token(visit, *form))
    return show_error(visit, Error{ErrorKind::forbidden, "problem.request.form_token", {}, {}});
  switch (action_of(*form)) {
    case Action::correct_email:
      return take_address(visit, *found, form->get("_email"));
    case Action::change:
      return after(visit, begin_changes(visit.parts(), visit.link()), "/draft/" + visit.link());
    case Action::drop_changes:
      return after(visit, drop_changes(visit.parts(), visit.link()), here(visit) + "?done=changes_dropped");
    case Action::withdraw:
      return after(visit, withdraw(visit.parts(), visit.link()), here(visit) + "?done=withdrawn");
    case Action::copy:
      return copy_it(visit);
    default:
      return show_error(visit, Error{ErrorKind::forbidden, "problem.request.form_token", {}, {}});
  }
}

web::Response get_receipt(const Visit& visit) {
  const Result<ConfirmationView> found = find(visit);
  if (!found) return not_found(visit, found.error());
  const bool open = visit.request.parameter("with") == "answers";
  const std::string number = visit.submission() > 1 ? fmt::format(".{}", visit.submission()) : std::string();
  return web::attachment(
      make_receipt(visit.parts(), *found, open), "application/json",
      found->application.reference + number + (open ? ".receipt-with-answers.json" : ".receipt.json"));
}

namespace {

web::Response file_for(const Visit& visit, Right right) {
  const Result<KeptFile> file = visit.parts().database.read([&](db::Tx& tx) -> Result<KeptFile> {
    const Result<Held> held = find_held(tx, visit.holder(), right);
    if (!held) return fail(held.error());
    std::optional<KeptFile> kept = find_file(tx, held->application.id, visit.context.path_value("token"));
    if (!kept) return fail(ErrorKind::not_found, "problem.not_found");
    return std::move(*kept);
  });
  if (!file) return show_error(visit, file.error());
  return web::attachment(file->bytes, file->media_type, file->name);
}

}  // namespace

web::Response get_file(const Visit& visit) { return file_for(visit, Right::read); }
web::Response get_draft_file(const Visit& visit) { return file_for(visit, Right::edit); }

}  // namespace bursary::applications
