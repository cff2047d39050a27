#include "features/applications/changes.h"
#include "features/applications/deadline.h"
#include "features/applications/draft_refusal.h"
#include "features/applications/given.h"
#include "features/applications/key.h"
#include "features/applications/mail.h"
#include "features/applications/repeated.h"
#include "features/applications/submission.h"

namespace bursary::applications {
namespace {

// Two references alike are drawn once in a million million; four times in a row means that the generator is broken.
constexpr int kDraws = 4;

std::optional<Error> closed(const programs::Program& program, Instant now) {
  switch (taking_at(program, now)) {
    case Taking::not_yet:
      return Error{ErrorKind::forbidden, "applications.problem.not_open", {}, {}};
    case Taking::closed:
      return Error{ErrorKind::forbidden, "applications.problem.closed", {}, {}};
    case Taking::open:
    case Taking::grace:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Error> unfit(const forms::Definition& definition, const Given& given) {
  std::vector<FieldError> problems = forms::check_answers(definition, given.typed());
  if (problems.empty()) return std::nullopt;
  return Error{ErrorKind::invalid, "problem.fields", {}, std::move(problems)};
}

Submitted submitted(PreparedSubmission&& prepared) {
  return {std::move(prepared.application), std::move(prepared.link.text), false};
}

// Runs `write` until its reference is one that nobody has. False when the submission is there already.
template <class Write>
Result<bool> write_with_reference(const Parts& parts, const programs::Program& program, PreparedSubmission& prepared,
                                  Write write, const std::function<bool()>& is_repeated) {
  for (int draw = 1;; ++draw) {
    try {
      return write();
    } catch (const db::ConstraintViolated& violated) {
      if (violated.kind() != db::ConstraintViolated::Kind::unique) throw;
      if (is_repeated()) return false;
      if (draw == kDraws) throw;
      draw_reference(prepared, program, parts);
    }
  }
}

struct DraftFound {
  Application application;
  std::shared_ptr<const forms::Definition> definition;  // null: it is a draft no more
  std::string answers;                                  // canonical JSON, of a draft
  std::optional<std::string> address;                   // that stays whatever was typed
};

// Who submits it.
Holder holder_of(const SubmitRequest& request) { return request.person.value_or(Holder(request.link)); }

Result<DraftFound> find_for_submit(const Parts& parts, const Holder& holder) {
  return parts.database.read([&](db::Tx& tx) -> Result<DraftFound> {
    Result<Held> held = find_held(tx, holder, Right::submit);
    if (!held) return fail(std::move(held.error()));
    Application* const application = &held->application;
    const bool changed = application->submitted_at && find_working_copy(tx, *application);
    if (application->submitted_at && !changed) return DraftFound{std::move(*application), nullptr, {}, {}};
    Result<DraftNow> draft = draft_now(tx, holder);
    if (!draft) return fail(std::move(draft.error()));
    auto definition = parts.form_versions.get(tx, application->form_version);
    if (changed) application->version = draft->version;
    DraftFound found{std::move(*application), std::move(definition), std::move(draft->answers), {}};
    found.address = kept_address(tx, holder, {found.application, found.definition, stored_answers(found.answers)});
    return found;
  });
}

// The verdict's flags, none when nobody judges.
Result<std::uint64_t> judged(const SubmitRequest& request, std::string_view key) {
  if (!request.judge) return std::uint64_t{0};
  return request.judge(key);
}

// What names this submission for the flood defence.
std::string judged_key(const SubmitRequest& request) {
  return request.person ? fmt::format("application {}", request.person->application().value_or(ApplicationId{}).value)
                        : request.link;
}

PreparedSubmission prepare_held(const Parts& parts, const programs::Program& program, const SubmitRequest& request,
                                const Given& given, const DraftFound& found) {
  PreparedSubmission prepared =
      prepare_submission(parts, program, *found.definition, request, given, found.application, {request.link});
  prepared.by = holder_of(request);
  return prepared;
}

// The changed answers as the next submission: same reference, same place in the queue, same link.
Result<Submitted> resubmit(const Parts& parts, const programs::Program& program, const SubmitRequest& request,
                           const Given& given, const DraftFound& found, std::int64_t base) {
  PreparedSubmission prepared = prepare_held(parts, program, request, given, found);
  Application& application = prepared.application;
  application.reference = found.application.reference;
  application.queue_id = found.application.queue_id;
  application.submitted_at = found.application.submitted_at;
  if (prepared.message) prepared.message = submitted_mail(program, application, application.updated_at);
  const Result<bool> written = parts.database.write(
      [&](db::Tx& tx) { return write_resubmission(tx, parts, prepared, found.application.state, base); });
  if (!written) return fail(written.error());
  return *written ? submitted(std::move(prepared)) : repeated_by_link(parts, request);
}

Result<Submitted> submit_draft(const Parts& parts, const programs::Program& program, const SubmitRequest& request) {
  Result<DraftFound> found = find_for_submit(parts, holder_of(request));
  if (!found) return fail(std::move(found.error()));
  if (!found->definition) return repeated_by_link(parts, request);
  // What was in time stays in time, when its applicant was asked to change it.
  const bool changed = found->application.submitted_at.has_value();
  if (auto refused = closed(program, parts.clock.now()); refused && !changed) return fail(std::move(*refused));
  forms::Answers answers = request.answers;
  if (const auto& address = found->address) put_email(answers, *found->definition, *address);
  const Given given = given_answers(*found->definition, answers, request.files);
  if (auto refused = unfit(*found->definition, given)) return fail(std::move(*refused));
  // A save of the same text came between (an answer that was lost on its way): no conflict.
  const bool only_saved = forms::to_json(given.typed()) == found->answers;
  const std::int64_t base = only_saved ? found->application.version : request.base_version;
  if (base != found->application.version) return changed_elsewhere();
  if (changed) return resubmit(parts, program, request, given, *found, base);
  const Result<std::uint64_t> flags = judged(request, judged_key(request));
  if (!flags) return fail(flags.error());
  PreparedSubmission prepared = prepare_held(parts, program, request, given, *found);
  add_flags(prepared, *flags);
  const auto write = [&] {
    return parts.database.write([&](db::Tx& tx) { return write_from_draft(tx, parts, prepared, base); });
  };
  const Result<bool> written = write_with_reference(parts, program, prepared, write, [] { return false; });
  if (!written) return fail(written.error());
  return *written ? submitted(std::move(prepared)) : repeated_by_link(parts, request);
}

// What this post made before; the draft of the page's first autosave is what is submitted then.
Result<Submitted> answer_again(const Parts& parts, const programs::Program& program, const SubmitRequest& request,
                               Repeated&& before, std::uint64_t flags) {
  if (before.submitted) return std::move(*before.submitted);
  if (!before.draft) return changed_elsewhere();
  SubmitRequest again = request;
  again.link = before.draft->link;
  again.base_version = before.draft->version;
  again.judge = nullptr;  // it has been
  again.flags |= flags;
  return submit_draft(parts, program, again);
}

Result<Submitted> submit_new(const Parts& parts, const programs::Program& program, const SubmitRequest& request) {
  const Instant now = parts.clock.now();
  const Given given = given_answers(program.form, request.answers, request.files);
  const auto repeated = [&] { return repeated_by_key(parts, program, given, request.key); };
  if (auto refused = closed(program, now)) {
    // What was taken before the end is still answered as taken.
    if (auto before = repeated(); before.submitted) return std::move(*before.submitted);
    return fail(std::move(*refused));
  }
  if (auto refused = unfit(program.form, given)) return fail(std::move(*refused));
  Application base;
  base.id = parts.ids.next<ApplicationTag>();
  base.form_version = parts.form_versions.keep(program, parts.ids, now);
  base.created_at = now;
  PreparedSubmission prepared =
      prepare_submission(parts, program, program.form, request, given, base, LinkSecret::derive(base.id, parts.secret));
  prepared.key = submission_key(program.slug, request.key, prepared.columns.email, prepared.answers);
  const Result<std::uint64_t> flags = judged(request, prepared.key ? bytes_of(*prepared.key) : std::string_view());
  if (!flags) {
    if (auto before = repeated(); before.submitted) return std::move(*before.submitted);
    return fail(flags.error());
  }
  add_flags(prepared, *flags);
  Repeated before;
  const auto write = [&] {
    const auto rule = [&](db::Tx& tx) { return write_new(tx, parts, prepared); };
    // Files are megabytes, which nobody else should wait for.
    return prepared.files.empty() ? parts.database.write_posts(rule) : parts.database.write(rule);
  };
  const Result<bool> written = write_with_reference(parts, program, prepared, write, [&] {
    before = repeated();
    return before.submitted.has_value() || before.draft.has_value();
  });
  if (!written) return fail(written.error());
  return *written ? submitted(std::move(prepared)) : answer_again(parts, program, request, std::move(before), *flags);
}

}  // namespace

Result<Submitted> submit(const Parts& parts, const SubmitRequest& request) {
  const std::shared_ptr<const programs::Program> program = request.program ? request.program : parts.programs.current();
  return request.link.empty() && !request.person ? submit_new(parts, *program, request)
                                                 : submit_draft(parts, *program, request);
}

}  // namespace bursary::applications
