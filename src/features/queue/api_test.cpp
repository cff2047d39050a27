// The queue's routes of the API, through the router: found, paged, counted, read, assigned, done with many, kept by
// name.
#include "features/api/api.h"

#include "features/queue/test_house.h"
#include "web/pipeline.h"

using namespace bursary;
using bursary::queue::test::House;
namespace json = boost::json;

namespace {

constexpr std::int64_t kAna = 71, kBen = 72;

// "ana" may everything of these routes, "ben" reads, "cleo" has no role.
class Tokens final : public web::Sessions {
 public:
  std::optional<web::Viewer> find(std::string_view, Instant) override { return std::nullopt; }
  std::optional<web::Viewer> find_token(std::string_view token, Instant) override {
    web::Viewer viewer;
    viewer.person = web::PersonId{token == "ana" ? kAna : kBen};
    viewer.token = token == "ana" ? 1 : 2;
    if (token == "ana")
      viewer.permissions = {"staff", "read_applications", "export_applications", "screen_applications"};
    if (token == "ben") viewer.permissions = {"staff", "read_applications"};
    return viewer;
  }
};

class Desk {
 public:
  explicit Desk(db::Database& database)
      : house(database), clock_(house.now()), api_{database, clock_, "cursors", "https://apply.example.org"} {
    REQUIRE(database.write([](db::Tx& tx) -> Result<void> {
      tx.execute(sql::queue::test_rows::colleague, kAna, "Ana Lima");
      tx.execute(sql::queue::test_rows::colleague, kBen, "Ben");
      tx.execute(sql::queue::test_rows::make_coordinator, kAna);
      tx.execute(sql::queue::test_rows::make_coordinator, kBen);
      return {};
    }));
    applications::add_api_routes(router_, house.applications(), api_);
    queue::add_api_routes(router_, house.parts(), api_);
    pipeline_ = std::make_unique<web::Pipeline>(web::PipelineParts{
        router_, clock_, tokens_, [this] { return house.parts().programs.current()->phrasebooks; }, nullptr, "form"});
  }

  web::Response send(web::Method method, const std::string& path, const std::string& body = {},
                     const std::string& token = "ana") {
    web::Request request;
    request.method = method;
    const auto question = path.find('?');
    request.path = "/api/v1" + path.substr(0, question);
    if (question != std::string::npos) request.query = path.substr(question + 1);
    request.headers.add("Authorization", "Bearer " + token);
    if (!body.empty()) {
      request.headers.add("Content-Type", "application/json");
      request.body = std::make_shared<web::MemoryBody>(body);
    }
    return pipeline_->handle(request);
  }
  web::Response get(const std::string& path, const std::string& token = "ana") {
    return send(web::Method::get, path, {}, token);
  }
  json::object read(const std::string& path) {
    const web::Response response = get(path);
    CAPTURE(path);
    REQUIRE(response.status == 200);
    return json::parse(std::get<std::string>(response.body)).as_object();
  }
  // Every reference of a list, page by page.
  std::vector<std::string> all(const std::string& query, int limit, const std::function<void()>& between = {}) {
    std::vector<std::string> found;
    std::string cursor;
    do {
      const json::object page =
          read("/applications?limit=" + std::to_string(limit) + query + (cursor.empty() ? "" : "&cursor=" + cursor));
      for (const auto& row : page.at("items").as_array())
        found.emplace_back(std::string_view(row.at("reference").as_string()));
      cursor = page.at("next").is_null() ? std::string() : std::string(page.at("next").as_string());
      if (between) between();
    } while (!cursor.empty());
    return found;
  }

  House house;

 private:
  FakeClock clock_;
  api::Parts api_;
  Tokens tokens_;
  web::Router router_;
  std::unique_ptr<web::Pipeline> pipeline_;
};

std::string text_of(const web::Response& response) { return std::get<std::string>(response.body); }
json::object object_of(const web::Response& response) { return json::parse(text_of(response)).as_object(); }

}  // namespace

TEST_CASE("paged in every order: what is there at the beginning comes once, whatever comes in meanwhile") {
  testing::for_each_database([](db::Database& database) {
    Desk desk(database);
    std::vector<std::string> references;
    for (int i = 0; i < 9; ++i) references.push_back(desk.house.submit({.country = i % 3 == 0 ? "KE" : "IN"}));
    std::vector<std::string> newest(references.rbegin(), references.rend());
    CHECK(desk.all("", 2) == newest);
    CHECK(desk.all("&q=sort:oldest", 4) == references);
    CHECK(desk.all("&q=sort:updated", 3) == newest);
    CHECK(desk.all("&q=country:KE", 1) == std::vector<std::string>{references[6], references[3], references[0]});
    int came = 0;
    CHECK(desk.all("", 4, [&] {
      if (came++ < 2) desk.house.submit({});
    }) == newest);
    CHECK(desk.all("&q=country:FR", 4).empty());
  });
}

