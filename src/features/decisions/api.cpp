// Decisions for programs: made, changed, taken back; listed while they are pending.
#include "features/decisions/api.h"

#include "features/decisions/list.sql.h"

namespace bursary::decisions {
namespace {

namespace json = boost::json;
namespace list_sql = sql::decisions::list;
using api::Answer;
using api::Call;
using applications::Application;

constexpr std::size_t kMostAtOnce = 500;

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const Kind kind : kAllKinds) names.emplace_back(to_string(kind));
  return names;
}

Choice choice_of(const Call& call) {
  return {kind_named(call.text("kind")).value_or(Kind::decline), call.text("criterion"), call.text("reason"),
          call.text("note")};
}

Answer told(const Decision& decision, db::Database& inside, int status = 200) {
  const auto application = inside.read([&](db::Tx& tx) { return applications::find_by_id(tx, decision.application); });
  return {json::object{{"decision", api::id_text(decision.id.value)},
                       {"version", decision.version},
                       {"decided", to_string(decision.state)},
                       {"reference", application ? application->reference : ""},
                       {"state", application ? applications::to_string(application->state) : ""}},
          status, application ? applications::etag_of(*application) : std::string()};
}

Result<Answer> post_one(const Parts& parts, const Call& call, db::Database& inside) {
  const auto found = applications::application_called(parts.applications, call, inside);
  if (!found) return fail(found.error());
  const applications::Parts house = applications::on_database(parts.applications, inside);
  const State seen = applications::state_named(call.text("seen")).value_or(found->state);
  const auto made = decide({house, parts.undo_window}, {found->id, seen, call.person()}, choice_of(call));
  if (!made) return fail(made.error());
  const auto decision = inside.read([&](db::Tx& tx) { return open_decision(tx, found->id); });
  if (!decision) return fail(api::not_found());
  return told(*decision, inside, 201);
}

// All of them or none: which one it was is told by its place.
Result<Answer> post_many(const Parts& parts, const Call& call, db::Database& inside) {
  const std::string program = parts.applications.programs.current()->slug;
  const applications::Parts house = applications::on_database(parts.applications, inside);
  const std::vector<std::string> references = call.texts("references");
  json::array made;
  for (std::size_t i = 0; i < references.size(); ++i) {
    const auto place = "/references/" + std::to_string(i);
    const auto found =
        inside.read([&](db::Tx& tx) { return applications::find_by_reference(tx, program, references[i]); });
    if (!found) return fail({{place, "problem.api.status.404"}});
    const auto id = decide({house, parts.undo_window}, {found->id, found->state, call.person()}, choice_of(call));
    if (!id && !id.error().fields.empty()) return fail(id.error());
    if (!id) return fail(Error{id.error().kind, id.error().message, {}, {{place, id.error().message}}});
    made.push_back({{"reference", references[i]}, {"decision", api::id_text(id->value)}});
  }
  return Answer{json::object{{"made", std::move(made)}}, 201};
}

// The pending or leaving decision of an application, as who calls it saw it.
Result<Decision> open_of(const Call& call, db::Database& inside, const Application& application) {
  auto decision = inside.read([&](db::Tx& tx) { return open_decision(tx, application.id); });
  if (!decision) return fail(api::not_found());
  if (const auto version = call.whole("version")) decision->version = *version;
  return std::move(*decision);
}

Result<Answer> put_one(const Parts& parts, const Call& call, db::Database& inside) {
  const auto found = applications::application_called(parts.applications, call, inside);
  if (!found) return fail(found.error());
  const auto decision = open_of(call, inside, *found);
  if (!decision) return fail(decision.error());
  const applications::Parts house = applications::on_database(parts.applications, inside);
  const auto done =
      change_decision({house, parts.undo_window}, decision->id, decision->version, call.person(), choice_of(call));
  if (!done) return fail(done.error());
  const auto now = inside.read([&](db::Tx& tx) { return open_decision(tx, found->id); });
  if (!now) return fail(api::not_found());
  return told(*now, inside);
}

Result<Answer> undo_one(const Parts& parts, const Call& call, db::Database& inside) {
  const auto found = applications::application_called(parts.applications, call, inside);
  if (!found) return fail(found.error());
  auto decision = open_of(call, inside, *found);
  if (!decision) return fail(decision.error());
  const applications::Parts house = applications::on_database(parts.applications, inside);
  const auto done = undo_decision({house, parts.undo_window}, decision->id, decision->version, call.person());
  if (!done) return fail(done.error());
  decision->state = DecisionState::undone;
  ++decision->version;
  return told(*decision, inside);
}

