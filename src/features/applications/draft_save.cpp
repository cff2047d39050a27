#include "features/applications/changes.h"
#include "features/applications/columns.h"
#include "features/applications/draft.sql.h"
#include "features/applications/draft_refusal.h"
#include "features/applications/files.h"
#include "features/applications/people.h"
#include "features/applications/rows.h"

namespace bursary::applications {

namespace draft_sql = sql::applications::draft;

namespace {

struct Stored {
  std::shared_ptr<const forms::Definition> definition;
  bool working_copy = false;                 // of what came in
  std::set<std::string, std::less<>> files;  // that stay whatever the copy names
  std::optional<std::string> address;        // that stays whatever was typed
};

Result<Stored> find_stored(db::Tx& tx, const Parts& parts, const Holder& holder) {
  Result<DraftView> draft = find_draft(tx, parts.form_versions, holder);
  if (!draft) {
    const Result<DraftNow> reason = draft_now(tx, holder);  // says more than find_draft may
    return fail(reason ? draft.error() : reason.error());
  }
  Stored stored{draft->definition, draft->application.state != State::draft, {}, kept_address(tx, holder, *draft)};
  if (!stored.working_copy) return stored;
  if (const auto last = load_last_submission(tx, draft->application.id)) stored.files = files_named(last->answers);
  return stored;
}

}  // namespace

std::optional<std::string> kept_address(db::Tx& tx, const Holder& holder, const DraftView& draft) {
  const std::string& question = draft.definition->meanings.email;
  if (!holder.person() || question.empty()) return std::nullopt;
  if (find_held(tx, holder, Right::own)) return std::nullopt;
  // Of what came in it may have been corrected since the copy was begun.
  const bool came_in = draft.application.submitted_at && !draft.application.email.empty();
  return came_in ? draft.application.email : draft.answers.text(question);
}

Result<Saved> save_draft(const Parts& parts, const Holder& holder, std::int64_t base_version,
                         const forms::Answers& answers, const std::vector<NewFile>& files) {
  const std::optional<ApplicationId> id = holder.application();
  if (!id) return no_such_link();
  if (Result<void> fits = fits_a_draft(forms::to_json(answers)); !fits) return fail(std::move(fits.error()));
  const Instant now = parts.clock.now();
  const auto program = parts.programs.current();
  const Result<Stored> stored = parts.database.read([&](db::Tx& tx) { return find_stored(tx, parts, holder); });
  if (!stored) return fail(stored.error());
  const std::vector<NamedFile> named = name_files(files);
  Saved saved{*id, base_version + 1, {}, with_files(answers, named), false};
  if (const auto& address = stored->address) put_email(saved.answers, *stored->definition, *address);
  const Columns columns = columns_of(*stored->definition, saved.answers);
  const std::string json = forms::to_json(saved.answers);
  std::set<std::string, std::less<>> kept = files_named(saved.answers);
  kept.insert(stored->files.begin(), stored->files.end());
  Result<std::int64_t> version = parts.database.write([&](db::Tx& tx) -> Result<std::int64_t> {
    if (const auto held = take_hold(tx, parts, holder, Right::edit); !held) return fail(held.error());
    if (stored->working_copy) {
      Result<std::int64_t> count = save_working_copy(tx, *id, base_version, json);
      if (count) write_files(tx, parts.ids, now, *id, named, kept, false);
      return count;
    }
    if (tx.execute(draft_sql::save, now, draft_end(*program, now), columns.applicant_name, columns.email,
                   columns.institution, columns.country, columns.first_area(), *id, base_version) == 0) {
      const Result<DraftNow> draft = draft_now(tx, holder);
      if (!draft) return fail(draft.error());
      // The same save again, whose answer was lost on its way: it is saved.
      if (draft->answers == json) return draft->version;
      return changed_elsewhere();
    }
    tx.post(draft_sql::save_answers, json, *id);
    list_email(tx, *id, columns.email);
    write_files(tx, parts.ids, now, *id, named, kept, false);
    return base_version + 1;
  });
  if (!version) return fail(std::move(version.error()));
  saved.version = *version;
  return saved;
}

}  // namespace bursary::applications
