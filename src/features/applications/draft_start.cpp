#include "features/applications/columns.h"
#include "features/applications/draft.sql.h"
#include "features/applications/draft_refusal.h"
#include "features/applications/files.h"
#include "features/applications/key.h"
#include "features/applications/people.h"
#include "features/applications/people.sql.h"

namespace bursary::applications {

namespace draft_sql = sql::applications::draft;

namespace {

// The draft that this key made before. Its first save may have been lost on its way back to the page, which then sends
// what was typed since: taken as the second save, unless there was one.
Result<Saved> repeat_start(const Parts& parts, const Sha256& key, const forms::Answers& answers,
                           const std::vector<NewFile>& files) {
  struct Found {
    ApplicationId id;
    std::string link;
    DraftNow draft;
  };
  Result<Found> found = parts.database.read([&](db::Tx& tx) -> Result<Found> {
    const std::optional<ApplicationId> id = find_key(tx, key);
    if (!id) return no_such_link();
    Found out{*id, LinkSecret::derive(*id, parts.secret).text, {}};
    Result<DraftNow> draft = draft_now(tx, out.link);
    if (!draft) return fail(std::move(draft.error()));
    out.draft = std::move(*draft);
    return out;
  });
  if (!found) return fail(std::move(found.error()));
  const bool same = forms::to_json(with_files(answers, name_files(files))) == found->draft.answers;
  if (found->draft.version == 1 && !same) {
    Result<Saved> saved = save_draft(parts, found->link, 1, answers, files);
    if (saved) {
      saved->link = {found->link};
      saved->repeated = true;
    }
    return saved;
  }
  return Saved{found->id, found->draft.version, {found->link}, stored_answers(found->draft.answers), true};
}

}  // namespace

Result<Saved> start_draft(const Parts& parts, const programs::Program& program, std::string_view locale,
                          const forms::Answers& answers, const std::vector<NewFile>& files, std::string_view key,
                          std::optional<web::PersonId> owner) {
  if (Result<void> fits = fits_a_draft(forms::to_json(answers)); !fits) return fail(std::move(fits.error()));
  const Instant now = parts.clock.now();
  const auto id = parts.ids.next<ApplicationTag>();
  const auto event = parts.ids.next<audit::EventTag>();
  const auto member = parts.ids.next<MemberTag>();
  const FormVersionId form_version = parts.form_versions.keep(program, parts.ids, now);
  const std::vector<NamedFile> named = name_files(files);
  Saved saved{id, 1, LinkSecret::derive(id, parts.secret), with_files(answers, named), false};
  const Sha256 link_hash = saved.link.hash();
  const Columns columns = columns_of(program.form, saved.answers);
  const std::string json = forms::to_json(saved.answers);
  const std::optional<Sha256> taken = is_page_key(key) ? submission_key(program.slug, key, {}, {}) : std::nullopt;
  const auto write = [&](db::Tx& tx) -> Result<void> {
    if (taken) take_key(tx, *taken, now, id);
    tx.post(draft_sql::start, id, program.slug, db::BytesView{bytes_of(link_hash)}, form_version, locale,
            columns.applicant_name, columns.email, columns.institution, columns.country, columns.first_area(), now,
            draft_end(program, now));
    tx.post(draft_sql::keep_answers, id, json);
    list_email(tx, id, columns.email);
    if (!named.empty()) write_files(tx, parts.ids, now, id, named, files_named(saved.answers), true);
    if (owner) tx.post(sql::applications::people::name_owner, member, id, *owner, now);
    audit::write_event(tx, {event, id.value, "draft_started", audit::By::applicant(owner), now});
    return {};
  };
  try {
    Result<void> written = parts.database.write(write);
    if (!written) return fail(std::move(written.error()));
  } catch (const db::ConstraintViolated& violated) {
    if (!taken || violated.kind() != db::ConstraintViolated::Kind::unique) throw;
    return repeat_start(parts, *taken, answers, files);
  }
  return saved;
}

}  // namespace bursary::applications
