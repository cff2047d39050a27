#include "features/applications/changes.h"
#include "features/applications/columns.h"
#include "features/applications/draft.sql.h"
#include "features/applications/draft_refusal.h"
#include "features/applications/files.h"
#include "features/applications/rows.h"

namespace bursary::applications {

namespace statements = sql::applications::draft;

Result<Saved> save_draft(const Parts& parts, std::string_view link, std::int64_t base_version,
                         const forms::Answers& answers, const std::vector<NewFile>& files) {
  const std::optional<ApplicationId> id = LinkSecret::id_of(link);
  if (!id) return no_such_link();
  if (Result<void> fits = fits_a_draft(forms::to_json(answers)); !fits) return fail(std::move(fits.error()));
  const Instant now = parts.clock.now();
  const auto program = parts.programs.current();
  struct Stored {
    std::shared_ptr<const forms::Definition> definition;
    bool working_copy = false;                 // of what came in
    std::set<std::string, std::less<>> files;  // that stay whatever the copy names
  };
  const Result<Stored> stored = parts.database.read([&](db::Tx& tx) -> Result<Stored> {
    Result<DraftView> draft = find_draft(tx, parts.form_versions, link);
    if (draft && draft->application.state == State::draft) return Stored{draft->definition, false, {}};
    if (draft) return Stored{draft->definition, true, files_named(load_last_submission(tx, *id).value().answers)};
    Result<DraftNow> reason = draft_now(tx, link);  // says more than find_draft may
    return fail(reason ? std::move(draft.error()) : std::move(reason.error()));
  });
  if (!stored) return fail(stored.error());
  const std::vector<NamedFile> named = name_files(files);
  Saved saved{*id, base_version + 1, {}, with_files(answers, named), false};
  const Columns columns = columns_of(*stored->definition, saved.answers);
  const std::string json = forms::to_json(saved.answers);
  const Sha256 link_hash = sha256(link);
  std::set<std::string, std::less<>> kept = files_named(saved.answers);
  kept.insert(stored->files.begin(), stored->files.end());
  Result<std::int64_t> version = parts.database.write([&](db::Tx& tx) -> Result<std::int64_t> {
    if (stored->working_copy) {
      Result<std::int64_t> count = save_working_copy(tx, *id, base_version, json);
      if (count) write_files(tx, parts.ids, now, *id, named, kept, false);
      return count;
    }
    if (tx.execute(statements::save, now, draft_end(*program, now), columns.applicant_name, columns.email,
                   columns.institution, columns.country, columns.first_area(), *id, base_version,
                   db::BytesView{bytes_of(link_hash)}) == 0) {
      const Result<DraftNow> draft = draft_now(tx, link);
      if (!draft) return fail(draft.error());
      // The same save again, whose answer was lost on its way: it is saved.
      if (draft->answers == json) return draft->version;
      return changed_elsewhere();
    }
    tx.post(statements::save_answers, json, *id);
    list_email(tx, *id, columns.email);
    write_files(tx, parts.ids, now, *id, named, kept, false);
    return base_version + 1;
  });
  if (!version) return fail(std::move(version.error()));
  saved.version = *version;
  return saved;
}

}  // namespace bursary::applications
