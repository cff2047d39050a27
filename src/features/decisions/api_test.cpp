// Decisions, releases and appeals by the API: the same rules as the pages, refused as the API refuses.
#include <boost/json.hpp>

#include "features/api/api.h"
#include "features/decisions/decisions.h"
#include "tests/support/staff_house.h"

using namespace bursary;
using namespace bursary::decisions;
using namespace bursary::testing;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

constexpr const char* kDecline = R"({"kind":"decline","criterion":"limited-funds","reason":"Not this time."})";

struct House : StaffHouse {
  explicit House(db::Database& opened)
      : StaffHouse(opened), api{opened, clock, "cursors", "https://apply.example.org"}, decisions{parts, 600s} {
    add_api_routes(router, decisions, api);
    constexpr db::Query<3> kToken{"trial.token",
                                  "insert into service_token (id, hash, program, name, scopes, person_id, created_at, "
                                  "expires_at) values (?1, ?2, ?3, 'trial', '', ?1, 0, 0)",
                                  "insert into service_token (id, hash, program, name, scopes, person_id, created_at, "
                                  "expires_at) values ($1, $2, $3, 'trial', '', $1, 0, 0)"};
    REQUIRE(database.write([&](db::Tx& tx) -> Result<bool> {
      tx.execute(kToken, kAna, db::BytesView{"ana"}, programs->current()->slug);
      return true;
    }));
  }
  applications::Application reviewed() {
    const auto application = submit();
    place(application.id, {State::screening, State::in_review});
    return application;
  }
  static std::string path(const applications::Application& application, const std::string& more = "/decision") {
    return "/applications/" + application.reference + more;
  }
  web::Response post(const std::string& where, const std::string& body, std::string_view who = "ana",
                     const Fields& headers = {}) {
    return call(web::Method::post, where, body, who, headers);
  }
  json::object read(const std::string& where, std::string_view who = "ana") {
    const web::Response response = call(web::Method::get, where, {}, who);
    REQUIRE(response.status == 200);
    return json::parse(text(response)).as_object();
  }
  static json::object object(const web::Response& response) { return json::parse(text(response)).as_object(); }

  api::Parts api;
  Parts decisions;
};

}  // namespace

TEST_CASE("API: decided once, changed as it was seen, undone; the applicant's state tells nothing") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto one = house.reviewed();
    const web::Response bare = house.post(House::path(one), R"({"kind":"decline"})");
    CHECK(bare.status == 422);
    CHECK(House::object(bare).at("errors").as_array().size() == 2);
    CHECK(house.state_of(one.id) == State::in_review);
    const web::Response made = house.post(House::path(one), kDecline);
    CHECK(made.status == 201);
    CHECK(House::object(made).at("decided") == "pending");
    CHECK(house.post(House::path(one), kDecline).status == 409);
    CHECK(house.post(House::path(one), R"({"kind":"king"})").status == 400);
    CHECK(house.count_of("event where kind = 'decision_made'") == 1);
    const std::string changed = R"({"kind":"waitlist","note":"Later.","version":1})";
    CHECK(house.call(web::Method::put, House::path(one), changed, "ben").status == 200);
    CHECK(house.call(web::Method::put, House::path(one), changed).status == 409);
    const auto read = house.read(House::path(one)).at("decisions").as_array().at(0).as_object();
    CHECK(read.at("kind") == "waitlist");
    CHECK(read.at("by").at("name") == "Ben");
    CHECK(house.post(House::path(one, "/decision/undo"), R"({"version":1})").status == 409);
    CHECK(house.post(House::path(one, "/decision/undo"), "{}").status == 200);
    CHECK(house.state_of(one.id) == State::in_review);
    CHECK(house.post(House::path(one, "/decision/undo"), "{}").status == 404);
  });
}

TEST_CASE("API: who may not decide is told that it is not there; who decides upon an old sight is refused") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto one = house.reviewed();
    for (const char* who : {"auditor", "ada"}) {
      CAPTURE(who);
      CHECK(house.post(House::path(one), kDecline, who).status == 404);
      CHECK(house.post("/releases", R"({"all":"all"})", who).status == 404);
    }
    CHECK(house.post(House::path(one), kDecline, "nobody").status == 401);
    CHECK(house.call(web::Method::get, "/decisions", {}, "ada").status == 404);
    const web::Response seen = house.call(web::Method::get, House::path(one));
    const std::string etag(seen.headers.find("ETag").value_or(""));
    house.clock.advance(1min);
    house.place(one.id, {State::screening});
    CHECK(house.post(House::path(one), kDecline, "ana", {{"If-Match", etag}}).status == 412);
    CHECK(house.post(House::path(one), R"({"kind":"award","seen":"in_review"})").status == 409);
    CHECK(house.count_of("decision") == 0);
  });
}