json::object decision_json(const Decision& one) {
  return {{"id", api::id_text(one.id.value)},
          {"version", one.version},
          {"kind", to_string(one.choice.kind)},
          {"criterion", one.choice.criterion},
          {"reason", one.choice.reason},
          {"note", one.choice.note},
          {"decided", to_string(one.state)},
          {"by", {{"id", api::id_text(one.by.value)}, {"name", one.by_name}}},
          {"at", to_rfc3339(one.at)},
          {"release", one.release ? json::value(api::id_text(one.release->value)) : json::value(nullptr)},
          {"released_at", one.released_at ? json::value(to_rfc3339(*one.released_at)) : json::value(nullptr)}};
}

json::value appeal_json(db::Tx& tx, ApplicationId id) {
  static constexpr const char* kStates[] = {"waiting", "heard", "turned_down"};
  const auto appeal = appeal_of(tx, id);
  if (!appeal) return nullptr;
  return json::object{
      {"id", api::id_text(appeal->id.value)},
      {"text", appeal->body},
      {"answer", appeal->answer},
      {"state", kStates[static_cast<std::size_t>(appeal->state)]},
      {"made_at", to_rfc3339(appeal->made_at)},
      {"decided_at", appeal->decided_at ? json::value(to_rfc3339(*appeal->decided_at)) : json::value(nullptr)}};
}

Result<Answer> read_one(const Parts& parts, const Call& call) {
  const std::string program = parts.applications.programs.current()->slug;
  return parts.applications.database.read([&](db::Tx& tx) -> Result<Answer> {
    const auto found = applications::find_by_reference(tx, program, call.part("reference"));
    if (!found) return fail(api::not_found());
    json::array decisions;
    for (const Decision& one : decisions_of(tx, found->id)) decisions.push_back(decision_json(one));
    return Answer{json::object{{"reference", found->reference},
                               {"state", applications::to_string(found->state)},
                               {"decisions", std::move(decisions)},
                               {"appeal", appeal_json(tx, found->id)}},
                  200, applications::etag_of(*found)};
  });
}

Result<Answer> post_appeal_answer(const Parts& parts, const Call& call, db::Database& inside) {
  const auto found = applications::application_called(parts.applications, call, inside);
  if (!found) return fail(found.error());
  const auto appeal = inside.read([&](db::Tx& tx) { return appeal_of(tx, found->id); });
  if (!appeal) return fail(api::not_found());
  const applications::Parts house = applications::on_database(parts.applications, inside);
  const auto done =
      decide_appeal({house, parts.undo_window}, appeal->id, call.yes("heard"), call.text("answer"), call.person());
  if (!done) return fail(done.error());
  const auto now = inside.read([&](db::Tx& tx) { return applications::find_by_id(tx, found->id); });
  if (!now) return fail(api::not_found());
  return Answer{json::object{{"reference", now->reference}, {"state", applications::to_string(now->state)}}, 200,
                applications::etag_of(*now)};
}

Result<Answer> list_pending(const Parts& parts, const Call& call) {
  const auto program = parts.applications.programs.current();
  const std::int64_t limit = call.number("limit", api::kUsualRows);
  std::int64_t after = 0;
  if (const auto sent = call.parameter("cursor")) {
    const auto place = api::read_cursor(call.parts.cursor_secret, "pending decisions", "", *sent, 1);
    if (!place) return fail(ErrorKind::invalid, "problem.api.request.cursor");
    after = place->at(0);
  }
  return parts.applications.database.read([&](db::Tx& tx) -> Result<Answer> {
    json::array items;
    json::value next = nullptr;
    std::int64_t last = 0;
    for (const db::Row row :
         tx.query(list_sql::pending_after, program->form.meanings.budget, program->slug, after, limit + 1)) {
      if (static_cast<std::int64_t>(items.size()) == limit) {
        next = api::make_cursor(call.parts.cursor_secret, "pending decisions", "", {last});
        break;
      }
      last = row.integer(0);
      json::value asked = nullptr;
      if (!row.is_null(8)) asked = json::object{{"nano", std::to_string(row.integer(8))}, {"currency", row.text(9)}};
      items.push_back({{"decision", api::id_text(last)},
                       {"version", row.integer(1)},
                       {"kind", to_string(static_cast<Kind>(row.integer(2)))},
                       {"criterion", row.text(3)},
                       {"by", row.text(4)},
                       {"at", to_rfc3339(row.instant(5))},
                       {"reference", row.text_or_empty(6)},
                       {"name", row.text(7)},
                       {"asked", std::move(asked)}});
    }
    return Answer{json::object{{"items", std::move(items)}, {"next", std::move(next)}}};
  });
}

