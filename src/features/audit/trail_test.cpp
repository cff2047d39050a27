#include "features/audit/trail.h"

#include <doctest/doctest.h>

#include <limits>

#include "features/audit/audit.h"
#include "features/audit/event_words.h"
#include "features/audit/pages.h"
#include "features/audit/test_rows.sql.h"
#include "tests/support/databases.h"

using namespace bursary;
using namespace bursary::audit;

namespace {

namespace rows = sql::audit::test_rows;
constexpr std::int64_t kNewest = std::numeric_limits<std::int64_t>::max();

struct World {
  explicit World(db::Database& opened) : database(opened), parts{database, clock, ids, *programs} {
    change([&](db::Tx& tx) {
      tx.execute(rows::insert_person, 7, "Staff Seven");
      tx.execute(rows::insert_person, 8, "");
      tx.execute(rows::insert_address, "seven@example.org", 7);
      tx.execute(rows::insert_form_version);
      tx.execute(rows::insert_application, 100, "RA-AAAA-AAAAA");
      tx.execute(rows::insert_application, 101, "RA-BBBB-BBBBB");
    });
  }
  static std::unique_ptr<programs::Programs> open_program() {
    std::vector<programs::Problem> problems;
    auto opened = programs::Programs::open({}, problems);
    REQUIRE(opened);
    return std::move(*opened);
  }
  void change(const std::function<void(db::Tx&)>& how) {
    REQUIRE(database.write([&](db::Tx& tx) -> Result<bool> {
      how(tx);
      return true;
    }));
  }
  std::int64_t happened(std::string_view kind, By by, std::optional<std::int64_t> application = {},
                        std::string_view detail = "{}") {
    const EventId id = ids.next<EventTag>();
    change([&](db::Tx& tx) { write_event(tx, {id, application, kind, by, clock.now(), detail}); });
    clock.advance(std::chrono::hours(24));
    return id.value;
  }
  std::vector<std::int64_t> ids_of(const TrailFilter& filter, std::int64_t before = kNewest, std::size_t limit = 50) {
    std::vector<std::int64_t> out;
    for (const TrailRow& row : database.read([&](db::Tx& tx) { return read_trail(tx, filter, before, limit); }))
      out.push_back(row.event.id);
    return out;
  }
  web::Response ask(auto handler, const std::string& query, std::set<std::string, std::less<>> may = {"read_audit"}) {
    web::Request request;
    request.path = "/staff/audit";
    request.query = query;
    web::Context context{program()->phrasebooks->get("en"), {}, clock.now(), {}, {}, {}};
    context.viewer.person = web::PersonId{7};
    context.viewer.permissions = std::move(may);
    return handler(parts, request, context);
  }
  std::string page(const std::string& query, int status = 200,
                   std::set<std::string, std::less<>> may = {"read_audit"}) {
    const web::Response response = ask(show_trail, query, std::move(may));
    CHECK(response.status == status);
    return std::get<std::string>(response.body);
  }
  std::string exported(const std::string& query) {
    const web::Response response = ask(send_trail, query);
    REQUIRE(response.status == 200);
    std::string all;
    for (std::string piece; std::get<std::shared_ptr<web::BodySource>>(response.body)->next(piece);) all += piece;
    return all;
  }
  std::shared_ptr<const programs::Program> program() const { return programs->current(); }

  db::Database& database;
  FakeClock clock{*parse_rfc3339("2026-03-01T12:00:00Z")};
  IdSource ids{clock, 0};
  std::unique_ptr<programs::Programs> programs = open_program();
  Parts parts;
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("every kind of event is said in every language") {
  const auto books = World::open_program()->current()->phrasebooks;
  for (const auto& book : books->all()) {
    for (const std::string_view kind : kEventKinds) {
      CAPTURE(book->tag());
      CAPTURE(kind);
      CHECK(book->has("audit.event." + std::string(kind)));
      // What has values needs another name for the filter.
      const bool has_values = has(book->text("audit.event." + std::string(kind)), "{");
      CHECK(book->has("audit.kind." + std::string(kind)) == has_values);
    }
  }
}

TEST_CASE("the trail is read newest first, by each filter and in pages") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const auto submitted = world.happened("submitted", By::applicant(), 100);              // 1 March
    const auto moved = world.happened("moved", By::staff({7}), 100);                       // 2
    const auto signed_in = world.happened("signed_in", By::applicant(web::PersonId{8}));   // 3
    const auto other = world.happened("submitted", By::applicant(web::PersonId{8}), 101);  // 4
    const auto exported = world.happened("exported", By::staff({7}));                      // 5
    using Ids = std::vector<std::int64_t>;
    CHECK(world.ids_of({}) == Ids{exported, other, signed_in, moved, submitted});
    CHECK(world.ids_of({}, signed_in, 1) == Ids{moved});
    CHECK(world.ids_of({.kind = "submitted"}) == Ids{other, submitted});
    CHECK(world.ids_of({.kind = "moved"}) == Ids{moved});
    CHECK(world.ids_of({.person = 7}) == Ids{exported, moved});
    CHECK(world.ids_of({.kind = "submitted", .person = 8}) == Ids{other});
    CHECK(world.ids_of({.application = 100}) == Ids{moved, submitted});
    CHECK(world.ids_of({.person = 7, .application = 100}) == Ids{moved});
    CHECK(world.ids_of({.kind = "moved", .person = 7, .application = 101}).empty());
    const auto day = [](const char* text) { return parse_rfc3339(std::string(text) + "T00:00:00Z"); };
    CHECK(world.ids_of({{}, {}, {}, day("2026-03-02"), day("2026-03-04")}) == Ids{signed_in, moved});
    CHECK(world.ids_of({"submitted", {}, {}, day("2026-03-02"), {}}) == Ids{other});
    CHECK(world.ids_of({"exported", {}, {}, {}, day("2026-03-05")}).empty());
  });
}

