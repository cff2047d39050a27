// Screening for programs: what was checked, noted and asked, and every act of the page.
#include "features/api/api.h"

#include "features/screening/screening.h"

namespace bursary::screening {
namespace {

namespace json = boost::json;
using api::Answer;
using api::Call;
using applications::Application;

json::value moment_or_null(const std::optional<Instant>& at) {
  return at ? json::value(to_rfc3339(*at)) : json::value(nullptr);
}

template <class Names>
std::vector<std::string> names_of(const Names& all) {
  std::vector<std::string> names;
  for (const auto one : all) {
    using namespace applications;
    names.emplace_back(to_string(one));
  }
  return names;
}

// One act on one application, inside the caller's transaction.
struct CalledAct {
  applications::Parts applications;
  const Call& call;
  Application found;

  Act act() const {
    const auto seen = applications::state_named(call.text("seen"));
    return {found.id, seen.value_or(found.state), call.person()};
  }
};
using Do = Result<void>(const CalledAct& visit);

Result<void> move(const CalledAct& visit) {
  const std::string name = visit.call.text("act");
  const Act act = visit.act();
  const auto& parts = visit.applications;
  if (name == "take_up") return take_up(parts, act);
  if (name == "send_to_review") return send_to_review(parts, act);
  if (name == "take_back") return take_back(parts, act);
  if (name == "end_hold") return end_hold(parts, act);
  const auto when = parse_rfc3339(visit.call.text("until"));
  if (!when) return fail({{"until", "problem.api.missing"}});
  if (name == "hold") return put_on_hold(parts, act, visit.call.text("text"), *when);
  return return_for_changes(parts, act, visit.call.text("text"), *when);
}

Result<void> flag(const CalledAct& visit) {
  const auto kind = applications::flag_named(visit.call.text("flag"));
  if (!kind) return fail({{"flag", "screening.problem.flag"}});
  return set_flag(visit.applications, visit.found.id, visit.call.person(), *kind, visit.call.text("reason"));
}

Result<void> unflag(const CalledAct& visit) {
  const auto kind = applications::flag_named(visit.call.part("flag"));
  if (!kind) return fail(api::not_found());
  return take_flag_off(visit.applications, visit.found.id, visit.call.person(), *kind, visit.call.text("reason"));
}

Result<void> edit(const CalledAct& visit) {
  return edit_note(visit.applications, visit.found.id, NoteId{visit.call.id("note")}, visit.call.person(),
                   visit.call.text("text"));
}

Result<void> check(const CalledAct& visit) {
  const auto kind = check_named(visit.call.text("kind"));
  const auto outcome = outcome_named(visit.call.text("outcome"));
  if (!kind || !outcome) return fail({{"kind", "problem.api.missing"}});
  return record_check(visit.applications, visit.found.id, visit.call.person(),
                      {*kind, *outcome, visit.call.text("subject"), visit.call.text("remark")});
}

// What the rules call a field, as the body calls it.
Error renamed(Error error) {
  for (FieldError& field : error.fields) {
    if (field.field == "flag_reason" || field.field == "off_reason") field.field = "reason";
    if (field.field == "changes" || field.field == "note") field.field = "text";
    if (field.field == "due") field.field = "until";
  }
  return error;
}
// "reason" of a hold is its text.
Error renamed_of_move(Error error) {
  for (FieldError& field : error.fields) {
    if (field.field == "reason") field.field = "text";
  }
  return renamed(std::move(error));
}

Result<CalledAct> visit_of(const Parts& parts, const Call& call, db::Database& inside) {
  auto found = applications::application_called(parts.applications, call, inside);
  if (!found) return fail(found.error());
  return CalledAct{applications::on_database(parts.applications, inside), call, std::move(*found)};
}

// Where it stands after an act.
Answer stands(const CalledAct& visit, db::Database& inside, int status = 200) {
  const auto now = inside.read([&](db::Tx& tx) { return applications::find_by_id(tx, visit.found.id); });
  const Application& is = now ? *now : visit.found;
  return {json::object{{"reference", is.reference}, {"state", applications::to_string(is.state)}}, status,
          applications::etag_of(is)};
}

api::Change doing(const Parts& parts, Do* act, int status = 200) {
  return [&parts, act, status](const Call& call, db::Database& inside) -> Result<Answer> {
    const auto visit = visit_of(parts, call, inside);
    if (!visit) return fail(visit.error());
    const auto done = act(*visit);
    if (!done) return fail(act == &move ? renamed_of_move(done.error()) : renamed(done.error()));
    return stands(*visit, inside, status);
  };
}

Result<Answer> note(const Parts& parts, const Call& call, db::Database& inside) {
  const auto visit = visit_of(parts, call, inside);
  if (!visit) return fail(visit.error());
  const auto written = write_note(visit->applications, visit->found.id, call.person(), call.text("text"));
  if (!written) return fail(renamed(written.error()));
  return Answer{json::object{{"note", api::id_text(written->value)}}, 201};
}

json::array notes_json(db::Tx& tx, ApplicationId id) {
  json::array notes;
  for (const Note& one : notes_of(tx, id)) {
    notes.push_back({{"id", api::id_text(one.id.value)},
                     {"author", {{"id", api::id_text(one.author.value)}, {"name", one.author_name}}},
                     {"text", one.body},
                     {"at", to_rfc3339(one.at)},
                     {"edited_at", moment_or_null(one.edited_at)}});
  }
  return notes;
}

json::array checks_json(db::Tx& tx, ApplicationId id) {
  json::array checks;
  for (const Check& one : checks_of(tx, id)) {
    checks.push_back({{"kind", to_string(one.kind)},
                      {"outcome", to_string(one.outcome)},
                      {"subject", one.subject},
                      {"remark", one.remark},
                      {"by", one.by},
                      {"at", to_rfc3339(one.at)}});
  }
  return checks;
}

Result<Answer> read_screening(const Parts& parts, const Call& call) {
  const std::string program = parts.applications.programs.current()->slug;
  return parts.applications.database.read([&](db::Tx& tx) -> Result<Answer> {
    const auto found = applications::find_by_reference(tx, program, call.part("reference"));
    if (!found) return fail(api::not_found());
    json::value hold = nullptr;
    if (const auto held = hold_of(tx, found->id))
      hold = json::object{{"reason", held->reason},
                          {"until", to_rfc3339(held->until)},
                          {"held_at", to_rfc3339(held->held_at)},
                          {"back_to", applications::to_string(held->back_to)}};
    json::array asked;
    for (const auto& one : applications::change_requests_of(tx, found->id)) {
      asked.push_back({{"text", one.body},
                       {"due_at", to_rfc3339(one.due_at)},
                       {"asked_at", to_rfc3339(one.asked_at)},
                       {"answered_at", moment_or_null(one.answered_at)}});
    }
    return Answer{json::object{{"reference", found->reference},
                               {"state", applications::to_string(found->state)},
                               {"notes", notes_json(tx, found->id)},
                               {"checks", checks_json(tx, found->id)},
                               {"hold", std::move(hold)},
                               {"change_requests", std::move(asked)}},
                  200, applications::etag_of(*found)};
  });
}

web::Schema screening_schema() {
  using namespace web;
  const Schema person = named("Person", object({{"id", api::id_schema()}, {"name", text()}}));
  const Schema a_note = named("Note", object({{"id", api::id_schema()},
                                              {"author", person},
                                              {"text", text()},
                                              {"at", moment()},
                                              {"edited_at", moment().or_null()}}));
  const Schema a_check = named("Check", object({{"kind", choice(names_of(kAllChecks))},
                                                {"outcome", choice(names_of(kAllOutcomes))},
                                                {"subject", text()},
                                                {"remark", text()},
                                                {"by", text().said("A name; empty: the program itself.")},
                                                {"at", moment()}}));
  const Schema a_hold =
      named("Hold", object({{"reason", text()}, {"until", moment()}, {"held_at", moment()}, {"back_to", text()}}));
  const Schema a_request = named(
      "ChangeRequest",
      object({{"text", text()}, {"due_at", moment()}, {"asked_at", moment()}, {"answered_at", moment().or_null()}}));
  return named("Screening", object({{"reference", text()},
                                    {"state", text()},
                                    {"notes", list_of(a_note).said("The newest first. Staff alone read them.")},
                                    {"checks", list_of(a_check)},
                                    {"hold", web::Schema(a_hold).or_null()},
                                    {"change_requests", list_of(a_request)}}));
}

web::Given stands_given(int status = 200) {
  using namespace web;
  return api::given("Where it stands now.", named("Stands", object({{"reference", text()}, {"state", text()}})),
                    status);
}

web::Schema move_schema() {
  using namespace web;
  return named(
      "Move",
      object({{"act", choice({"take_up", "send_to_review", "take_back", "return", "hold", "end_hold"})},
              optional("seen", text().said("The state that you decided upon: 409 when it is another one by now.")),
              optional("text", text().said("return: what to change, told to the applicant. hold: why, told to staff.")),
              optional("until", moment().said("return: by when. hold: when it goes on by itself."))}));
}

}  // namespace

void add_api_routes(web::Router& router, const Parts& parts, const api::Parts& api) {
  using web::Method;
  const web::Parameter reference = api::path_part("reference", "As in mail: `RA-7K3M-Q9XT5`.");
  const auto screens = web::Permission::screen_applications;
  const web::Schema text = web::text();
  api::add_read(router, api,
                {.path = "/applications/{reference}/screening",
                 .permission = web::Permission::read_applications,
                 .operation = {.id = "readScreening",
                               .tag = "screening",
                               .summary = "Notes, checks, hold, changes that were asked for",
                               .parameters = {reference},
                               .gives = {api::given("All of it.", screening_schema())}}},
                [&parts](const Call& call) { return read_screening(parts, call); });
  api::add_change(router, api,
                  {.method = Method::post,
                   .path = "/applications/{reference}/moves",
                   .permission = screens,
                   .operation = {.id = "moveApplication",
                                 .tag = "screening",
                                 .summary = "Take up, send to review, take back, return for changes, hold, end a hold",
                                 .parameters = {reference},
                                 .takes = move_schema(),
                                 .gives = {stands_given()}},
                   .matched = true},
                  doing(parts, &move));
  api::add_change(router, api,
                  {.method = Method::post,
                   .path = "/applications/{reference}/flags",
                   .permission = screens,
                   .operation = {.id = "flagApplication",
                                 .tag = "screening",
                                 .summary = "Flag an application",
                                 .parameters = {reference},
                                 .takes = web::named(
                                     "NewFlag", web::object({{"flag", web::choice(names_of(applications::kAllFlags))},
                                                             {"reason", text}})),
                                 .gives = {stands_given(201)}},
                   .matched = true},
                  doing(parts, &flag, 201));
  api::add_change(router, api,
                  {.method = Method::post,
                   .path = "/applications/{reference}/flags/{flag}/remove",
                   .permission = screens,
                   .operation = {.id = "unflagApplication",
                                 .tag = "screening",
                                 .summary = "Take a flag off, with why",
                                 .parameters = {reference, api::path_part("flag", "`attention` and the like.")},
                                 .takes = web::named("Reason", web::object({{"reason", text}})),
                                 .gives = {stands_given()}},
                   .matched = true},
                  doing(parts, &unflag));
  api::add_change(
      router, api,
      {.method = Method::post,
       .path = "/applications/{reference}/notes",
       .permission = screens,
       .operation = {.id = "writeNote",
                     .tag = "screening",
                     .summary = "Write a note for staff",
                     .parameters = {reference},
                     .takes = web::named("NewNote", web::object({{"text", text}})),
                     .gives = {api::given("It is written.",
                                          web::named("NoteWritten", web::object({{"note", api::id_schema()}})), 201)}}},
      [&parts](const Call& call, db::Database& inside) { return note(parts, call, inside); });
  api::add_change(router, api,
                  {.method = Method::put,
                   .path = "/applications/{reference}/notes/{note}",
                   .permission = screens,
                   .operation = {.id = "editNote",
                                 .tag = "screening",
                                 .summary = "Mend a note of your own, within a quarter of an hour",
                                 .parameters = {reference, api::path_part("note", "Its id.")},
                                 .takes = web::named("NewNote", web::object({{"text", text}})),
                                 .gives = {stands_given()}}},
                  doing(parts, &edit));
  api::add_change(
      router, api,
      {.method = Method::post,
       .path = "/applications/{reference}/checks",
       .permission = screens,
       .operation = {.id = "recordCheck",
                     .tag = "screening",
                     .summary = "Record what was checked about who applies",
                     .parameters = {reference},
                     .takes = web::named("NewCheck", web::object({{"kind", web::choice(names_of(kAllChecks))},
                                                                  {"outcome", web::choice(names_of(kAllOutcomes))},
                                                                  web::optional("subject", text),
                                                                  web::optional("remark", text)})),
                     .gives = {stands_given(201)}}},
      doing(parts, &check, 201));
}

}  // namespace bursary::screening
