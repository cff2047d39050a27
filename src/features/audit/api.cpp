// Who did what, for programs: events page by page, and the head of the chain.
#include "features/api/api.h"

#include "features/audit/event_kind.h"
#include "features/audit/trail.h"
#include "features/audit/trail.sql.h"

namespace bursary::audit {
namespace {

namespace json = boost::json;
using api::Answer;
using api::Call;

json::object event_json(const TrailRow& row) {
  static constexpr const char* kActors[] = {"applicant", "staff", "program"};
  boost::system::error_code problem;
  json::value detail = json::parse(row.event.detail, problem);
  if (problem || !detail.is_object()) detail = json::object{};
  json::value person = nullptr;
  if (row.event.actor) person = json::object{{"id", api::id_text(*row.event.actor)}, {"name", row.person}};
  return {{"id", api::id_text(row.event.id)},
          {"kind", row.event.kind},
          {"at", to_rfc3339(row.event.at)},
          {"actor", kActors[std::clamp<std::int64_t>(row.event.actor_kind, 0, 2)]},
          {"person", std::move(person)},
          {"reference", row.reference.empty() ? json::value(nullptr) : json::value(row.reference)},
          {"detail", std::move(detail)},
          {"seal", row.seal ? json::value(*row.seal) : json::value(nullptr)}};
}

// What the list is narrowed by, in one spelling: its cursor is for no other.
std::string spelled(const Call& call) {
  std::string all;
  for (const char* name : {"kind", "person", "reference", "from", "until"})
    all += std::string(name) + "=" + call.parameter(name).value_or("") + "&";
  return all;
}

Result<TrailFilter> filter_of(const Call& call, db::Tx& tx) {
  TrailFilter filter;
  filter.kind = call.parameter("kind").value_or("");
  if (!filter.kind.empty() && !is_event_kind(filter.kind)) return fail({{"?kind", "audit.problem.event_kind"}});
  if (const auto person = call.parameter("person")) filter.person = api::id_in(*person).value_or(-1);
  if (const auto from = call.parameter("from")) filter.from = parse_rfc3339(*from);
  if (const auto until = call.parameter("until")) filter.until = parse_rfc3339(*until);
  if (const auto reference = call.parameter("reference")) {
    const auto row = tx.find(sql::audit::trail::application_of, *reference);
    filter.application = row ? row->integer(0) : -1;
  }
  return filter;
}

Result<Answer> list_events(const Parts& parts, const Call& call) {
  const auto limit = static_cast<std::size_t>(call.number("limit", api::kUsualRows));
  const std::string query = spelled(call);
  std::int64_t before = INT64_MAX;
  if (const auto sent = call.parameter("cursor")) {
    const auto place = api::read_cursor(call.parts.cursor_secret, "events", query, *sent, 1);
    if (!place) return fail(ErrorKind::invalid, "problem.api.request.cursor");
    before = place->at(0);
  }
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    const auto filter = filter_of(call, tx);
    if (!filter) return fail(filter.error());
    auto rows = read_trail(tx, *filter, before, limit + 1);
    json::value next = nullptr;
    if (rows.size() > limit) {
      rows.resize(limit);
      next = api::make_cursor(call.parts.cursor_secret, "events", query, {rows.back().event.id});
    }
    json::array items;
    for (const TrailRow& row : rows) items.push_back(event_json(row));
    return Answer{json::object{{"items", std::move(items)}, {"next", std::move(next)}}};
  });
}

Result<Answer> read_head_of_chain(const Parts& parts, const Call&) {
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    const ChainState state = chain_state(tx);
    return Answer{
        json::object{{"number", state.head.number},
                     {"hash", to_hex(bytes_of(state.head.hash))},
                     {"head", to_string(state.head)},
                     {"sealed_at", state.sealed_at ? json::value(to_rfc3339(*state.sealed_at)) : json::value(nullptr)},
                     {"waiting", state.waiting}}};
  });
}

web::Schema event_schema() {
  using namespace web;
  const Schema person = named("Person", object({{"id", api::id_schema()}, {"name", text()}}));
  return named("Event", object({{"id", api::id_schema()},
                                {"kind", text()},
                                {"at", moment()},
                                {"actor", choice({"applicant", "staff", "program"})},
                                {"person", Schema(person).or_null()},
                                {"reference", text().or_null()},
                                {"detail", map_of(anything())},
                                {"seal", whole().or_null().said("Its number in the chain; null: it waits.")}}));
}

web::Schema head_schema() {
  using namespace web;
  return named("ChainHead",
               object({{"number", whole()},
                       {"hash", text()},
                       {"head", text().said("What `bursary audit verify --head` takes: keep it somewhere else.")},
                       {"sealed_at", moment().or_null()},
                       {"waiting", whole().said("Events without a seal, counted up to 100,000.")}}));
}

}  // namespace

void add_api_routes(web::Router& router, const Parts& parts, const api::Parts& api) {
  const auto reads = web::Permission::read_audit;
  api::add_read(
      router, api,
      {.path = "/audit/events",
       .permission = reads,
       .operation = {.id = "listEvents",
                     .tag = "audit",
                     .summary = "Who did what, the newest first",
                     .parameters = {api::in_query("kind", "One kind of event: `moved`.", web::text().between(1, 60)),
                                    api::in_query("person", "Who did it, by id.", api::id_schema()),
                                    api::in_query("reference", "Which application it was done to.",
                                                  web::text().between(1, 40)),
                                    api::in_query("from", "At this moment or later.", web::moment()),
                                    api::in_query("until", "Before this moment.", web::moment()),
                                    api::limit_parameter(), api::cursor_parameter()},
                     .gives = {api::given("A page.", api::page_of("EventPage", event_schema()))}}},
      [&parts](const Call& call) { return list_events(parts, call); });
  api::add_read(router, api,
                {.path = "/audit/head",
                 .permission = reads,
                 .operation = {.id = "readChainHead",
                               .tag = "audit",
                               .summary = "The head of the chain over the events",
                               .gives = {api::given("It.", head_schema())}}},
                [&parts](const Call& call) { return read_head_of_chain(parts, call); });
}

}  // namespace bursary::audit
