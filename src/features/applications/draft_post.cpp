// A draft's form is posted: autosave, save, check, submit, or its link is to be mailed.
#include "features/applications/autosave.h"
#include "features/applications/carry_over.h"
#include "features/applications/draft_limits.h"
#include "features/applications/email.h"
#include "features/applications/files.h"
#include "features/applications/form_page.h"
#include "features/applications/handlers.h"
#include "features/applications/judging.h"
#include "features/applications/saved_page.h"

namespace bursary::applications {
namespace {

// What the link opens now: a draft, or what was submitted from it.
struct Opened {
  Application application;
  std::shared_ptr<const forms::Definition> definition;  // null: it has ended
  forms::Answers answers;
  bool open = false;  // it can be saved and submitted
  DraftView as_draft() const { return {application, definition, answers}; }
};

Result<Opened> open_link(const Visit& visit) {
  return visit.parts().database.read([&](db::Tx& tx) -> Result<Opened> {
    Result<Held> held = find_held(tx, visit.holder(), Right::edit);
    if (!held) return fail(std::move(held.error()));
    FormVersions& versions = visit.parts().form_versions;
    if (Result<DraftView> draft = find_draft(tx, versions, visit.holder())) {
      return Opened{std::move(draft->application), std::move(draft->definition), std::move(draft->answers), true};
    }
    if (Result<ConfirmationView> view = find_confirmation(tx, versions, visit.holder())) {
      return Opened{std::move(view->application), std::move(view->definition), std::move(view->submission.answers),
                    false};
    }
    return Opened{std::move(held->application), nullptr, {}, false};
  });
}

// Saved as far as the limits allow.
Result<Saved> save(const Visit& visit, const Opened& opened, const Posted& posted, std::chrono::seconds& retry_after) {
  const Result<void> allowed = within_draft_limits(visit, posted, &opened.answers, retry_after);
  if (!allowed) return fail(allowed.error());
  return save_draft(visit.parts(), visit.holder(), version_of(posted.form), posted.answers, posted.files);
}

web::Response show_typed(const Visit& visit, const Opened& opened, const Posted& posted, const Said& said) {
  const DraftView draft = opened.as_draft();
  return show_draft_form(visit, {draft, &posted.answers}, said);
}

// Both texts, and a form that was made from what is stored now: sending it again keeps this page's.
web::Response show_conflict(const Visit& visit, const Posted& posted) {
  const Result<Opened> now = open_link(visit);
  if (!now) return show_error(visit, now.error());
  const DraftView draft = now->as_draft();
  DraftPage page{draft, &posted.answers};
  page.conflicts = conflicts_between(*draft.definition, posted.answers, draft.answers, visit.locale());
  return show_draft_form(visit, std::move(page), said_error(409, "applications.problem.changed_elsewhere"));
}

// The application was submitted, and this page holds another text: it is shown as the start of another application.
web::Response show_submitted(const Visit& visit, const Opened& opened, const Posted& posted) {
  const forms::Answers shown = forms::shown_answers(*opened.definition, posted.answers);
  if (shown == opened.answers && posted.files.empty()) return web::see_other(visit.application_path());
  CarriedOver carried = carry_over(opened.definition.get(), visit.program->form, posted.form, visit.locale());
  const Phrase notice("applications.problem.already_submitted", {{"reference", opened.application.reference}});
  return show_anonymous_form(visit, carried.answers, {}, said_error(409, notice), std::move(carried.orphans));
}

// Saves what was typed, then shows it with what is to be said; a stale page meets its conflict instead.
web::Response save_and_show(const Visit& visit, const Opened& opened, const Posted& posted, const Said& said) {
  std::chrono::seconds retry_after{0};
  const Result<Saved> saved = save(visit, opened, posted, retry_after);
  if (!saved && saved.error().kind == ErrorKind::conflict) return show_conflict(visit, posted);
  const Result<Opened> now = open_link(visit);
  if (!now) return show_error(visit, now.error());
  if (saved) return show_draft_form(visit, {now->as_draft()}, said);
  return show_typed(visit, *now, posted, said_both(said, said_not_kept(saved.error(), retry_after)));
}

web::Response save_opened(const Visit& visit, const Opened& opened, const Posted& posted, const std::string& next) {
  std::chrono::seconds retry_after{0};
  const Result<Saved> saved = save(visit, opened, posted, retry_after);
  // The page about a draft's private link is for who holds one.
  const bool to_portal = visit.link().empty() && next == "/saved";
  if (saved) return web::see_other(to_portal ? visit.application_path() + "?done=saved" : visit.draft_path() + next);
  if (saved.error().kind == ErrorKind::conflict) return show_conflict(visit, posted);
  const Result<Opened> now = open_link(visit);
  if (!now) return show_error(visit, now.error());
  return show_typed(visit, *now, posted, said_not_kept(saved.error(), retry_after));
}

web::Response draft_not_submitted(const Visit& visit, const Opened& opened, const Posted& posted, const Error& error,
                                  std::chrono::seconds retry_after) {
  const int status = web::status_of(error);
  switch (error.kind) {
    case ErrorKind::invalid:
      return save_and_show(visit, opened, posted, said_problems(error.fields));
    case ErrorKind::forbidden:
      return save_and_show(visit, opened, posted,
                           said_error(status, not_taking(visit, visit.parts().clock.now()).value_or(error.message)));
    case ErrorKind::limit:
      return save_and_show(visit, opened, posted, said_not_kept(error, retry_after));
    case ErrorKind::conflict:
      return show_conflict(visit, posted);
    case ErrorKind::unavailable: {
      const Result<Opened> now = open_link(visit);
      if (!now) return show_error(visit, now.error());
      return show_typed(visit, *now, posted, said_not_kept(error, retry_after));
    }
    case ErrorKind::not_found:
      break;
  }
  return show_error(visit, error);
}

web::Response submit_draft(const Visit& visit, const Opened& opened, const Posted& posted) {
  std::chrono::seconds retry_after{0};
  SubmitRequest request;
  request.link = visit.link();
  if (visit.link().empty()) request.person = visit.holder();
  request.base_version = version_of(posted.form);
  request.locale = visit.locale();
  request.answers = posted.answers;
  request.files = posted.files;
  request.program = visit.program;
  request.judge = judge_for(visit, posted.form, opened.application.created_at, retry_after);
  const Result<Submitted> submitted = submit(visit.parts(), request);
  if (submitted) return web::see_other(visit.application_path() + (visit.link().empty() ? "?done=submitted" : ""));
  return draft_not_submitted(visit, opened, posted, submitted.error(), retry_after);
}

web::Response check_draft(const Visit& visit, const Opened& opened, const Posted& posted) {
  std::vector<FieldError> problems =
      forms::check_answers(*opened.definition, with_files(posted.answers, name_files(posted.files)));
  if (!problems.empty()) return save_and_show(visit, opened, posted, said_problems(std::move(problems)));
  return save_opened(visit, opened, posted, "/check");
}

web::Response mail_it(const Visit& visit, const Opened& opened, const Posted& posted) {
  const std::string email = posted.own("_email");
  const Result<void> mailed = mail_draft_link(visit.parts(), visit.holder(), email);
  if (mailed) return web::see_other(visit.draft_path() + "/saved?mailed=1");
  const Error& error = mailed.error();
  SavedSaid said{web::status_of(error), false, {}, email};
  said.problem = error.fields.empty()
                     ? visit.phrases().text(error.message)
                     : forms::message_of(*opened.definition, error.fields.front(), visit.locale(), visit.phrases());
  return show_saved(visit, opened.as_draft(), said);
}

// The page of the answers and the page of the link post no answers: those that are stored are meant.
void take_stored(const Opened& opened, Posted& posted) {
  posted.answers = opened.answers;
  posted.problems.clear();
}

web::Response act_on_draft(const Visit& visit, const Opened& opened, const Posted& posted) {
  switch (action_of(posted.form)) {
    case Action::submit:
      return submit_draft(visit, opened, posted);
    case Action::check:
      return check_draft(visit, opened, posted);
    case Action::save:
      return save_opened(visit, opened, posted, "/saved");
    case Action::mail_link:
    case Action::correct_email:
      if (!visit.link().empty()) return mail_it(visit, opened, posted);
      [[fallthrough]];
    default:
      return show_typed(visit, opened, posted, said_error(422, "applications.problem.unknown_action"));
  }
}

}  // namespace

web::Response post_draft(const Visit& visit) {
  Result<web::KeptForm> parsed = web::parse_form_keeping(visit.request);
  if (!parsed) return show_error(visit, parsed.error());
  const Result<Opened> opened = open_link(visit);
  if (!opened) return show_error(visit, opened.error());
  if (!opened->definition) return show_ended(visit, opened->application);
  const bool is_draft = opened->open;
  const bool autosave = action_of(parsed->form) == Action::autosave;
  Posted posted = take_post(std::move(*parsed), *opened->definition, opened->answers);
  if (autosave && !is_draft) {
    const Phrase message("applications.problem.draft_submitted", {{"reference", opened->application.reference}});
    return problem_json(visit, Error{ErrorKind::conflict, message, {}, {}}, 410);
  }
  if (!brings_token(visit, posted.form)) {
    const Error error{ErrorKind::forbidden, "applications.problem.page_token", {}, {}};
    if (autosave) return problem_json(visit, error);
    if (is_draft) return show_typed(visit, *opened, posted, said_error(403, error.message));
    return show_error(visit, error);
  }
  if (autosave) return autosave_draft(visit, opened->as_draft(), posted);
  const Action action = action_of(posted.form);
  const bool stored = action == Action::mail_link || posted.own("_stored") == "1";
  if (stored) take_stored(*opened, posted);
  if (!is_draft) return show_submitted(visit, *opened, posted);
  if (stored && action == Action::submit && version_of(posted.form) != opened->application.version) {
    return show_typed(visit, *opened, posted, said_error(409, "applications.problem.changed_since_check"));
  }
  if (!posted.problems.empty()) return show_typed(visit, *opened, posted, said_problems(posted.problems));
  return act_on_draft(visit, *opened, posted);
}

}  // namespace bursary::applications
