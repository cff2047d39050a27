#include "features/screening/notes.sql.h"
#include "features/screening/screening.h"
#include "features/screening/texts.h"

namespace bursary::screening {

namespace notes_sql = sql::screening::notes;

std::vector<Note> notes_of(db::Tx& tx, ApplicationId id) {
  std::vector<Note> found;
  for (const db::Row row : tx.query(notes_sql::notes, id)) {
    found.push_back(
        {row.id<NoteId>(0), row.id<web::PersonId>(1), row.text(2), row.text(3), row.instant(4), row.maybe_instant(5)});
  }
  return found;
}

Result<NoteId> write_note(const applications::Parts& parts, ApplicationId id, web::PersonId by, std::string_view body) {
  const auto text = staff_text(body, "note");
  if (!text) return fail(text.error());
  const Instant now = parts.clock.now();
  return parts.database.write([&](db::Tx& tx) -> Result<NoteId> {
    const auto note = parts.ids.next<NoteTag>();
    tx.post(notes_sql::write_note, note, id, by, *text, now);
    audit::write_event(tx, {parts.ids.next<audit::EventTag>(), id.value, "noted", audit::By::staff(by), now});
    return note;
  });
}

Result<void> edit_note(const applications::Parts& parts, ApplicationId id, NoteId note, web::PersonId by,
                       std::string_view body) {
  const auto text = staff_text(body, "note");
  if (!text) return fail(text.error());
  const Instant now = parts.clock.now();
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    const auto row = tx.find(notes_sql::note, note, id);
    if (!row || row->id<web::PersonId>(0) != by) return fail(ErrorKind::not_found, "problem.not_found");
    if (now - row->instant(1) > kNoteEditable) return fail(ErrorKind::conflict, "screening.problem.note_fixed");
    tx.post(notes_sql::edit_note, *text, now, note);
    audit::write_event(tx, {parts.ids.next<audit::EventTag>(), id.value, "note_edited", audit::By::staff(by), now});
    return {};
  });
}

}  // namespace bursary::screening