TEST_CASE("a query that is not understood finds nothing and says where; half of it is never taken") {
  testing::for_each_database([](db::Database& database) {
    Desk desk(database);
    const std::string reference = desk.house.submit({});
    for (const char* way : {"/applications", "/applications/count", "/applications/facets", "/applications/export"}) {
      const web::Response response = desk.get(std::string(way) + "?q=country:KE%20stat:x");
      CHECK(response.status == 400);
      const json::object told = object_of(response);
      CHECK(told.at("type") == "/problems/problem.api.request.query");
      const auto& error = told.at("errors").as_array().at(0);
      CHECK(error.at("parameter") == "q");
      CHECK(std::string_view(error.at("detail").as_string()).starts_with("Characters 11 to 15: "));
      CHECK(text_of(response).find(reference) == std::string::npos);
    }
    // No injection: what is typed is only ever compared.
    for (const char* q : {"%27%20or%201=1--", "country:%22KE%27%22", "%22%27;drop%20table%20application%22"}) {
      const web::Response response = desk.get(std::string("/applications?q=") + q);
      CHECK((response.status == 200 || response.status == 400));
      CHECK(text_of(response).find(reference) == std::string::npos);
    }
  });
}

TEST_CASE("counts, facets and the list say the same") {
  testing::for_each_database([](db::Database& database) {
    Desk desk(database);
    for (int i = 0; i < 6; ++i) desk.house.submit({.country = i < 4 ? "KE" : "IN"});
    const json::object count = desk.read("/applications/count?q=country:KE");
    CHECK(count.at("total") == 4);
    CHECK(count.at("exact") == true);
    const json::object facets = desk.read("/applications/facets");
    CHECK(facets.at("total") == 6);
    CHECK(facets.at("facets").at("country").at("KE") == 4);
    CHECK(facets.at("facets").at("state").at("submitted") == 6);
  });
}

TEST_CASE("one application: answers, readings, events; another program's and what never was are not there") {
  testing::for_each_database([](db::Database& database) {
    Desk desk(database);
    const std::string reference = desk.house.submit({.first_name = "Zephyr"});
    const json::object one = desk.read("/applications/" + reference);
    CHECK(one.at("answers").at("first_name") == "Zephyr");
    CHECK(one.at("state") == "submitted");
    CHECK(one.at("submission") == 1);
    CHECK(one.at("readings").as_object().size() >= 2);
    CHECK(one.at("assignee").is_null());
    const json::object timeline = desk.read("/applications/" + reference + "/timeline");
    CHECK(timeline.at("items").as_array().at(0).at("kind") == "submitted");
    CHECK_FALSE(desk.read("/program/forms/" + std::string(one.at("form_version").as_string())).empty());
    for (const char* none : {"RA-0000-00000", "1", "count%00", "..", "%2e%2e"}) {
      const int status = desk.get(std::string("/applications/") + none).status;
      CHECK(status == 404);
    }
    // Who has no role any more has no applications either.
    const web::Response refused = desk.get("/applications/" + reference, "cleo");
    CHECK(refused.status == 404);
    CHECK(text_of(refused).find("Zephyr") == std::string::npos);
    CHECK(text_of(refused) == text_of(desk.get("/applications/RA-0000-00000", "cleo")));
    CHECK(desk.get("/applications/export", "ben").status == 404);
  });
}

TEST_CASE("given to a colleague and to nobody; not by who only reads, not to who does not work here") {
  testing::for_each_database([](db::Database& database) {
    Desk desk(database);
    const std::string path = "/applications/" + desk.house.submit({});
    const auto give = [&](const std::string& body, const std::string& token = "ana") {
      return desk.send(web::Method::put, path + "/assignee", body, token).status;
    };
    CHECK(give(R"({"person":"72"})") == 200);
    CHECK(desk.read(path).at("assignee").at("name") == "Ben");
    CHECK(desk.read("/applications?q=assigned:none").at("items").as_array().empty());
    CHECK(give(R"({"person":"999"})") == 422);
    CHECK(give(R"({"person":"72 or 1=1"})") == 422);
    CHECK(give(R"({"person":72})") == 400);
    CHECK(give(R"({"person":null})", "ben") == 404);
    CHECK(desk.read(path).at("assignee").at("id") == "72");
    CHECK(give(R"({"person":null})") == 200);
    CHECK(desk.read(path).at("assignee").is_null());
  });
}

