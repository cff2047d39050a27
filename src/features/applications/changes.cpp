#include "features/applications/changes.h"

#include "features/applications/carry_over.h"
#include "features/applications/changes.sql.h"
#include "features/applications/email.sql.h"
#include "features/applications/files.h"
#include "features/applications/people.h"
#include "features/applications/rows.h"
#include "features/applications/staff.h"
#include "features/applications/submission.h"
#include "features/applications/submit.sql.h"
#include "features/applications/tally.h"

namespace bursary::applications {
namespace {

namespace changes_sql = sql::applications::changes;

[[nodiscard]] auto moved_on() { return fail(ErrorKind::conflict, "applications.problem.moved_on"); }

std::vector<std::string> area_words(const std::string& areas) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < areas.size();) {
    const std::size_t end = std::min(areas.find(' ', at), areas.size());
    words.push_back(areas.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

// A rule on the application of whoever holds it with this right.
template <class Rule>
Result<void> write_held(const Parts& parts, const Holder& holder, Right right, Rule rule) {
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    const Result<Held> held = find_held(tx, holder, right);
    if (!held) return fail(held.error());
    return rule(tx, held->application);
  });
}

void write_event(db::Tx& tx, const Parts& parts, ApplicationId id, std::string_view kind,
                 std::optional<web::PersonId> by = std::nullopt, std::string_view detail = "{}") {
  audit::write_event(
      tx, {parts.ids.next<audit::EventTag>(), id.value, kind, audit::By::applicant(by), parts.clock.now(), detail});
}

// Answers as a form would have posted them, so that an older form's find their places in the present one.
web::FormData as_posted(const forms::Answers& answers) {
  web::FormData form;
  for (const auto& [key, answer] : answers.all()) {
    if (const auto* text = std::get_if<std::string>(&answer)) form.fields.emplace_back(key, *text);
    if (const auto* several = std::get_if<std::vector<std::string>>(&answer)) {
      for (const std::string& one : *several) form.fields.emplace_back(key, one);
    }
  }
  return form;
}

// The rows that follow from the answers: what the old ones left goes, what the new ones give comes.
void replace_rows(db::Tx& tx, const Application& a, const PreparedSubmission& p, State seen,
                  const std::string& areas_before) {
  for (const std::string& area : area_words(areas_before))
    tx.post(changes_sql::drop_area, a.program, area, seen, a.queue_id);
  for (const std::string& area : p.columns.areas) tx.post(changes_sql::insert_area, a.program, area, a.queue_id);
  tx.post(changes_sql::drop_readings, a.id);
  for (const forms::Reading& reading : p.readings) {
    tx.post(sql::applications::submit::insert_reading, a.id, reading.question, reading.kind, reading.value,
            reading.currency);
  }
}

// Files of every submission stay: each is shown with its own.
void write_new_files(db::Tx& tx, const Parts& parts, const PreparedSubmission& p, const Submission& before) {
  if (!p.has_files) return;
  std::set<std::string, std::less<>> named = p.files_named;
  named.merge(files_named(before.answers));
  write_files(tx, parts.ids, p.application.updated_at, p.application.id, p.files, named, false);
}

}  // namespace

bool may_be_changed(State state) { return state == State::submitted || state == State::returned; }

bool may_be_withdrawn(State state) {
  return state != State::draft && may_move(state, State::withdrawn, Actor::applicant);
}

std::optional<WorkingCopy> find_working_copy(db::Tx& tx, const Application& application) {
  if (!may_be_changed(application.state)) return std::nullopt;
  const auto row = tx.find(changes_sql::find, application.id);
  return row ? std::optional(WorkingCopy{row->text(0), row->integer(1)}) : std::nullopt;
}

Result<void> begin_changes(const Parts& parts, const Holder& holder) {
  return write_held(parts, holder, Right::edit, [&](db::Tx& tx, const Application& application) -> Result<void> {
    if (!may_be_changed(application.state)) return moved_on();
    const std::optional<Submission> last = load_last_submission(tx, application.id);
    if (!last) return moved_on();
    forms::Answers answers = last->answers;
    // It was corrected, or handed over, since it was submitted.
    const auto definition = parts.form_versions.get(tx, last->form_version);
    if (!application.email.empty()) put_email(answers, *definition, application.email);
    if (tx.execute(changes_sql::open, application.id, forms::to_json(answers)) == 1)
      write_event(tx, parts, application.id, "changes_begun", holder.person());
    return {};
  });
}

