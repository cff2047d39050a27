// Releases for programs: held for a while, read, undone; one decision kept back.
#include "features/decisions/api.h"
#include "features/decisions/decision_row.h"
#include "features/decisions/list.sql.h"

namespace bursary::decisions {
namespace {

namespace json = boost::json;
namespace list_sql = sql::decisions::list;
using api::Answer;
using api::Call;

constexpr std::size_t kMostChosen = 1000;
constexpr std::int64_t kMostShown = 1000;
constexpr const char* kReleaseStates[] = {"held", "leaving", "done", "undone"};

std::string state_of(const db::Row& row, std::size_t column) {
  return kReleaseStates[std::clamp<std::int64_t>(row.integer(column), 0, 3)];
}

Result<std::vector<Chosen>> chosen_of(const Parts& parts, const Call& call, db::Database& inside) {
  const std::string program = parts.applications.programs.current()->slug;
  if (call.has("decisions") == call.has("all")) return fail({{"decisions", "decisions.problem.one_way"}});
  if (call.has("all")) {
    const std::string all = call.text("all");
    const Instant shown = parse_rfc3339(call.text("decided_until")).value_or(call.context.now);
    return inside.read([&](db::Tx& tx) { return all_pending(tx, program, kind_named(all), shown); });
  }
  std::vector<Chosen> chosen;
  for (const auto& one : call.body.at("decisions").as_array()) {
    const auto& object = one.as_object();
    const auto id = api::id_in(std::string_view(object.at("decision").as_string()));
    chosen.push_back({DecisionId{id.value_or(0)}, object.at("version").as_int64()});
  }
  return chosen;
}

Result<Answer> post_release(const Parts& parts, const Call& call, db::Database& inside) {
  const auto chosen = chosen_of(parts, call, inside);
  if (!chosen) return fail(chosen.error());
  if (chosen->empty()) return fail({{call.has("all") ? "all" : "decisions", "decisions.list.nothing_chosen"}});
  const applications::Parts house = applications::on_database(parts.applications, inside);
  const auto made = make_release({house, parts.undo_window}, call.person(), *chosen);
  if (!made) return fail(made.error());
  return Answer{json::object{{"release", api::id_text(made->id.value)},
                             {"taken", made->taken},
                             {"skipped", made->skipped},
                             {"leaves_at", to_rfc3339(call.context.now + parts.undo_window)}},
                201};
}

json::object release_json(const db::Row& row) {
  return {{"release", api::id_text(row.integer(0))},
          {"state", state_of(row, 1)},
          {"created_at", to_rfc3339(row.instant(2))},
          {"leaves_at", to_rfc3339(row.instant(3))},
          {"total", row.integer(4)},
          {"by", row.text(5)}};
}

Result<Answer> list_releases(const Parts& parts, const Call&) {
  const std::string program = parts.applications.programs.current()->slug;
  return parts.applications.database.read([&](db::Tx& tx) -> Result<Answer> {
    json::array items;
    for (const db::Row row : tx.query(list_sql::releases, program)) items.push_back(release_json(row));
    return Answer{json::object{{"items", std::move(items)}}};
  });
}

Result<Answer> read_release(const Parts& parts, const Call& call) {
  const std::string program = parts.applications.programs.current()->slug;
  const std::int64_t id = call.id("release");
  return parts.applications.database.read([&](db::Tx& tx) -> Result<Answer> {
    const auto row = tx.find(list_sql::release, id, program);
    if (!row) return fail(api::not_found());
    json::object out = release_json(*row);
    json::array decisions;
    for (const db::Row one : tx.query(list_sql::of_release, id, kMostShown)) {
      decisions.push_back({{"decision", api::id_text(one.integer(0))},
                           {"version", one.integer(1)},
                           {"kind", to_string(static_cast<Kind>(one.integer(2)))},
                           {"decided", to_string(static_cast<DecisionState>(one.integer(3)))},
                           {"reference", one.text_or_empty(4)},
                           {"name", one.text(5)}});
    }
    out["decisions"] = std::move(decisions);
    return Answer{std::move(out)};
  });
}

Result<ReleaseId> release_of(const Parts& parts, const Call& call, db::Database& inside) {
  const std::string program = parts.applications.programs.current()->slug;
  const ReleaseId id{call.id("release")};
  if (!inside.read([&](db::Tx& tx) { return tx.find(list_sql::release, id, program).has_value(); }))
    return fail(api::not_found());
  return id;
}

// What is left of a large one the job brings back: here it is one transaction, so all of it is.
Result<Answer> post_undo(const Parts& parts, const Call& call, db::Database& inside) {
  const auto id = release_of(parts, call, inside);
  if (!id) return fail(id.error());
  const applications::Parts house = applications::on_database(parts.applications, inside);
  if (const auto done = undo_release({house, parts.undo_window}, *id, call.person()); !done) return fail(done.error());
  return Answer{json::object{{"release", api::id_text(id->value)}, {"state", "undone"}}};
}

Result<Answer> post_keep_back(const Parts& parts, const Call& call, db::Database& inside) {
  const auto release = release_of(parts, call, inside);
  if (!release) return fail(release.error());
  const DecisionId id{api::id_in(call.text("decision")).value_or(0)};
  const auto decision = inside.read([&](db::Tx& tx) { return find_decision(tx, id); });
  if (!decision || decision->release != *release) return fail(api::not_found());
  const applications::Parts house = applications::on_database(parts.applications, inside);
  const auto done = undo_decision({house, parts.undo_window}, id, call.whole("version").value_or(0), call.person());
  if (!done) return fail(done.error());
  return Answer{json::object{{"release", api::id_text(release->value)}, {"state", "held"}}};
}

web::Schema choice_of_release() {
  using namespace web;
  const Schema one = object({{"decision", api::id_schema()}, {"version", whole()}});
  return named(
      "NewRelease",
      object({optional("decisions", list_of(one).between(1, kMostChosen).said("As they were seen.")),
              optional("all",
                       choice({"all", "award", "decline", "waitlist"}).said("In place of a list: every pending one.")),
              optional("decided_until", moment().said("With `all`: none that was decided later."))}));
}

web::Schema release_schema(bool whole_one) {
  using namespace web;
  std::vector<Member> members = {{"release", api::id_schema()},
                                 {"state", choice({"held", "leaving", "done", "undone"})},
                                 {"created_at", moment()},
                                 {"leaves_at", moment()},
                                 {"total", whole()},
                                 {"by", text()}};
  if (whole_one) {
    members.push_back({"decisions", list_of(object({{"decision", api::id_schema()},
                                                    {"version", whole()},
                                                    {"kind", text()},
                                                    {"decided", text()},
                                                    {"reference", text()},
                                                    {"name", text()}}))
                                        .said("At most a thousand.")});
  }
  return named(whole_one ? "Release" : "ReleaseRow", object(std::move(members)));
}

web::Given state_given() {
  using namespace web;
  return api::given("What became of it.",
                    named("ReleaseState", object({{"release", api::id_schema()}, {"state", text()}})));
}

}  // namespace

void add_release_routes(web::Router& router, const Parts& parts, const api::Parts& api) {
  using web::Method;
  const web::Parameter release = api::path_part("release", "Its id.");
  const auto decides = web::Permission::decide_applications, reads = web::Permission::read_applications;
  const auto bound = api::bound_to(parts);
  api::add_read(
      router, api,
      {.path = "/releases",
       .permission = reads,
       .operation = {.id = "listReleases",
                     .tag = "decisions",
                     .summary = "The last twenty releases",
                     .gives = {api::given(
                         "The newest first.",
                         web::named("Releases", web::object({{"items", web::list_of(release_schema(false))}})))}}},
      bound(list_releases));
  api::add_change(
      router, api,
      {.method = Method::post,
       .path = "/releases",
       .permission = decides,
       .operation = {.id = "release",
                     .tag = "decisions",
                     .summary = "Release decisions: each leaves with its message when the time to undo is over",
                     .about = "A decision that was changed since is skipped.",
                     .takes = choice_of_release(),
                     .gives = {api::given("It is held until `leaves_at`.",
                                          web::named("Released", web::object({{"release", api::id_schema()},
                                                                              {"taken", web::whole()},
                                                                              {"skipped", web::whole()},
                                                                              {"leaves_at", web::moment()}})),
                                          201)}},
       .rate = web::RateClass::write},
      bound(post_release));
  api::add_read(router, api,
                {.path = "/releases/{release}",
                 .permission = reads,
                 .operation = {.id = "readRelease",
                               .tag = "decisions",
                               .summary = "One release",
                               .parameters = {release},
                               .gives = {api::given("It.", release_schema(true))}}},
                bound(read_release));
  api::add_change(router, api,
                  {.method = Method::post,
                   .path = "/releases/{release}/undo",
                   .permission = decides,
                   .operation = {.id = "undoRelease",
                                 .tag = "decisions",
                                 .summary = "Undo a release while it is held; its messages are gone then",
                                 .parameters = {release},
                                 .gives = {state_given()}}},
                  bound(post_undo));
  api::add_change(router, api,
                  {.method = Method::post,
                   .path = "/releases/{release}/keep-back",
                   .permission = decides,
                   .operation = {.id = "keepBack",
                                 .tag = "decisions",
                                 .summary = "Keep one decision out of a release that is held",
                                 .parameters = {release},
                                 .takes = web::named("KeptBack", web::object({{"decision", api::id_schema()},
                                                                              {"version", web::whole()}})),
                                 .gives = {state_given()}}},
                  bound(post_keep_back));
}

}  // namespace bursary::decisions