TEST_CASE("an act on many: looked at, begun, taken back; only what was meant") {
  testing::for_each_database([](db::Database& database) {
    Desk desk(database);
    std::vector<std::string> references;
    for (int i = 0; i < 5; ++i) references.push_back(desk.house.submit({}));
    const auto order = [&](const std::string& body, const std::string& token = "ana") {
      return desk.send(web::Method::post, "/bulk", body, token);
    };
    const web::Response preview = order(R"({"action":"screen","query":"","dry_run":true})");
    CHECK(preview.status == 200);
    const json::object seen = object_of(preview);
    CHECK(seen.at("total") == 5);
    CHECK(seen.at("bulk").is_null());
    desk.house.submit({});  // after what was looked at
    const std::string as_of(seen.at("as_of").as_string());
    const web::Response begun = order(R"({"action":"screen","query":"","as_of":")" + as_of + "\"}");
    CHECK(begun.status == 202);
    CHECK(object_of(begun).at("total") == 5);
    const std::string path = "/bulk/" + std::string(object_of(begun).at("bulk").as_string());
    db::JobWrites jobs;
    queue::BulkJob job(desk.house.parts(), jobs);
    static_cast<void>(job.step());
    CHECK(desk.read(path).at("state") == "done");
    CHECK(desk.read(path).at("outcomes").at("done") == 5);
    CHECK(desk.read("/applications?q=state:submitted").at("items").as_array().size() == 1);
    CHECK(desk.send(web::Method::post, path + "/undo").status == 202);
    static_cast<void>(job.step());
    CHECK(desk.read("/applications?q=state:submitted").at("items").as_array().size() == 6);
    CHECK(desk.send(web::Method::post, path + "/undo").status == 409);
    CHECK(desk.send(web::Method::post, "/bulk/1/undo").status == 404);

    CHECK(order(R"({"action":"screen","query":""})", "ben").status == 404);
    CHECK(order(R"({"action":"erase","query":""})").status == 400);
    CHECK(order(R"({"action":"screen"})").status == 422);
    CHECK(order(R"({"action":"screen","query":"","references":["x"]})").status == 422);
    CHECK(order(R"({"action":"assign","argument":"999","query":""})").status == 422);
    const json::object none = object_of(order(R"({"action":"screen","query":"country:FR"})"));
    CHECK(none.at("bulk").is_null());
    const web::Response twice = order(R"({"action":"screen","references":[")" + references[0] + "\",\"" +
                                      references[0] + "\"],\"dry_run\":true}");
    CHECK(object_of(twice).at("total") == 1);
  });
}

TEST_CASE("lists are kept by name: one's own to change, shared ones to read, others' not there") {
  testing::for_each_database([](db::Database& database) {
    Desk desk(database);
    const auto post = [&](const std::string& body, const std::string& token) {
      return desk.send(web::Method::post, "/views", body, token);
    };
    const web::Response kept = post(R"({"name":"Kenya","query":"country:KE"})", "ben");
    CHECK(kept.status == 201);
    const std::string path = "/views/" + std::string(object_of(kept).at("id").as_string());
    CHECK(desk.read("/views").at("items").as_array().empty());  // Ana's
    CHECK(desk.send(web::Method::del, path).status == 404);
    CHECK(desk.send(web::Method::put, path, R"({"name":"mine","shared":false})").status == 404);
    CHECK(post(R"({"name":"x","query":"","shared":true})", "ben").status == 422);  // who may not screen shares nothing
    CHECK(post(R"({"name":"all","query":"","shared":true})", "ana").status == 201);
    CHECK(json::parse(text_of(desk.get("/views", "ben"))).at("items").as_array().size() == 2);
    CHECK(post(R"({"name":"x","query":"nonsense:1"})", "ana").status == 400);
    CHECK(post(R"({"name":"  ","query":""})", "ana").status == 422);
    CHECK(desk.send(web::Method::del, path, {}, "ben").status == 200);
  });
}

TEST_CASE("an export goes out as it is read, and is kept among the events") {
  testing::for_each_database([](db::Database& database) {
    Desk desk(database);
    const std::string reference = desk.house.submit({.first_name = "=1+1"});
    const auto whole = [](const web::Response& response) {
      std::string all, piece;
      const auto& source = std::get<std::shared_ptr<web::BodySource>>(response.body);
      while (source->next(piece)) all += piece;
      return all;
    };
    const web::Response lines = desk.get("/applications/export");
    REQUIRE(lines.status == 200);
    CHECK(json::parse(whole(lines)).at("reference") == json::value(reference));
    const web::Response csv = desk.get("/applications/export?format=csv");
    CHECK(whole(csv).find("'=1+1") != std::string::npos);
    CHECK(desk.get("/applications/export?format=xml").status == 400);
  });
}
