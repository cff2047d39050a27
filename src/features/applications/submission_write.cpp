#include "features/applications/draft.sql.h"
#include "features/applications/draft_refusal.h"
#include "features/applications/key.h"
#include "features/applications/people.h"
#include "features/applications/submission.h"
#include "features/applications/submit.sql.h"
#include "features/applications/tally.h"

namespace bursary::applications {

namespace submit_sql = sql::applications::submit;

namespace {

void write_flags(db::Tx& tx, const PreparedSubmission& p) {
  const Application& a = p.application;
  if (a.flags == 0) return;
  for (const Flag flag : kAllFlags) {
    const bool set = (a.flags >> static_cast<unsigned>(flag) & 1) != 0;
    const std::string_view detail = flag == Flag::ineligible ? std::string_view(p.ineligible) : "{}";
    if (set) tx.post(submit_sql::insert_flag, a.id, flag, a.queue_id, detail, a.updated_at);
  }
}

// What stands beside the application's own row, new or moved on from a draft.
void write_rest(db::Tx& tx, const Parts& parts, const PreparedSubmission& p, bool is_new) {
  const Application& a = p.application;
  tx.post(submit_sql::insert_submission, a.id, a.form_version, a.updated_at, p.answers, db::BytesView{p.salt},
          db::BytesView{bytes_of(p.digest)});
  for (const std::string& area : p.columns.areas) tx.post(submit_sql::insert_area, a.program, area, a.queue_id);
  for (const forms::Reading& reading : p.readings) {
    tx.post(submit_sql::insert_reading, a.id, reading.question, reading.kind, reading.value, reading.currency);
  }
  write_flags(tx, p);
  if (p.has_files && !(is_new && p.files.empty())) {
    write_files(tx, parts.ids, a.updated_at, a.id, p.files, p.files_named, is_new);
  }
  audit::write_event(tx, {parts.ids.next<audit::EventTag>(), a.id.value, "submitted",
                          audit::By::applicant(p.by.person()), a.updated_at});
  if (p.message) messages::queue_message(tx, parts.ids, parts.random, a.updated_at, p.mail_domain, *p.message);
  tx.post(submit_sql::insert_backlog, a.queue_id, a.updated_at);
  tally_submitted(tx, parts.ids, a, p.columns.all_areas());
}

}  // namespace

Result<bool> write_new(db::Tx& tx, const Parts& parts, const PreparedSubmission& p) {
  const Application& a = p.application;
  if (p.key) take_key(tx, *p.key, a.updated_at, a.id);
  tx.post(submit_sql::insert_application, a.id, a.program, a.reference, db::BytesView{bytes_of(p.link_hash)},
          a.form_version, a.locale, a.applicant_name, a.email, a.institution, a.country, p.columns.first_area(),
          p.columns.all_areas(), a.flags, a.updated_at, a.queue_id);
  write_rest(tx, parts, p, true);
  return true;
}

Result<bool> write_from_draft(db::Tx& tx, const Parts& parts, const PreparedSubmission& p, std::int64_t base_version) {
  const Application& a = p.application;
  if (const auto held = take_hold(tx, parts, p.by, Right::submit); !held) return fail(held.error());
  if (tx.execute(submit_sql::submit_draft, a.reference, a.locale, a.applicant_name, a.email, a.institution, a.country,
                 p.columns.first_area(), p.columns.all_areas(), a.flags, a.updated_at, a.queue_id, a.id,
                 base_version) == 0) {
    const std::optional<StoredApplication> now = load_application(tx, a.id);
    if (now && now->application.submitted_at) return false;
    return changed_elsewhere();
  }
  tx.post(sql::applications::draft::drop, a.id);
  write_rest(tx, parts, p, false);
  return true;
}

}  // namespace bursary::applications