Result<void> drop_changes(const Parts& parts, const Holder& holder) {
  return write_held(parts, holder, Right::submit, [&](db::Tx& tx, const Application& application) -> Result<void> {
    if (application.state == State::draft) return moved_on();
    if (tx.execute(changes_sql::drop, application.id) == 1)
      write_event(tx, parts, application.id, "changes_dropped", holder.person());
    return {};
  });
}

Result<void> withdraw(const Parts& parts, const Holder& holder) {
  return write_held(parts, holder, Right::own, [&](db::Tx& tx, const Application& application) -> Result<void> {
    if (application.state == State::withdrawn) return {};  // the same post again
    if (!may_be_withdrawn(application.state)) return moved_on();
    tx.post(changes_sql::drop, application.id);
    const Result<State> moved =
        move(tx, parts.ids, parts.clock.now(), application.id,
             {State::withdrawn, audit::By::applicant(holder.person()), "withdrawn", {}, application.state});
    return moved ? Result<void>{} : fail(moved.error());
  });
}

Result<LinkSecret> copy_application(const Parts& parts, const programs::Program& program, const Holder& holder,
                                    std::string_view locale, const DraftGate& gate) {
  const Result<ConfirmationView> found = parts.database.read([&](db::Tx& tx) -> Result<ConfirmationView> {
    if (const auto held = find_held(tx, holder, Right::own); !held) return fail(held.error());
    return find_confirmation(tx, parts.form_versions, holder);
  });
  if (!found) return fail(found.error());
  CarriedOver carried = carry_over(found->definition.get(), program.form, as_posted(found->submission.answers), locale);
  // It was corrected, or handed over, since it was submitted.
  if (!found->application.email.empty()) put_email(carried.answers, program.form, found->application.email);
  const defence::Verdict verdict = gate.defence.admit_draft(
      {.peer = gate.peer, .is_new = true, .words = forms::to_json(carried.answers).size(), .copied = true});
  if (verdict.action == defence::Verdict::Action::hold) return fail(ErrorKind::limit, verdict.message);
  Result<Saved> saved = start_draft(parts, program, locale, carried.answers, {}, {}, holder.person());
  if (!saved) return fail(std::move(saved.error()));
  return std::move(saved->link);
}

Result<std::int64_t> save_working_copy(db::Tx& tx, ApplicationId id, std::int64_t base_version,
                                       const std::string& answers) {
  if (tx.execute(changes_sql::save, answers, id, base_version) == 1) return base_version + 1;
  const auto row = tx.find(changes_sql::find, id);
  // The same save again, whose answer was lost on its way: it is saved.
  if (row && row->text(0) == answers) return row->integer(1);
  return fail(ErrorKind::conflict, "applications.problem.changed_elsewhere");
}

Result<bool> write_resubmission(db::Tx& tx, const Parts& parts, const PreparedSubmission& p, State seen,
                                std::int64_t base_version) {
  const Application& a = p.application;
  if (const auto held = take_hold(tx, parts, p.by, Right::submit); !held) return fail(held.error());
  const std::optional<Submission> before = load_last_submission(tx, a.id);
  if (!before || tx.execute(changes_sql::take, a.id, base_version) != 1) return false;
  const std::string areas_before = tx.query(changes_sql::areas, a.id).at(0).text(0);
  tally_out(tx, parts.ids, a.id);
  if (tx.execute(changes_sql::resubmit, a.applicant_name, a.email, a.institution, a.country, p.columns.first_area(),
                 p.columns.all_areas(), a.updated_at, a.id, seen) != 1)
    return moved_on();
  const std::int64_t number = std::int64_t{before->number} + 1;
  tx.post(changes_sql::insert_submission, a.id, number, a.form_version, a.updated_at, p.answers, db::BytesView{p.salt},
          db::BytesView{bytes_of(p.digest)});
  replace_rows(tx, a, p, seen, areas_before);
  write_new_files(tx, parts, p, *before);
  list_email(tx, a.id, a.email);
  answer_change_requests(tx, a.updated_at, a.id);
  write_event(tx, parts, a.id, "resubmitted", p.by.person(),
              fmt::format(R"({{"from":"{}","to":"submitted","number":{}}})", to_string(seen), number));
  if (p.message) messages::queue_message(tx, parts.ids, parts.random, a.updated_at, p.mail_domain, *p.message);
  tx.post(sql::applications::email::index_again, a.queue_id, a.updated_at);
  tally_in(tx, parts.ids, a.id);
  if (p.columns.unsupported_country) {
    add_flag(tx, parts.ids, a.updated_at, a.id, Flag::unsupported_country, {}, audit::By::program());
  } else {
    remove_flag(tx, parts.ids, a.updated_at, a.id, Flag::unsupported_country, audit::By::program());
  }
  return true;
}

}  // namespace bursary::applications