Result<Answer> list_overdue(const Parts& parts, const Call& call) {
  const auto program = parts.applications.programs.current();
  return parts.applications.database.read([&](db::Tx& tx) -> Result<Answer> {
    json::array steps;
    for (const OverdueStep& step : overdue_steps(tx, *program, call.context.now, static_cast<int>(api::kMostRows))) {
      json::array rows;
      for (const Overdue& one : step.rows) {
        rows.push_back({{"reference", one.reference},
                        {"name", one.applicant_name},
                        {"since", to_rfc3339(one.since)},
                        {"due_at", to_rfc3339(one.due)}});
      }
      steps.push_back({{"step", step.appeals ? "appeal" : applications::to_string(step.step)},
                       {"days", step.days},
                       {"items", std::move(rows)},
                       {"more", step.more}});
    }
    return Answer{json::object{{"steps", std::move(steps)}}};
  });
}

web::Schema choice_schema(bool seen) {
  using namespace web;
  std::vector<Member> members = {
      {"kind", choice(kind_names())},
      optional("criterion", text().said("A key of the program's criteria; needed for a decline where it has some.")),
      optional("reason", text().said("To the applicant; needed for a decline.")),
      optional("note", text().said("For staff."))};
  if (seen) members.push_back(optional("seen", text().said("The state that you decided upon.")));
  if (!seen) members.push_back(optional("version", whole().said("Of the decision, as you saw it.")));
  return named(seen ? "NewDecision" : "ChangedDecision", object(std::move(members)));
}

web::Schema many_schema() {
  using namespace web;
  Schema schema = *choice_schema(true).definition;
  schema.members.pop_back();
  schema.members.push_back({"references", list_of(text()).between(1, kMostAtOnce)});
  return named("NewDecisions", std::move(schema));
}

web::Given told_given(int status = 200) {
  using namespace web;
  return api::given("The decision, and where its application stands.",
                    named("DecisionMade", object({{"decision", api::id_schema()},
                                                  {"version", whole()},
                                                  {"decided", text().said("pending, leaving, released, undone")},
                                                  {"reference", text()},
                                                  {"state", text()}})),
                    status);
}

web::Schema decision_schema() {
  using namespace web;
  const Schema person = named("Person", object({{"id", api::id_schema()}, {"name", text()}}));
  return named("Decision", object({{"id", api::id_schema()},
                                   {"version", whole()},
                                   {"kind", choice(kind_names())},
                                   {"criterion", text()},
                                   {"reason", text()},
                                   {"note", text()},
                                   {"decided", choice({"pending", "leaving", "released", "undone", "overtaken"})},
                                   {"by", person},
                                   {"at", moment()},
                                   {"release", api::id_schema().or_null()},
                                   {"released_at", moment().or_null()}}));
}

web::Schema decisions_schema() {
  using namespace web;
  const Schema appeal = named("Appeal", object({{"id", api::id_schema()},
                                                {"text", text()},
                                                {"answer", text()},
                                                {"state", choice({"waiting", "heard", "turned_down"})},
                                                {"made_at", moment()},
                                                {"decided_at", moment().or_null()}}));
  return named("Decisions", object({{"reference", text()},
                                    {"state", text()},
                                    {"decisions", list_of(decision_schema()).said("The newest first.")},
                                    {"appeal", Schema(appeal).or_null()}}));
}

web::Schema pending_schema() {
  using namespace web;
  return named(
      "PendingDecision",
      object({{"decision", api::id_schema()},
              {"version", whole()},
              {"kind", choice(kind_names())},
              {"criterion", text()},
              {"by", text()},
              {"at", moment()},
              {"reference", text()},
              {"name", text()},
              {"asked", object({{"nano", text().said("In billionths of the currency's unit.")}, {"currency", text()}})
                            .or_null()}}));
}

