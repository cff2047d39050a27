// One application as it is screened: what the rules say, what was checked, flags, notes, and what can be done next.
#include <boost/json.hpp>

#include "features/messages/messages.h"
#include "features/screening/page.h"
#include "features/screening/sanctions.h"
#include "features/screening/screening.html.h"
#include "features/screening/screening_page.sql.h"
#include "features/screening/screening_view.h"

namespace bursary::screening {
namespace {

namespace screening_page_sql = sql::screening::screening_page;
using applications::Application;
using applications::Flag;
using programs::Holds;

constexpr std::chrono::hours kDay{24};

// Everything the page needs, from one snapshot.
struct Found {
  Application application;
  std::optional<applications::AnswersRead> answers;
  std::vector<applications::FlagRow> flags;
  std::vector<Check> checks;
  std::vector<Note> notes;
  std::optional<Hold> hold;
  std::optional<applications::ChangeRequest> asked;
  std::optional<std::string> next, trouble;
};

std::optional<Found> find(db::Tx& tx, const Parts& parts, std::string_view program, std::string_view reference) {
  auto application = applications::find_by_reference(tx, program, reference);
  if (!application) return std::nullopt;
  Found found;
  found.application = std::move(*application);
  const ApplicationId id = found.application.id;
  found.answers = applications::find_answers(tx, parts.applications.form_versions, id);
  found.flags = applications::flags_of(tx, id);
  found.checks = checks_of(tx, id);
  found.notes = notes_of(tx, id);
  found.hold = hold_of(tx, id);
  found.asked = applications::open_change_request(tx, id);
  found.next = next_waiting(tx, program, id);
  return found;
}

// What was written into a flag's detail, as the values of its sentence.
Phrase explanation_of(const applications::FlagRow& flag) {
  Phrase phrase("queue.flag_detail." + std::string(applications::to_string(flag.kind)));
  boost::system::error_code problem;
  const auto detail = boost::json::parse(flag.detail, problem);
  if (problem || !detail.is_object()) return phrase;
  for (const auto& [key, value] : detail.get_object()) {
    phrase.values.emplace_back(key,
                               value.is_string() ? std::string(value.get_string()) : boost::json::serialize(value));
  }
  return phrase;
}

std::string_view tag_of(Holds holds) {
  return holds == Holds::yes ? "tag tag--success" : holds == Holds::no ? "tag tag--warning" : "tag";
}
std::string_view tag_of(CheckOutcome outcome) {
  return outcome == CheckOutcome::confirmed ? "tag tag--success" : "tag tag--warning";
}
Phrase outcome_words(Holds holds) {
  return Phrase(holds == Holds::yes  ? "screening.eligibility.yes"
                : holds == Holds::no ? "screening.eligibility.no"
                                     : "screening.eligibility.unclear");
}

class Filler {
 public:
  Filler(const Parts& parts, const web::Context& context, const programs::Program& program, const Found& found)
      : parts_(parts), context_(context), program_(program), found_(found), phrases_(context.phrases) {}

  ScreeningView view() {
    head();
    moves();
    eligibility();
    people();
    lists();
    choices();
    return std::move(view_);
  }

 private:
  const Application& application() const { return found_.application; }
  std::string moment(Instant at) const { return phrases_.date_time(at, program_.time_zone); }

  void head() {
    view_.places = site::application_places(context_, application().reference, site::ApplicationPlace::screening);
    view_.applicant = application().applicant_name.empty() ? application().reference : application().applicant_name;
    view_.reference = application().reference;
    view_.path = fmt::format("/staff/applications/{}/screening", application().reference);
    view_.form_token = context_.form_token;
    view_.seen = applications::to_string(application().state);
    view_.state = Phrase("queue.state." + view_.seen);
    view_.state_class = applications::state_tag(application().state);
    if (const auto due = applications::step_due(program_.steps, application())) {
      view_.overdue = *due < context_.now;
      view_.due = phrases_.text(view_.overdue ? "screening.overdue" : "screening.due",
                                {{"date", phrases_.date(*due, program_.time_zone)}});
    }
  }

  void moves() {
    const State state = application().state;
    view_.may_act = context_.viewer.may(web::to_string(web::Permission::screen_applications));
    if (!view_.may_act) return;
    view_.take_up = state == State::submitted;
    view_.review = state == State::submitted || state == State::screening;
    view_.back = state == State::in_review;
    view_.go_on = state == State::on_hold;
    view_.give_back = state == State::submitted || state == State::screening;
    view_.hold = view_.give_back || state == State::in_review;
    if (found_.next) view_.next_reference = *found_.next;
    view_.last = !found_.next;
  }

