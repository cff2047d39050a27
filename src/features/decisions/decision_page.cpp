// The decision of one application: made, changed, undone; and its appeal.
#include "features/decisions/choice.h"
#include "features/decisions/decision.html.h"
#include "features/decisions/decision_page.sql.h"
#include "features/decisions/decision_view.h"
#include "features/decisions/pages.h"
#include "html/figures.h"

namespace bursary::decisions {
namespace {

namespace decision_page_sql = sql::decisions::decision_page;
using applications::Application;

struct Deciding {
  Application application;
  std::optional<applications::AnswersRead> answers;
  std::vector<Decision> decisions;
  std::optional<Appeal> appeal;
  std::optional<Instant> leaves_at;
  std::optional<std::string> next;
  std::string asked;  // filled by the page
  std::optional<std::pair<std::int64_t, std::string>> money;
};

std::optional<std::string> next_to_decide(db::Tx& tx, std::string_view program, ApplicationId but) {
  for (const db::Row row : tx.query(decision_page_sql::next_in_review, program)) {
    if (row.id<ApplicationId>(0) != but) return row.text(1);
  }
  return std::nullopt;
}

std::optional<Deciding> find_deciding(db::Tx& tx, const Visit& visit) {
  auto application = applications::find_by_reference(tx, visit.program->slug, visit.context.path_value("reference"));
  if (!application) return std::nullopt;
  Deciding found;
  found.application = std::move(*application);
  const ApplicationId id = found.application.id;
  found.answers = applications::find_answers(tx, visit.parts.applications.form_versions, id);
  found.decisions = decisions_of(tx, id);
  found.appeal = appeal_of(tx, id);
  const std::optional<ReleaseId> release = found.decisions.empty() ? std::nullopt : found.decisions.front().release;
  if (release && found.decisions.front().state == DecisionState::leaving) {
    if (const auto row = tx.find(decision_page_sql::leaves_at, *release)) found.leaves_at = row->instant(0);
  }
  found.next = next_to_decide(tx, visit.program->slug, id);
  if (const auto row = tx.find(decision_page_sql::money, id, visit.program->form.meanings.budget))
    found.money = {row->integer(0), row->text(1)};
  return found;
}

bool can_be_decided(State state) {
  return state == State::submitted || state == State::screening || state == State::in_review ||
         state == State::waitlisted;
}

struct Refused {
  web::FormData form;
  Error error;
};

class Filler {
 public:
  Filler(const Visit& visit, const Deciding& found, const Refused* refused)
      : visit_(visit), found_(found), refused_(refused) {}

  DecisionView view() {
    head();
    if (!found_.decisions.empty()) decisions();
    appeal();
    choice();
    if (refused_ != nullptr) problem();
    return std::move(view_);
  }

 private:
  const Application& application() const { return found_.application; }

  void head() {
    const html::Phrasebook& phrases = visit_.phrases();
    view_.places = site::application_places(visit_.context, application().reference, site::ApplicationPlace::decision);
    view_.applicant = application().applicant_name.empty() ? application().reference : application().applicant_name;
    view_.reference = application().reference;
    view_.path = fmt::format("/staff/applications/{}/decision", application().reference);
    view_.form_token = visit_.context.form_token;
    view_.seen = applications::to_string(application().state);
    view_.state = Phrase("queue.state." + view_.seen);
    view_.state_class = applications::state_tag(application().state);
    view_.may_decide = visit_.may(web::Permission::decide_applications);
    if (found_.next) view_.next_reference = *found_.next;
    if (found_.money) view_.asked = html::money(phrases, found_.money->first, found_.money->second);
    if (!found_.answers) return;
    static const std::vector<FieldError> none;
    view_.answers =
        forms::render_answers({*found_.answers->definition, found_.answers->submission.answers, phrases.tag(), none,
                               none, fmt::format("/staff/applications/{}/file/", application().reference)},
                              phrases, {}, true);
  }

  std::string facts(const Decision& one) const {
    return visit_.phrases().text("decisions.current.by",
                                 {{"name", visit_.who(one.by_name)}, {"when", visit_.moment(one.at)}});
  }
  static bool is_open(const Decision& one) {
    return one.state == DecisionState::pending || one.state == DecisionState::leaving;
  }

  void decisions() {
    for (const Decision& one : found_.decisions) {
      const Phrase kind("decisions.kind." + std::string(to_string(one.choice.kind)));
      const std::string criterion =
          one.choice.criterion.empty() ? std::string() : criterion_label(visit_, one.choice.criterion);
      if (!is_open(one)) {
        view_.past.push_back({kind, Phrase("decisions.state." + std::string(to_string(one.state))), criterion,
                              one.choice.reason, one.choice.note, facts(one)});
        continue;
      }
      view_.open = true;
      view_.leaving = one.state == DecisionState::leaving;
      view_.id = one.id.value;
      view_.version = one.version;
      view_.kind = kind;
      view_.criterion = criterion;
      view_.note = one.choice.note;
      view_.facts = facts(one);
      if (found_.leaves_at)
        view_.leaves = visit_.phrases().text("decisions.current.leaving", {{"when", visit_.moment(*found_.leaves_at)}});
      Sample sample = sample_of(visit_, application(), one.choice);
      view_.subject = std::move(sample.subject);
      view_.message = std::move(sample.body);
    }
  }