web::Schema overdue_schema() {
  using namespace web;
  const Schema row =
      named("Overdue", object({{"reference", text()}, {"name", text()}, {"since", moment()}, {"due_at", moment()}}));
  return named("OverdueSteps",
               object({{"steps", list_of(object({{"step", text()},
                                                 {"days", whole().said("Its target.")},
                                                 {"items", list_of(row).said("The longest overdue first.")},
                                                 {"more", yes_no()}}))}}));
}

}  // namespace

void add_api_routes(web::Router& router, const Parts& parts, const api::Parts& api) {
  using web::Method;
  const web::Parameter reference = api::path_part("reference", "As in mail: `RA-7K3M-Q9XT5`.");
  const auto decides = web::Permission::decide_applications, reads = web::Permission::read_applications;
  const auto bound = api::bound_to(parts);
  api::add_read(router, api,
                {.path = "/applications/{reference}/decision",
                 .permission = reads,
                 .operation = {.id = "readDecisions",
                               .tag = "decisions",
                               .summary = "Decisions and appeal of an application",
                               .about = "Pending ones are known to staff alone.",
                               .parameters = {reference},
                               .gives = {api::given("All of them.", decisions_schema())}}},
                bound(read_one));
  api::add_change(router, api,
                  {.method = Method::post,
                   .path = "/applications/{reference}/decision",
                   .permission = decides,
                   .operation = {.id = "decide",
                                 .tag = "decisions",
                                 .summary = "Decide; it stays pending until it is released",
                                 .parameters = {reference},
                                 .takes = choice_schema(true),
                                 .gives = {told_given(201)}},
                   .matched = true},
                  bound(post_one));
  api::add_change(router, api,
                  {.method = Method::put,
                   .path = "/applications/{reference}/decision",
                   .permission = decides,
                   .operation = {.id = "changeDecision",
                                 .tag = "decisions",
                                 .summary = "Change the pending decision",
                                 .parameters = {reference},
                                 .takes = choice_schema(false),
                                 .gives = {told_given()}},
                   .matched = true},
                  bound(put_one));
  api::add_change(
      router, api,
      {.method = Method::post,
       .path = "/applications/{reference}/decision/undo",
       .permission = decides,
       .operation = {.id = "undoDecision",
                     .tag = "decisions",
                     .summary = "Take the decision back, also out of a release that is still held",
                     .parameters = {reference},
                     .takes = web::named(
                         "Seen",
                         web::object({web::optional("version", web::whole().said("Of the decision, as you saw it."))})),
                     .gives = {told_given()}},
       .matched = true},
      bound(undo_one));
  api::add_change(
      router, api,
      {.method = Method::post,
       .path = "/applications/{reference}/appeal",
       .permission = decides,
       .operation = {.id = "decideAppeal",
                     .tag = "decisions",
                     .summary = "Hear an appeal or turn it down; not by who decided first",
                     .parameters = {reference},
                     .takes =
                         web::named("AppealAnswer", web::object({{"heard", web::yes_no()}, {"answer", web::text()}})),
                     .gives = {api::given(
                         "Where it stands now.",
                         web::named("Stands", web::object({{"reference", web::text()}, {"state", web::text()}})))}},
       .matched = true},
      bound(post_appeal_answer));
  api::add_read(
      router, api,
      {.path = "/decisions",
       .permission = reads,
       .operation = {.id = "listPendingDecisions",
                     .tag = "decisions",
                     .summary = "What is decided and not released",
                     .parameters = {api::limit_parameter(), api::cursor_parameter()},
                     .gives = {api::given("The oldest first.", api::page_of("PendingPage", pending_schema()))}}},
      bound(list_pending));
  api::add_change(
      router, api,
      {.method = Method::post,
       .path = "/decisions",
       .permission = decides,
       .operation = {.id = "decideMany",
                     .tag = "decisions",
                     .summary = "The same decision for many: all of them or none",
                     .takes = many_schema(),
                     .gives = {api::given(
                         "They are made.",
                         web::named("DecisionsMade", web::object({{"made", web::list_of(web::object(
                                                                               {{"reference", web::text()},
                                                                                {"decision", api::id_schema()}}))}})),
                         201)}}},
      bound(post_many));
  api::add_read(router, api,
                {.path = "/overdue",
                 .permission = reads,
                 .operation = {.id = "listOverdue",
                               .tag = "decisions",
                               .summary = "What stands longer than its step should take",
                               .gives = {api::given("By step.", overdue_schema())}}},
                bound(list_overdue));
  add_release_routes(router, parts, api);
}

}  // namespace bursary::decisions
