#include "features/site/apply_page.h"

#include "features/site/apply.html.h"
#include "features/site/section_progress.h"
#include "features/site/site.h"

namespace bursary::site {

using namespace std::string_view_literals;
namespace {

bool has_file_questions(const forms::Definition& definition) {
  for (const forms::Section& section : definition.sections) {
    for (const forms::Question& question : section.questions) {
      if (question.type == forms::QuestionType::file) return true;
    }
  }
  return false;
}

// The form is never without it: where the program's own text has no link to the privacy page, the page adds one.
std::string privacy_link(const programs::Program& program, std::string_view text) {
  const bool linked = text.find("(/privacy") != std::string_view::npos;
  return linked || program.page("privacy") == nullptr ? "" : "/privacy";
}

std::string told(const html::Phrasebook& phrases, std::string_view state, std::string_view answered,
                 std::string_view total) {
  return phrases.text(fmt::format("site.section.{}", state),
                      {{"answered", std::string(answered)}, {"total", std::string(total)}});
}

void add_sections(ApplyPageView& view, const html::Phrasebook& phrases) {
  const auto all = section_progress(view.given.definition, view.given.answers);
  std::size_t complete = 0;
  for (const SectionProgress& progress : all) {
    const std::string_view state = to_string(progress.state);
    if (progress.state == SectionProgress::State::complete) ++complete;
    view.sections.push_back({progress.section->key, progress.section->title.in(phrases.tag()), std::string(state),
                             told(phrases, state, std::to_string(progress.answered), std::to_string(progress.total))});
  }
  view.sections_done = fmt::format("{}/{}", complete, all.size());
  view.told_empty = told(phrases, "empty", "{answered}", "{total}");
  view.told_started = told(phrases, "started", "{answered}", "{total}");
  view.told_complete = told(phrases, "complete", "{answered}", "{total}");
}

void add_moments(ApplyPageView& view, const programs::Program& program, const html::Phrasebook& phrases) {
  if (program.closes) {
    view.deadline = phrases.date_time(*program.closes, program.time_zone);
    if (program.grace.count() > 0) {
      view.grace_note = phrases.text("site.apply.grace",
                                     {{"when", phrases.date_time(*program.closes + program.grace, program.time_zone)}});
    }
  }
  if (view.given.saved_at) {
    view.saved =
        phrases.text("site.apply.saved", {{"time", phrases.date_time(*view.given.saved_at, program.time_zone)}});
  }
  if (view.given.expires_at) view.expires = phrases.date(*view.given.expires_at, program.time_zone);
  view.told_saved = phrases.text("site.apply.saved", {{"time", "{time}"}});
}

}  // namespace

std::string apply_title(const programs::Program& program, const html::Phrasebook& phrases, const ApplyView& view) {
  const std::string title = phrases.text("site.apply.title", {{"program", program.name.in(phrases.tag())}});
  return view.problems.empty() ? title : phrases.text("problem.error_prefix"sv) + title;
}

html::SafeHtml apply_body(const programs::Program& program, const html::Phrasebook& phrases, const ApplyView& given) {
  const std::string& locale = phrases.tag();
  const forms::FormView form{given.definition,       given.answers,       locale, given.problems, given.warnings,
                             given.file_link_prefix, program.institutions};
  ApplyPageView view{.given = given,
                     .title = phrases.text("site.apply.title", {{"program", program.name.in(locale)}}),
                     .summary = program.summary.in(locale),
                     .deadline = {},
                     .grace_note = {},
                     .privacy_path = privacy_link(program, program.before_you_start.in(locale)),
                     .information = html::markdown(program.information.in(locale)),
                     .before_you_start = html::markdown(program.before_you_start.in(locale)),
                     .eligibility = html::markdown(program.eligibility.in(locale)),
                     .errors = given.problems.empty() ? html::SafeHtml{} : forms::render_error_summary(form, phrases),
                     .fields = forms::render_fields(form, phrases),
                     .sections = {},
                     .sections_done = {},
                     .saved = {},
                     .expires = {},
                     .rules = forms::client_rules(given.definition, locale, phrases),
                     .autosave_path = given.action == "/apply" ? "/apply/draft" : given.action,
                     .proof_worker = asset_path("proof_worker.js"),
                     .has_files = has_file_questions(given.definition),
                     .is_draft = given.version > 0,
                     .told_empty = {},
                     .told_started = {},
                     .told_complete = {},
                     .told_saved = {}};
  add_sections(view, phrases);
  add_moments(view, program, phrases);
  html::Writer writer(phrases);
  tpl::site::apply(writer, view);
  return writer.take();
}

}  // namespace bursary::site
