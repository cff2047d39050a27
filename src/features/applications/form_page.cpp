#include "features/applications/form_page.h"

#include "features/applications/deadline.h"
#include "features/applications/draft_head.html.h"

namespace bursary::applications {
namespace {

html::SafeHtml draw_head(const Visit& visit, const DraftHeadView& view) {
  if (view.link_page.empty() && view.together.empty() && view.orphans.empty()) return {};
  html::Writer writer(visit.phrases());
  tpl::applications::draft_head(writer, view);
  return writer.take();
}

DraftHeadView head_of(const Visit& visit, const std::string& link) {
  if (!link.empty()) return {"/draft/" + link + "/saved", {}, false, {}};
  return {{}, visit.application_path(), !may(visit, Right::own), {}};
}

web::Response show_form(const Visit& visit, const site::ApplyView& view, const Said& said) {
  web::Response response = show(visit, site::apply_title(*visit.program, visit.phrases(), view),
                                site::apply_body(*visit.program, visit.phrases(), view), said.status);
  if (said.retry_after.count() > 0) response.header("Retry-After", std::to_string(said.retry_after.count()));
  return response;
}

}  // namespace

Said said_error(int status, Phrase notice) { return {status, std::move(notice), true, {}, std::chrono::seconds(0)}; }

Said said_problems(std::vector<FieldError> problems) {
  return {web::status_of(ErrorKind::invalid), std::nullopt, false, std::move(problems), std::chrono::seconds(0)};
}

Said said_unavailable(Phrase why) {
  Said said = said_error(503, std::move(why));
  said.retry_after = std::chrono::seconds(5);
  return said;
}

Said said_not_kept(const Error& error, std::chrono::seconds retry_after) {
  if (error.kind == ErrorKind::unavailable) return said_unavailable("applications.problem.busy");
  Said said = said_error(web::status_of(error), error.message);
  said.retry_after = retry_after;
  return said;
}

Said said_both(const Said& said, Said not_kept) {
  if (said.problems.empty()) return not_kept;
  not_kept.problems = said.problems;
  not_kept.status = said.status;
  return not_kept;
}

web::Response show_anonymous_form(const Visit& visit, const forms::Answers& answers, std::string key, const Said& said,
                                  std::vector<Orphan> orphans) {
  const forms::Definition& form = visit.program->form;
  const site::ApplyView view{.definition = form,
                             .answers = answers,
                             .form_version = visit.program->form_version,
                             .problems = said.problems,
                             .warnings = forms::warnings(form, answers),
                             .token = {},
                             .key = key.empty() ? random_token(visit.parts().random) : std::move(key),
                             .saved_at = {},
                             .expires_at = {},
                             .file_link_prefix = {},
                             .conflicts = {},
                             .notice = said.notice,
                             .error_notice = said.error,
                             .extra = draw_head(visit, {{}, {}, false, std::move(orphans)})};
  return show_form(visit, view, said);
}

web::Response show_draft_form(const Visit& visit, DraftPage page, const Said& said) {
  const Application& application = page.draft.application;
  const forms::Answers& answers = page.typed == nullptr ? page.draft.answers : *page.typed;
  const std::string& link = page.link.empty() ? visit.link() : page.link;
  const std::string path = link.empty() ? visit.draft_path() : "/draft/" + link;
  const site::ApplyView view{.definition = *page.draft.definition,
                             .answers = answers,
                             .form_version = visit.parts().form_versions.hash_of(application.form_version),
                             .problems = said.problems,
                             .warnings = forms::warnings(*page.draft.definition, answers),
                             .action = path,
                             .token = link.empty() ? visit.token() : link_token(visit.parts(), link),
                             .version = application.version,
                             .key = {},
                             .saved_at = application.updated_at,
                             .expires_at = application.expires_at,
                             .file_link_prefix = path + "/file/",
                             .conflicts = std::move(page.conflicts),
                             .notice = said.notice,
                             .error_notice = said.error,
                             .extra = draw_head(visit, head_of(visit, link)),
                             .may_submit = !link.empty() || may(visit, Right::submit)};
  return show_form(visit, view, said);
}

std::optional<Phrase> not_taking(const Visit& visit, Instant now) {
  const programs::Program& program = *visit.program;
  switch (taking_at(program, now)) {
    case Taking::not_yet:
      return Phrase("applications.problem.not_open_until", {{"when", visit.moment(program.opens.value_or(now))}});
    case Taking::closed:
      return Phrase("applications.problem.closed_since",
                    {{"when", visit.moment(program.closes.value_or(now))}, {"email", program.contact_email}});
    case Taking::open:
    case Taking::grace:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace bursary::applications