  void appeal() {
    if (!found_.appeal) return;
    const Appeal& one = *found_.appeal;
    view_.has_appeal = true;
    view_.appeal = one.id.value;
    view_.appeal_body = one.body;
    view_.appeal_facts = visit_.phrases().text("decisions.appeal.made", {{"when", visit_.moment(one.made_at)}});
    view_.appeal_answer = one.answer;
    view_.appeal_waits = one.state == AppealState::waiting;
    const bool first = visit_.person() == one.decided_first;
    view_.appeal_barred = view_.appeal_waits && first;
    if (one.state == AppealState::heard) view_.appeal_state = "decisions.appeal.heard";
    if (one.state == AppealState::turned_down) view_.appeal_state = "decisions.appeal.turned_down";
    view_.barred = first && one.state == AppealState::heard;
  }

  void choice() {
    std::optional<Choice> chosen;
    for (const Decision& one : found_.decisions) {
      if (one.state == DecisionState::pending) chosen = one.choice, view_.changing = true;
    }
    if (!view_.changing && (view_.open || !can_be_decided(application().state))) return;
    if (refused_ != nullptr && refused_->form.find("kind")) chosen = choice_in(refused_->form);
    view_.choice = choice_view(visit_, chosen);
  }

  void problem() {
    const Error& error = refused_->error;
    mark_problems(view_.choice, visit_, error.fields);
    const Phrase& said = error.fields.empty() ? error.message : error.fields[0].message;
    view_.problem = visit_.phrases().text(said);
    if (error.fields.empty()) return;
    view_.problem_at = error.fields[0].field == "kind" ? "kind-award" : error.fields[0].field;
    if (error.fields[0].field != "answer") return;
    view_.appeal_problem = view_.problem;
    view_.appeal_answer = refused_->form.get("answer");
  }

  const Visit& visit_;
  const Deciding& found_;
  const Refused* refused_;
  DecisionView view_;
};

Phrase done_phrase(std::string_view done) {
  static constexpr std::string_view kDone[] = {"decided", "decided_before", "changed", "undone", "appeal"};
  if (std::ranges::find(kDone, done) == std::ranges::end(kDone)) return {};
  return Phrase("decisions.done." + std::string(done));
}

web::Response show_decision_page(const Visit& visit, const Refused* refused) {
  const auto found = visit.database().read([&](db::Tx& tx) { return find_deciding(tx, visit); });
  if (!found) return not_found(visit);
  DecisionView view = Filler(visit, *found, refused).view();
  if (refused == nullptr) view.done = done_phrase(visit.request.parameter("done").value_or(""));
  std::string title = view.applicant + " · " + visit.phrases().text("decisions.decision");
  if (refused != nullptr) title = visit.phrases().text("problem.error_prefix") + title;
  html::Writer w(visit.phrases());
  tpl::decisions::decision(w, view);
  return staff_page(visit, title, {}, w, refused == nullptr ? 200 : web::status_of(refused->error));
}

// What was done, told in the address of the page that follows.
Result<std::string> act(const Visit& visit, const web::FormData& form, const Application& application) {
  const std::string name = form.get("_action");
  const web::PersonId by = visit.person();
  const DecisionId decision{read_row_number(form.get("decision"))};
  const std::int64_t version = read_row_number(form.get("version"));
  const auto said = [](const Result<void>& done, const char* what) -> Result<std::string> {
    if (!done) return fail(done.error());
    return std::string(what);
  };
  if (name == "undo") return said(undo_decision(visit.parts, decision, version, by), "undone");
  if (name == "hear" || name == "turn_down") {
    return said(decide_appeal(visit.parts, AppealId{read_row_number(form.get("appeal"))}, name == "hear",
                              form.get("answer"), by),
                "appeal");
  }
  if (!kind_named(form.get("kind"))) return fail({{"kind", "decisions.problem.kind"}});
  if (name == "change") return said(change_decision(visit.parts, decision, version, by, choice_in(form)), "changed");
  if (name != "decide" && name != "decide_next") return fail(ErrorKind::invalid, "problem.status.400");
  const State seen = applications::state_named(form.get("_seen")).value_or(application.state);
  const auto decided = decide(visit.parts, {application.id, seen, by}, choice_in(form));
  if (!decided) return fail(decided.error());
  return std::string(name == "decide_next" ? "decided_before" : "decided");
}

}  // namespace

web::Response show_decision(const Visit& visit) { return show_decision_page(visit, nullptr); }

web::Response post_decision(const Visit& visit) {
  auto form = web::parse_form(visit.request);
  if (!form) return refused(visit, form.error());
  const auto application = visit.database().read([&](db::Tx& tx) {
    return applications::find_by_reference(tx, visit.program->slug, visit.context.path_value("reference"));
  });
  if (!application) return not_found(visit);
  const auto done = act(visit, *form, *application);
  if (!done && (done.error().kind == ErrorKind::unavailable || done.error().kind == ErrorKind::not_found))
    return refused(visit, done.error());
  if (!done) {
    const Refused again{std::move(*form), done.error()};
    return show_decision_page(visit, &again);
  }
  std::string reference = application->reference, said = *done;
  if (said == "decided_before") {
    const auto next =
        visit.database().read([&](db::Tx& tx) { return next_to_decide(tx, visit.program->slug, application->id); });
    if (next)
      reference = *next;
    else
      said = "decided";
  }
  return web::see_other(fmt::format("/staff/applications/{}/decision?done={}", reference, said));
}

}  // namespace bursary::decisions