  void eligibility() {
    if (!found_.answers) return;
    const auto& [submission, definition] = *found_.answers;
    for (const programs::EligibilityRule& rule : program_.eligibility_rules) {
      const Holds holds = programs::test_answers(rule.tests, *definition, submission.answers);
      const std::string& why = rule.explanation.in(phrases_.tag());
      // What holds needs no words.
      view_.rules.push_back({rule.label.in(phrases_.tag()), std::string(tag_of(holds)), outcome_words(holds),
                             holds == Holds::yes || why.empty() ? html::SafeHtml() : html::markdown(why)});
    }
    for (const programs::Priority& priority : program_.priorities) {
      view_.points_of += priority.points;
      if (programs::test_answers(priority.tests, *definition, submission.answers) != Holds::yes) continue;
      view_.points += priority.points;
      view_.priorities.push_back({priority.label.in(phrases_.tag()), priority.points});
    }
    static const std::vector<FieldError> none;
    view_.answers = forms::render_answers({*definition, submission.answers, phrases_.tag(), none, none,
                                           fmt::format("/staff/applications/{}/file/", application().reference)},
                                          phrases_, {}, true);
  }

  void people() {
    view_.email = application().email;
    view_.institution = application().institution;
    if (const forms::Country* country = program_.form.country(application().country))
      view_.country = country->name.in(phrases_.tag());
    switch (mail_hint(application().email, application().institution)) {
      case MailHint::fits:
        view_.mail_hint = "screening.mail.fits";
        break;
      case MailHint::anybodys:
        view_.mail_hint = "screening.mail.anybodys";
        break;
      case MailHint::unclear:
        view_.mail_hint = "screening.mail.unclear";
        break;
    }
    for (const SanctionsMatch& match : parts_.sanctions.find({application().applicant_name, application().country})) {
      view_.matches.push_back({match.name,
                               phrases_.text("screening.sanctions.score", {{"score", std::to_string(match.score)}}),
                               phrases_.text(match.why)});
    }
    if (found_.trouble) view_.trouble = *found_.trouble;
  }

  void lists() {
    for (const auto& flag : found_.flags) {
      const std::string code(applications::to_string(flag.kind));
      view_.flags.push_back({code, moment(flag.at), Phrase("queue.flag." + code), explanation_of(flag)});
    }
    for (const Check& check : found_.checks) {
      const std::string who = check.by.empty() ? phrases_.text("screening.by_program") : check.by;
      view_.checks.push_back({Phrase("screening.check.kind." + std::string(to_string(check.kind))),
                              Phrase("screening.check.is." + std::string(to_string(check.outcome))),
                              std::string(tag_of(check.outcome)), check.subject, check.remark,
                              who + " · " + moment(check.at)});
    }
    for (const Note& note : found_.notes) {
      const bool mine = context_.viewer.person && *context_.viewer.person == note.author;
      std::string facts =
          (note.author_name.empty() ? phrases_.text("screening.somebody") : note.author_name) + " · " + moment(note.at);
      if (note.edited_at) facts += " · " + phrases_.text("screening.note.edited");
      view_.notes.push_back({note.id.value, note.body, std::move(facts),
                             view_.may_act && mine && context_.now - note.at <= kNoteEditable});
    }
    if (found_.hold && application().state == State::on_hold) {
      view_.hold_reason = found_.hold->reason;
      view_.hold_facts =
          phrases_.text("screening.hold.until_day", {{"date", phrases_.date(found_.hold->until, program_.time_zone)}});
    }
    if (found_.asked && application().state == State::returned) {
      view_.change_request = found_.asked->body;
      view_.change_facts = phrases_.text("screening.changes.until_day",
                                         {{"date", phrases_.date(found_.asked->due_at, program_.time_zone)}});
    }
  }

  void choices() {
    for (const CheckKind kind : kAllChecks) {
      const std::string name(to_string(kind));
      view_.check_kinds.push_back({name, Phrase("screening.check.kind." + name)});
    }
    for (const CheckOutcome outcome : kAllOutcomes) {
      const std::string name(to_string(outcome));
      view_.check_outcomes.push_back({name, Phrase("screening.check.is." + name)});
    }
    for (const Flag flag : kByHand) {
      const std::string name(applications::to_string(flag));
      view_.flag_kinds.push_back({name, Phrase("queue.flag." + name)});
    }
    view_.due_day.typed = to_rfc3339(context_.now + kDay * 14).substr(0, 10);
    view_.until.typed = to_rfc3339(context_.now + kDay * 7).substr(0, 10);
  }

