// The anonymous form is posted: submit, check my answers, or save and come back later.
#include "base/unavailable.h"
#include "features/applications/carry_over.h"
#include "features/applications/draft_limits.h"
#include "features/applications/form_page.h"
#include "features/applications/handlers.h"
#include "features/applications/judging.h"
#include "features/applications/posted.h"
#include "features/applications/repeated.html.h"

namespace bursary::applications {
namespace {

Result<Saved> start(const Visit& visit, const Posted& posted, std::chrono::seconds& retry_after) {
  const Result<void> allowed = within_draft_limits(visit, posted, nullptr, retry_after);
  if (!allowed) return fail(allowed.error());
  return start_draft(visit.parts(), *visit.program, visit.locale(), posted.answers, posted.files,
                     posted.own(site::kKeyField));
}

// What was typed, as the form it came from. Files cannot be put back into a form, so those that came are kept in a
// draft.
web::Response again(const Visit& visit, const Posted& posted, const Said& said, bool fresh_key = false) {
  return show_anonymous_form(visit, posted.answers, fresh_key ? std::string() : posted.own(site::kKeyField), said);
}

web::Response show_saved_as(const Visit& visit, const std::string& link, const Said& said) {
  const Result<DraftView> draft =
      visit.parts().database.read([&](db::Tx& tx) { return find_draft(tx, visit.parts().form_versions, link); });
  if (!draft) return show_error(visit, draft.error());
  DraftPage page{*draft};
  page.link = link;
  return show_draft_form(visit, std::move(page), said);
}

// What was typed, kept as a draft from now on.
web::Response park(const Visit& visit, const Posted& posted, const Said& said) {
  std::chrono::seconds retry_after{0};
  const Result<Saved> saved = start(visit, posted, retry_after);
  if (!saved) return again(visit, posted, said_both(said, said_not_kept(saved.error(), retry_after)));
  return show_saved_as(visit, saved->link.text, said);
}

web::Response refused(const Visit& visit, const Posted& posted, std::vector<FieldError> problems) {
  Said said = said_problems(std::move(problems));
  return posted.files.empty() ? again(visit, posted, said) : park(visit, posted, said);
}

web::Response show_repeated(const Visit& visit, const Application& application) {
  const RepeatedView view{application.reference, visit.moment(application.submitted_at.value_or(visit.context.now))};
  html::Writer writer(visit.phrases());
  tpl::applications::repeated(writer, view);
  return show(visit, visit.phrases().text("applications.repeated.title"), writer.take());
}

web::Response not_submitted(const Visit& visit, const Posted& posted, const Error& error,
                            std::chrono::seconds retry_after) {
  const int status = web::status_of(error);
  switch (error.kind) {
    case ErrorKind::invalid:
      return refused(visit, posted, error.fields);
    case ErrorKind::forbidden:
      return park(visit, posted,
                  said_error(status, not_taking(visit, visit.parts().clock.now()).value_or(error.message)));
    case ErrorKind::limit:
      return park(visit, posted, said_not_kept(error, retry_after));
    case ErrorKind::conflict:
      return again(visit, posted, said_error(status, error.message), true);
    case ErrorKind::unavailable:
      return again(visit, posted, said_not_kept(error, retry_after));
    case ErrorKind::not_found:
      break;
  }
  return show_error(visit, error);
}

web::Response submit_it(const Visit& visit, const Posted& posted) {
  std::chrono::seconds retry_after{0};
  SubmitRequest request;
  request.locale = visit.locale();
  request.answers = posted.answers;
  request.files = posted.files;
  request.key = posted.own(site::kKeyField);
  request.program = visit.program;
  request.judge = judge_for(visit, posted.form, std::nullopt, retry_after);
  const Result<Submitted> submitted = submit(visit.parts(), request);
  if (!submitted) return not_submitted(visit, posted, submitted.error(), retry_after);
  if (submitted->link.empty()) return show_repeated(visit, submitted->application);
  return web::see_other("/application/" + submitted->link);
}

web::Response not_started(const Visit& visit, const Posted& posted, const Error& error,
                          std::chrono::seconds retry_after) {
  const bool kept_out = error.kind == ErrorKind::limit || error.kind == ErrorKind::invalid;
  return kept_out ? again(visit, posted, said_not_kept(error, retry_after))
                  : not_submitted(visit, posted, error, retry_after);
}

web::Response check_it(const Visit& visit, const Posted& posted) {
  std::chrono::seconds retry_after{0};
  const Result<Saved> saved = start(visit, posted, retry_after);
  if (!saved) return not_started(visit, posted, saved.error(), retry_after);
  std::vector<FieldError> problems = forms::check_answers(visit.program->form, saved->answers);
  if (problems.empty()) return web::see_other("/draft/" + saved->link.text + "/check");
  return show_saved_as(visit, saved->link.text, said_problems(std::move(problems)));
}

web::Response save_it(const Visit& visit, const Posted& posted) {
  std::chrono::seconds retry_after{0};
  const Result<Saved> saved = start(visit, posted, retry_after);
  if (!saved) return not_started(visit, posted, saved.error(), retry_after);
  return web::see_other("/draft/" + saved->link.text + "/saved");
}

// Made from another form than the present one: what fits is put into the present one, the rest is shown to be copied.
web::Response show_changed(const Visit& visit, const web::FormData& form) {
  const auto older = visit.parts().form_versions.find(visit.program->slug, form.get(site::kFormVersionField));
  CarriedOver carried = carry_over(older.get(), visit.program->form, form, visit.locale());
  return show_anonymous_form(visit, carried.answers, form.get(site::kKeyField),
                             said_error(409, "applications.problem.form_changed"), std::move(carried.orphans));
}

web::Response act_on_form(const Visit& visit, const Posted& posted, Action action) {
  switch (action) {
    case Action::submit:
      return submit_it(visit, posted);
    case Action::check:
      return check_it(visit, posted);
    case Action::save:
      return save_it(visit, posted);
    default:
      return again(visit, posted, said_error(422, "applications.problem.unknown_action"));
  }
}

}  // namespace

web::Response post_apply(const Visit& visit) {
  Result<web::KeptForm> parsed = web::parse_form_keeping(visit.request);
  if (!parsed) return show_error(visit, parsed.error());
  const std::string version = parsed->form.get(site::kFormVersionField);
  if (!version.empty() && version != visit.program->form_version) return show_changed(visit, parsed->form);
  Posted posted = take_post(std::move(*parsed), visit.program->form, {});
  const Action action = action_of(posted.form);
  if (!posted.problems.empty()) {
    // The other problems too: nobody likes to be told one after the other.
    if (action == Action::submit || action == Action::check) {
      for (FieldError& more : forms::check_answers(visit.program->form, posted.answers)) {
        const auto same = [&](const FieldError& told) { return told.field == more.field; };
        if (std::none_of(posted.problems.begin(), posted.problems.end(), same))
          posted.problems.push_back(std::move(more));
      }
    }
    return again(visit, posted, said_problems(posted.problems));
  }
  try {
    return act_on_form(visit, posted, action);
  } catch (const Unavailable&) {
    // The database is away. What was typed is shown again; its key makes one application of both posts, should the
    // first have been written after all.
    return again(visit, posted, said_unavailable("applications.problem.away"));
  }
}

}  // namespace bursary::applications
