#include "features/applications/repeated.h"

#include "features/applications/columns.h"
#include "features/applications/draft_refusal.h"
#include "features/applications/files.h"
#include "features/applications/key.h"

namespace bursary::applications {
namespace {

// Without a key from the page whoever knows every word could be told the private link: only as long as it is surely
// the same press of a button.
constexpr std::chrono::minutes kSamePerson{60};

// Same or other answers? Files count by name and content, which is what their tokens are made of.
Result<Submitted> same_or_conflict(db::Tx& tx, Application application, std::string link, const std::string& answers) {
  const std::optional<Submission> first = load_last_submission(tx, application.id);
  if (!first || forms::to_json(first->answers) != answers) return already_submitted(application);
  return Submitted{std::move(application), std::move(link), true};
}

}  // namespace

Repeated repeated_by_key(const Parts& parts, const programs::Program& program, const Given& given,
                         std::string_view page_key) {
  const auto key = submission_key(program.slug, page_key, columns_of(program.form, given.shown).email, given.canonical);
  if (!key) return {};
  return parts.database.read([&](db::Tx& tx) -> Repeated {
    Repeated out;
    const std::optional<ApplicationId> id = find_key(tx, *key);
    std::optional<StoredApplication> stored = id ? load_application(tx, *id) : std::nullopt;
    if (!stored) return out;
    Application& application = stored->application;
    std::string link = LinkSecret::derive(*id, parts.secret, application.link_generation).text;
    // Another may hold it now: the page that began it is told of no link, nor does it write.
    const bool renewed = application.link_generation > 0;
    if (application.state == State::draft && renewed) {
      out.submitted = fail(ErrorKind::conflict, "applications.problem.moved_on");
      return out;
    }
    if (application.state == State::draft) {
      out.draft = Repeated::Draft{std::move(link), application.version};
      return out;
    }
    if (!application.submitted_at) {
      out.submitted = fail(ErrorKind::conflict, "applications.problem.draft_ended");
      return out;
    }
    const bool surely_same =
        !renewed && (is_page_key(page_key) || parts.clock.now() - *application.submitted_at <= kSamePerson);
    out.submitted =
        same_or_conflict(tx, std::move(application), surely_same ? std::move(link) : std::string(), given.canonical);
    return out;
  });
}

Result<Submitted> repeated_by_link(const Parts& parts, const SubmitRequest& request) {
  return parts.database.read([&](db::Tx& tx) -> Result<Submitted> {
    Result<Held> held = find_held(tx, request.person.value_or(Holder(request.link)), Right::submit);
    if (!held) return fail(std::move(held.error()));
    Application* const application = &held->application;
    const auto definition = parts.form_versions.get(tx, application->form_version);
    forms::Answers answers = request.answers;
    const std::optional<Submission> last = load_last_submission(tx, application->id);
    // Whoever is not the owner left the address as it was, whatever they typed.
    if (last && !held->belonging.may(Right::own))
      put_email(answers, *definition, last->answers.text(definition->meanings.email));
    const Given given = given_answers(*definition, answers, request.files);
    return same_or_conflict(tx, std::move(*application), request.link, given.canonical);
  });
}

}  // namespace bursary::applications
