#include "base/text.h"
#include "features/decisions/appeal.sql.h"
#include "features/decisions/decisions.h"

namespace bursary::decisions {

namespace appeal_sql = sql::decisions::appeal;

namespace {

constexpr std::size_t kLongestAppeal = 4000;  // characters

Appeal appeal_in(const db::Row& row) {
  Appeal out;
  out.id = row.id<AppealId>(0);
  out.application = row.id<ApplicationId>(1);
  out.decision = row.id<DecisionId>(2);
  out.decided_first = row.id<web::PersonId>(3);
  out.body = row.text(4);
  out.answer = row.text(5);
  out.made_at = row.instant(6);
  out.state = static_cast<AppealState>(row.integer(7));
  out.decided_at = row.maybe_instant(8);
  return out;
}

Result<std::string> checked(std::string_view typed, const char* field) {
  std::string text(trim(without_hidden(typed)));
  if (text.empty()) return fail({{field, "decisions.problem.empty"}});
  if (count_characters(text) > kLongestAppeal)
    return fail({{field, Phrase("decisions.problem.too_long", {{"limit", std::to_string(kLongestAppeal)}})}});
  return text;
}

}  // namespace

std::optional<Appeal> appeal_of(db::Tx& tx, ApplicationId id) {
  const auto row = tx.find(appeal_sql::of_application, id);
  return row ? std::optional(appeal_in(*row)) : std::nullopt;
}

Result<void> make_appeal(const Parts& parts, const applications::Holder& holder, std::string_view typed,
                         std::optional<web::PersonId> by) {
  const auto text = checked(typed, "appeal");
  const applications::Parts& house = parts.applications;
  return house.database.write([&](db::Tx& tx) -> Result<void> {
    const auto held = applications::find_held(tx, holder, applications::Right::own);
    if (!held) return fail(held.error());
    const applications::Application* const application = &held->application;
    if (!text) return fail(text.error());
    const auto decision = released_decision(tx, application->id);
    if (application->state != State::declined || !decision || decision->choice.kind != Kind::decline)
      return fail(ErrorKind::conflict, "decisions.problem.no_appeal");
    const Instant now = house.clock.now();
    if (tx.execute(appeal_sql::make, house.ids.next<AppealTag>(), application->id, decision->id, application->program,
                   *text, now) == 0)
      return fail(ErrorKind::conflict, "decisions.problem.appealed");
    audit::write_event(
        tx, {house.ids.next<audit::EventTag>(), application->id.value, "appealed", audit::By::applicant(by), now});
    return {};
  });
}

Result<void> decide_appeal(const Parts& parts, AppealId id, bool heard, std::string_view typed, web::PersonId by) {
  const auto answer = checked(typed, "answer");
  if (!answer) return fail(answer.error());
  const applications::Parts& house = parts.applications;
  return house.database.write([&](db::Tx& tx) -> Result<void> {
    const auto row = tx.find(appeal_sql::by_id, id);
    if (!row) return fail(ErrorKind::not_found, "problem.not_found");
    const Appeal appeal = appeal_in(*row);
    if (appeal.decided_first == by) return fail(ErrorKind::forbidden, "decisions.problem.same_person");
    const Instant now = house.clock.now();
    const auto state = heard ? AppealState::heard : AppealState::turned_down;
    if (tx.execute(appeal_sql::decide, state, *answer, by, now, id) == 0)
      return fail(ErrorKind::conflict, "decisions.problem.appeal_decided");
    if (heard) {
      const auto moved =
          applications::move(tx, house.ids, now, appeal.application,
                             {State::in_review, audit::By::staff(by), "moved", R"("why":"appeal")", State::declined});
      if (!moved) return fail(moved.error());
    }
    audit::write_event(tx, {house.ids.next<audit::EventTag>(), appeal.application.value, "appeal_decided",
                            audit::By::staff(by), now, heard ? R"({"heard":true})" : R"({"heard":false})"});
    const auto application = applications::find_by_id(tx, appeal.application);
    if (!application || application->email.empty()) return {};
    auto mail = applications::mail_to_applicant(*application, heard ? "appeal_heard" : "appeal_turned_down", now);
    mail.placeholders["answer"] = *answer;
    messages::queue_message(tx, house.ids, house.random, now, messages::message_id_domain(house.public_address), mail);
    return {};
  });
}

}  // namespace bursary::decisions