  const Parts& parts_;
  const web::Context& context_;
  const programs::Program& program_;
  const Found& found_;
  const html::Phrasebook& phrases_;
  ScreeningView view_;
};

// Back into the form comes what was typed, beside what is wrong with it.
void keep_typed(ScreeningView& view, const Refused& refused, const html::Phrasebook& phrases) {
  const std::pair<const char*, FieldView*> fields[] = {{"changes", &view.changes},
                                                       {"due", &view.due_day},
                                                       {"reason", &view.reason},
                                                       {"until", &view.until},
                                                       {"note", &view.note},
                                                       {"subject", &view.subject},
                                                       {"remark", &view.remark},
                                                       {"flag_reason", &view.flag_reason},
                                                       {"off_reason", &view.off_reason}};
  const bool editing = refused.form.get("_action") == "edit_note";
  for (const auto& [name, field] : fields) {
    if (const auto typed = refused.form.find(name); typed && !editing) field->typed = *typed;
    for (const FieldError& error : refused.error.fields) {
      if (error.field == name && !editing) field->problem = phrases.text(error.message);
    }
  }
  for (auto* options : {&view.check_kinds, &view.check_outcomes, &view.flag_kinds}) {
    const char* name = options == &view.check_kinds ? "kind" : options == &view.check_outcomes ? "outcome" : "flag";
    for (OptionView& option : *options) option.chosen = option.value == refused.form.get(name);
  }
  view.problem = phrases.text(refused.error.fields.empty() ? refused.error.message : refused.error.fields[0].message);
  if (refused.error.fields.empty()) return;
  const std::string& field = refused.error.fields[0].field;
  if (field == "off_reason")
    view.problem_at = "off-" + refused.form.get("flag");
  else if (editing)
    view.problem_at = "note-" + refused.form.get("note_id");
  else
    view.problem_at = field;
}

Phrase done_phrase(std::string_view done) {
  static constexpr std::string_view kDone[] = {"take_up",  "review", "review_next", "reviewed_before", "take_back",
                                               "go_on",    "return", "hold",        "check",           "flag",
                                               "flag_off", "note",   "edit_note"};
  if (std::ranges::find(kDone, done) == std::ranges::end(kDone)) return {};
  return Phrase("screening.done." + std::string(done == "review_next" ? "review" : done));
}

}  // namespace

std::optional<std::string> next_waiting(db::Tx& tx, std::string_view program, ApplicationId but) {
  for (const auto& query : {screening_page_sql::screened, screening_page_sql::waiting}) {
    for (const db::Row row : tx.query(query, program)) {
      if (row.id<ApplicationId>(0) != but) return row.text(1);
    }
  }
  return std::nullopt;
}

web::Response not_found(const Parts& parts, const web::Request& request, const web::Context& context) {
  return site::error_page(*parts.applications.programs.current(), request, context, 404,
                          Error{ErrorKind::not_found, "problem.not_found", {}, {}});
}

web::Response show_page(const Parts& parts, const web::Request& request, const web::Context& context,
                        const Refused* refused) {
  const auto program = parts.applications.programs.current();
  const auto found = parts.applications.database.read(
      [&](db::Tx& tx) { return find(tx, parts, program->slug, context.path_value("reference")); });
  if (!found) return not_found(parts, request, context);
  ScreeningView view = Filler(parts, context, *program, *found).view();
  std::string title = view.applicant + " · " + context.phrases.text("screening.title");
  int status = 200;
  if (refused != nullptr) {
    keep_typed(view, *refused, context.phrases);
    title = context.phrases.text("problem.error_prefix") + title;
    status = web::status_of(refused->error);
  } else {
    view.done = done_phrase(request.parameter("done").value_or(""));
  }
  html::Writer w(context.phrases);
  tpl::screening::screening(w, view);
  site::PageHead head;
  head.title = title;
  head.staff = true;
  head.indexable = false;
  return site::page(*program, context, head, w.take(), status);
}

web::Response show_screening(const Parts& parts, const web::Request& request, const web::Context& context) {
  return show_page(parts, request, context);
}

}  // namespace bursary::screening
