// One act on many: by a list of references or by a query, looked at first, done behind the answer, taken back.
#include "base/text.h"
#include "features/queue/api.h"
#include "features/queue/bulk.sql.h"
#include "features/queue/bulk_run.h"

namespace bursary::queue {
namespace {

namespace json = boost::json;
namespace bulk_sql = sql::queue::bulk;
using api::Answer;
using api::Call;

constexpr std::size_t kMostReferences = 1000;
constexpr std::size_t kShown = 20;  // of a preview
constexpr std::size_t kBody = std::size_t{256} * 1024;

// What was asked for, with everything that it will be done to.
struct AskedByProgram {
  const BulkAction* action = nullptr;
  std::string argument, query;
  std::int64_t as_of = 0;
  std::vector<Chosen> chosen;
};

// Each once: an action sees a row as it was before its batch.
Result<std::vector<Chosen>> choose_named(db::Tx& tx, std::string_view program, const std::vector<std::string>& named) {
  std::vector<Chosen> chosen;
  std::vector<FieldError> problems;
  for (std::size_t i = 0; i < named.size(); ++i) {
    const auto row = tx.find(bulk_sql::by_reference, named[i], program);
    if (!row) {
      problems.push_back({"/references/" + std::to_string(i), "problem.api.status.404"});
      continue;
    }
    chosen.push_back({row->id<applications::ApplicationId>(0), static_cast<applications::State>(row->integer(1))});
  }
  if (!problems.empty()) return fail(std::move(problems));
  std::ranges::sort(chosen, {}, &Chosen::id);
  const auto twice = std::ranges::unique(chosen, {}, &Chosen::id);
  chosen.erase(twice.begin(), twice.end());
  return chosen;
}

Result<void> choose(const Parts& parts, const Call& call, db::Tx& tx, AskedByProgram& asked) {
  const auto program = parts.programs.current();
  const auto staff = colleagues(tx, program->slug);
  if (asked.action->takes_colleague() && !asked.argument.empty() &&
      std::ranges::none_of(staff, [&](const Colleague& one) { return api::id_text(one.id) == asked.argument; }))
    return fail({{"argument", "queue.bulk.problem.no_colleague"}});
  if (call.has("references")) {
    auto chosen = choose_named(tx, program->slug, call.texts("references"));
    if (!chosen) return fail(chosen.error());
    asked.chosen = std::move(*chosen);
    return {};
  }
  auto query = read_asked_query(call, *program, staff, trim(call.text("query")));
  if (!query) {
    Error error = query.error();
    for (FieldError& field : error.fields) field.field = "/query";
    return fail(std::move(error));
  }
  asked.query = query->text().empty() ? "sort:newest" : query->text();
  asked.chosen = choose_all(tx, program->slug, query->filter, asked.as_of);
  return {};
}

Result<AskedByProgram> read_call(const Parts& parts, const Call& call) {
  AskedByProgram asked;
  asked.action = action_named(parts, call.text("action"));
  if (asked.action == nullptr || !call.may(asked.action->permission()))
    return fail({{"action", "queue.bulk.problem.no_action"}});
  if (call.has("references") == call.has("query")) return fail({{"query", "queue.bulk.problem.one_way"}});
  asked.argument = call.text("argument");
  // What comes in later is not meant.
  const auto as_of = api::id_in(call.text("as_of"));
  if (call.has("as_of") && !as_of) return fail({{"as_of", "queue.bulk.problem.query"}});
  asked.as_of = as_of.value_or(parts.ids.next_value());
  return parts.database.read([&](db::Tx& tx) -> Result<AskedByProgram> {
    AskedByProgram out = asked;
    if (const auto done = choose(parts, call, tx, out); !done) return fail(done.error());
    if (out.chosen.size() > kMostBulk) {
      return fail(ErrorKind::invalid,
                  Phrase("queue.bulk.problem.too_many", {{"limit", call.context.phrases.number(kMostBulk)}}));
    }
    return out;
  });
}

json::array some_of(const Parts& parts, const std::vector<Chosen>& chosen) {
  return parts.database.read([&](db::Tx& tx) {
    json::array some;
    for (std::size_t i = 0; i < chosen.size() && i < kShown; ++i) {
      if (const auto one = applications::find_by_id(tx, chosen[i].id)) some.emplace_back(one->reference);
    }
    return some;
  });
}

json::object told(const AskedByProgram& asked, json::value bulk, json::array some) {
  return {{"bulk", std::move(bulk)},
          {"total", asked.chosen.size()},
          {"as_of", api::id_text(asked.as_of)},
          {"some", std::move(some)}};
}

Result<api::Change> prepare_bulk(const Parts& parts, const Call& call) {
  auto asked = read_call(parts, call);
  if (!asked) return fail(asked.error());
  json::array some = some_of(parts, asked->chosen);
  if (call.yes("dry_run") || asked->chosen.empty()) {
    Answer answer{told(*asked, nullptr, std::move(some))};
    return api::Change([answer](const Call&, db::Database&) -> Result<Answer> { return answer; });
  }
  return api::Change([&parts, asked = std::move(*asked), some = std::move(some)](
                         const Call& on, db::Database& inside) -> Result<Answer> {
    const std::string program = parts.programs.current()->slug;
    const auto id = start_bulk(on_database(parts, inside),
                               {program, on.person().value, *asked.action, asked.argument, asked.query}, asked.chosen);
    if (!id) return fail(id.error());
    return Answer{told(asked, json::value(api::id_text(id->value)), some), 202};
  });
}

web::Schema ordered_schema() {
  using namespace web;
  return named(
      "BulkOrdered",
      object({{"bulk", api::id_schema().or_null().said("Null: nothing is done (a dry run, or none is found).")},
              {"total", whole()},
              {"as_of", api::id_schema().said("Send it with the same query to mean the same applications.")},
              {"some", list_of(text()).said("References of the first twenty.")}}));
}

web::Schema order_schema(const Parts& parts) {
  using namespace web;
  std::vector<std::string> actions;
  for (const BulkAction* action : parts.actions) actions.emplace_back(action->name());
  return named("BulkOrder",
               object({{"action", choice(std::move(actions))},
                       optional("argument", text().between(0, 100).said("assign: a person's id, empty for nobody.")),
                       optional("references", list_of(text()).between(1, kMostReferences)),
                       optional("query", text().said("In place of references; an empty one is everything.")),
                       optional("as_of", api::id_schema().said("What came in later is not meant.")),
                       optional("dry_run", yes_no().said("Only say what it would be done to."))}));
}

std::string_view state_text(BulkState state) {
  constexpr std::string_view kNames[] = {"running", "done", "undoing", "undone"};
  return kNames[static_cast<std::size_t>(state)];
}

json::value read_record(db::Tx& tx, const BulkRecord& bulk) {
  json::object outcomes;
  for (const RowOutcome outcome : kAllOutcomes) outcomes[to_string(outcome)] = 0;
  for (const db::Row row : tx.query(bulk_sql::outcomes, bulk.id))
    outcomes[to_string(static_cast<RowOutcome>(row.integer(0)))] = row.integer(1);
  json::array left;
  for (const db::Row row : tx.query(bulk_sql::left_over, bulk.id)) {
    left.push_back({{"reference", row.text(0)},
                    {"state", applications::to_string(static_cast<applications::State>(row.integer(2)))},
                    {"outcome", to_string(static_cast<RowOutcome>(row.integer(3)))}});
  }
  return json::object{{"id", api::id_text(bulk.id.value)},
                      {"action", bulk.action},
                      {"argument", bulk.argument},
                      {"query", bulk.query},
                      {"state", state_text(bulk.state)},
                      {"total", bulk.total},
                      {"outcomes", std::move(outcomes)},
                      {"left_over", std::move(left)},
                      {"created_at", to_rfc3339(bulk.created_at)}};
}

web::Schema bulk_schema() {
  using namespace web;
  std::vector<std::string> outcomes;
  std::vector<Member> counts;
  for (const RowOutcome outcome : kAllOutcomes) {
    outcomes.emplace_back(to_string(outcome));
    counts.push_back({outcomes.back(), whole()});
  }
  return named(
      "Bulk",
      object({{"id", api::id_schema()},
              {"action", text()},
              {"argument", text()},
              {"query", text()},
              {"state", choice({"running", "done", "undoing", "undone"})},
              {"total", whole()},
              {"outcomes", object(std::move(counts))},
              {"left_over", list_of(object({{"reference", text()}, {"state", text()}, {"outcome", choice(outcomes)}}))
                                .said("The first hundred that were not done, or not undone.")},
              {"created_at", moment()}}));
}

Result<Answer> read_bulk(const Parts& parts, const Call& call) {
  const std::string program = parts.programs.current()->slug;
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    const auto bulk = find_bulk(tx, program, BulkId{call.id("id")});
    if (!bulk) return fail(api::not_found());
    return Answer{read_record(tx, *bulk)};
  });
}