TEST_CASE("API: many are decided all or none") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto a = house.reviewed(), b = house.reviewed(), c = house.reviewed();
    const auto many = [&](const std::vector<std::string>& references) {
      std::string list;
      for (const auto& one : references) list += (list.empty() ? "\"" : ",\"") + one + "\"";
      return house.post("/decisions", R"({"kind":"award","references":[)" + list + "]}");
    };
    REQUIRE(house.post(House::path(b), kDecline).status == 201);
    const web::Response half = many({a.reference, b.reference, c.reference});
    CHECK(half.status == 409);
    CHECK(House::object(half).at("errors").as_array().at(0).at("pointer") == "/references/1");
    CHECK(house.state_of(a.id) == State::in_review);
    CHECK(house.count_of("decision") == 1);
    CHECK(many({a.reference, "RA-0000-00000"}).status == 422);
    CHECK(many({}).status == 400);
    CHECK(many({a.reference, c.reference}).status == 201);
    CHECK(house.count_of("event where kind = 'decision_made'") == 3);
    const auto page = house.read("/decisions?limit=2");
    CHECK(page.at("items").as_array().size() == 2);
    const auto rest = house.read("/decisions?limit=2&cursor=" + std::string(page.at("next").as_string()));
    CHECK(rest.at("items").as_array().size() == 1);
    CHECK(rest.at("next").is_null());
  });
}

TEST_CASE("API: released, one kept back, undone; messages leave with their decisions alone") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto a = house.reviewed(), b = house.reviewed();
    REQUIRE(house.post(House::path(a), kDecline).status == 201);
    REQUIRE(house.post(House::path(b), R"({"kind":"award"})").status == 201);
    CHECK(house.post("/releases", "{}").status == 422);
    CHECK(house.post("/releases", R"({"all":"waitlist"})").status == 422);
    const web::Response first = house.post("/releases", R"({"all":"all"})", "ana", {{"Idempotency-Key", "r"}});
    REQUIRE(first.status == 201);
    CHECK(StaffHouse::text(house.post("/releases", R"({"all":"all"})", "ana", {{"Idempotency-Key", "r"}})) ==
          StaffHouse::text(first));
    CHECK(house.count_of("decision_release") == 1);
    const std::string release = "/releases/" + std::string(House::object(first).at("release").as_string());
    CHECK(house.post(release + "/undo", "").status == 200);
    CHECK(house.post(release + "/undo", "").status == 409);
    const web::Response second = house.post("/releases", R"({"all":"all"})");
    const std::string id(House::object(second).at("release").as_string());
    const auto of = house.read("/releases/" + id).at("decisions").as_array();
    REQUIRE(of.size() == 2);
    const auto& kept = of.at(0).as_object();
    const std::string body = R"({"decision":")" + std::string(kept.at("decision").as_string()) + R"(","version":)" +
                             json::serialize(kept.at("version")) + "}";
    CHECK(house.post("/releases/1/keep-back", body).status == 404);
    CHECK(house.post(release + "/keep-back", body).status == 404);  // it is of the other one
    CHECK(house.post("/releases/" + id + "/keep-back", body).status == 200);
    house.clock.advance(11min);
    static_cast<void>(run_releases(house.decisions, 10));
    CHECK(house.read("/releases/" + id).at("state") == "done");
    CHECK(house.state_of(a.id) == State::in_review);
    CHECK(house.state_of(b.id) == State::awarded);
    CHECK(house.post("/releases/" + id + "/undo", "").status == 409);
    CHECK(house.read("/releases").at("items").as_array().size() == 2);
  });
}

TEST_CASE("API: what is overdue, by step") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto one = house.reviewed();
    house.clock.advance(std::chrono::hours(24) * 60);
    bool found = false;
    const json::object told = house.read("/overdue");
    for (const auto& step : told.at("steps").as_array()) {
      for (const auto& row : step.at("items").as_array())
        found = found || row.at("reference") == json::value(one.reference);
    }
    CHECK(found);
  });
}