TEST_CASE("the page tells who, what, when, on which application, and the chain's head") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    CHECK(has(world.page(""), "Nothing has happened yet."));
    world.happened("moved", By::staff({7}), 100, R"({"from":"submitted","to":"screening","reason":"late"})");
    world.happened("role_granted", By::staff({8}), {}, R"({"role":"auditor","person":9})");
    const std::string before = world.page("");
    CHECK(has(before, "No event is sealed yet"));
    db::JobWrites writes;
    SealJob({database, world.clock, "node"}, writes).run_once(10);
    const std::string page = world.page("");
    CHECK(has(page, "Moved from “Submitted” to “Screening”"));
    CHECK(has(page, "reason: late"));
    CHECK(has(page, "role: auditor, person: 9"));
    CHECK(has(page, "Staff Seven"));
    CHECK(has(page, "RA-AAAA-AAAAA"));
    CHECK_FALSE(has(page, "/staff/applications/"));
    CHECK(has(page, "Sealed up to number 2"));
    CHECK(has(page, to_string(verify(database).head)));
    const std::string linked = world.page("", 200, {"read_audit", "read_applications"});
    CHECK(has(linked, "href=\"/staff/applications/RA-AAAA-AAAAA\""));
  });
}

TEST_CASE("filters of the page: by address and reference as people type them, and what is wrong beside its field") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    world.happened("moved", By::staff({7}), 100, R"({"from":"submitted","to":"screening"})");
    world.happened("exported", By::staff({8}));
    const auto shows = [&](const std::string& query) {
      const std::string page = world.page(query);
      return std::pair{has(page, "<th scope=\"row\">Moved"), has(page, "<th scope=\"row\">Applications exported")};
    };
    CHECK(shows("") == std::pair{true, true});
    CHECK(shows("who=Seven%40Example.org") == std::pair{true, false});
    CHECK(shows("who=8") == std::pair{false, true});
    CHECK(shows("application=+ra-aaaa-aaaaa+") == std::pair{true, false});
    CHECK(shows("kind=exported&from=2026-03-02&until=2026-03-02") == std::pair{false, true});
    CHECK(shows("until=2026-03-01") == std::pair{true, false});
    const std::string wrong =
        world.page("kind=x&who=nobody%40example.org&application=RA-1&from=yesterday&until=2026-02-30", 400);
    std::size_t marked = 0;
    for (std::size_t at = 0; (at = wrong.find("aria-invalid=\"true\"", at)) != std::string::npos; ++at) ++marked;
    CHECK(marked == 5);
    CHECK(has(wrong, "Nobody has this e-mail address"));
    CHECK(has(wrong, "No application has this reference"));
    CHECK(has(wrong, "value=\"nobody@example.org\""));
    CHECK(has(wrong, "These filters could not be read"));
    CHECK_FALSE(has(wrong, "<tbody>"));
  });
}

TEST_CASE("the export is what the filters list, and is an event itself") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    world.happened("moved", By::staff({7}), 100, R"({"from":"submitted","to":"screening"})");
    world.happened("submitted", By::applicant(), 101);
    const std::string all = world.exported("");
    CHECK(has(all, "seal,event,at,kind,what,by,person,name,application,detail\r\n"));
    CHECK(has(all,
              ",2026-03-01T12:00:00Z,moved,Moved from “Submitted” to “Screening”,Staff,7,Staff Seven,RA-AAAA-AAAAA,"));
    CHECK(has(all, "submitted"));
    CHECK_FALSE(has(world.exported("kind=moved"), "RA-BBBB-BBBBB"));
    CHECK(world.ids_of({.kind = "exported"}).size() == 2);
    CHECK(world.ask(send_trail, "kind=x").status == 400);
    CHECK(world.ids_of({.kind = "exported"}).size() == 2);
  });
}