Result<Answer> undo(const Parts& parts, const Call& call, db::Database& inside) {
  const std::string program = parts.programs.current()->slug;
  const BulkId id{call.id("id")};
  if (!inside.read([&](db::Tx& tx) { return find_bulk(tx, program, id).has_value(); })) return fail(api::not_found());
  if (const auto begun = undo_bulk(on_database(parts, inside), id); !begun) return fail(begun.error());
  return Answer{json::object{{"bulk", api::id_text(id.value)}}, 202};
}

}  // namespace

void add_bulk_routes(web::Router& router, const Parts& parts, const api::Parts& api) {
  const web::Parameter id = api::path_part("id", "As `bulk` gave it.");
  api::add_prepared(
      router, api,
      {.method = web::Method::post,
       .path = "/bulk",
       .permission = web::Permission::screen_applications,
       .operation = {.id = "startBulk",
                     .tag = "bulk",
                     .summary = "Do one thing with many applications",
                     .about = "By their references, or by a query: at most 100,000. It is done behind the "
                              "answer; one that was changed meanwhile is left out and told.",
                     .takes = order_schema(parts),
                     .gives = {api::given("Nothing is done; this is what it would be.", ordered_schema()),
                               api::given("It is being done.", ordered_schema(), 202)}},
       .body_limit = kBody},
      [&parts](const Call& call) { return prepare_bulk(parts, call); });
  api::add_read(router, api,
                {.path = "/bulk/{id}",
                 .permission = web::Permission::read_applications,
                 .operation = {.id = "readBulk",
                               .tag = "bulk",
                               .summary = "How far it is, and what was left over",
                               .parameters = {id},
                               .gives = {api::given("It.", bulk_schema())}}},
                [&parts](const Call& call) { return read_bulk(parts, call); });
  api::add_change(
      router, api,
      {.method = web::Method::post,
       .path = "/bulk/{id}/undo",
       .permission = web::Permission::screen_applications,
       .operation = {.id = "undoBulk",
                     .tag = "bulk",
                     .summary = "Take it back, but for what was touched since",
                     .parameters = {id},
                     .gives = {api::given("It is being taken back.",
                                          web::named("BulkUndone", web::object({{"bulk", api::id_schema()}})), 202)}}},
      [&parts](const Call& call, db::Database& inside) { return undo(parts, call, inside); });
}

}  // namespace bursary::queue
