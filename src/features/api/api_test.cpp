// Checked calls, changes with their keys, cursors and the document, on a router with routes of the test's own.
#include "features/api/api.h"

#include <doctest/doctest.h>

#include <thread>

#include "base/crypto.h"
#include "features/api/check.h"
#include "features/api/test_rows.sql.h"
#include "tests/support/databases.h"
#include "web/pipeline.h"

using namespace bursary;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

namespace rows = sql::api::test_rows;

// "one" and "two" are tokens that may everything of these tests.
class TwoTokens final : public web::Sessions {
 public:
  std::optional<web::Viewer> find(std::string_view, Instant) override { return std::nullopt; }
  std::optional<web::Viewer> find_token(std::string_view token, Instant) override {
    if (token != "one" && token != "two") return std::nullopt;
    web::Viewer viewer;
    viewer.person = web::PersonId{7};
    viewer.token = token == "one" ? 1 : 2;
    viewer.permissions = {"staff", "read_applications"};
    return viewer;
  }
};

struct Sent {
  web::Method method = web::Method::post;
  std::string path, body = {}, key = {}, token = "one";
  std::vector<std::pair<std::string, std::string>> headers = {};
};

class House {
 public:
  explicit House(db::Database& opened)
      : database(opened), parts{opened, clock, "cursors", "https://apply.example.org"} {
    crypto_ready();
    parts.tell = [this](db::Tx& tx, const api::Told& told) {
      tx.execute(rows::add, "told " + std::to_string(ids_.next_value()),
                 std::string(told.operation) + " " + std::to_string(told.token));
    };
    REQUIRE(database.write([](db::Tx& tx) -> Result<void> {
      tx.execute(rows::person);
      tx.execute(rows::token, 1, db::BytesView{"a"});
      tx.execute(rows::token, 2, db::BytesView{"b"});
      return {};
    }));
    add_routes();
    pipeline_ = std::make_unique<web::Pipeline>(
        web::PipelineParts{router, clock, sessions_, [this] { return books_; }, nullptr, "form"});
  }

  web::Response send(const Sent& sent) {
    web::Request request;
    request.method = sent.method;
    const auto question = sent.path.find('?');
    request.path = "/api/v1" + sent.path.substr(0, question);
    if (question != std::string::npos) request.query = sent.path.substr(question + 1);
    request.id = "req";
    request.headers.add("Authorization", "Bearer " + sent.token);
    for (const auto& [name, value] : sent.headers) request.headers.add(name, value);
    if (!sent.key.empty()) request.headers.add("Idempotency-Key", sent.key);
    if (!sent.body.empty()) {
      request.headers.add("Content-Type", "application/json");
      request.body = std::make_shared<web::MemoryBody>(sent.body);
    }
    return pipeline_->handle(request);
  }
  std::int64_t count(const std::string& key) {
    return database.read([&](db::Tx& tx) { return tx.query(rows::count, key + "%").at(0).integer(0); });
  }

  db::Database& database;
  FakeClock clock{Instant{1'800'000'000'000'000}};
  api::Parts parts;
  web::Router router;
  int ran = 0;

 private:
  static web::Schema thing() {
    using namespace web;
    return named("Thing", object({{"name", text().between(1, 10)},
                                  optional("n", whole().between(0, 5)),
                                  optional("kind", choice({"a", "b"})),
                                  optional("when", moment()),
                                  optional("day", text("date")),
                                  optional("list", list_of(text()).between(1, 2)),
                                  optional("sure", yes_no().or_null()),
                                  optional("deep", object({{"x", whole()}}))}));
  }

  void add_routes() {
    using web::Method;
    api::add_read(router, parts,
                  {.path = "/things/{id}",
                   .operation = {.id = "readThing",
                                 .tag = "program",
                                 .summary = "A thing",
                                 .parameters = {api::path_part("id", ""), api::limit_parameter(),
                                                api::in_query("all", "", web::yes_no())},
                                 .gives = {api::given("It.", web::map_of(web::anything()))}}},
                  [](const api::Call& call) -> Result<api::Answer> {
                    if (call.part("id") == "none") return fail(api::not_found());
                    return api::Answer{json::object{{"limit", call.number("limit", 50)}, {"all", call.flag("all")}},
                                       200, "\"v1\""};
                  });
    api::add_change(router, parts,
                    {.method = Method::post,
                     .path = "/things",
                     .permission = web::Permission::read_applications,
                     .operation = {.id = "makeThing",
                                   .tag = "program",
                                   .summary = "Make one",
                                   .takes = thing(),
                                   .gives = {api::given("Made.", web::map_of(web::anything()), 201)}},
                     .matched = true},
                    [this](const api::Call& call, db::Database& inside) { return make(call, inside); });
  }

  // Two writes of their own, as rules make them; named "half", the second is refused.
  Result<api::Answer> make(const api::Call& call, db::Database& inside) {
    ++ran;
    if (const auto fits = api::check_match(call, "\"v1\""); !fits) return fail(fits.error());
    const std::string name = call.text("name");
    const auto one = inside.write([&](db::Tx& tx) -> Result<bool> {
      tx.execute(rows::add, "made " + std::to_string(ids_.next_value()), name);
      return true;
    });
    if (!one) return fail(one.error());
    const auto two = inside.write([&](db::Tx& tx) -> Result<bool> {
      if (name == "half") return fail(ErrorKind::conflict, "problem.unavailable");
      tx.execute(rows::add, "also " + std::to_string(ids_.next_value()), name);
      return true;
    });
    if (!two && name != "blind") return fail(two.error());
    return api::Answer{json::object{{"name", name}, {"made", inside.read([&](db::Tx& tx) {
                                                       return tx.query(rows::count, "made%").at(0).integer(0);
                                                     })}},
                       201};
  }

  IdSource ids_{clock, 0};
  TwoTokens sessions_;
  std::shared_ptr<const html::Phrasebooks> books_ = html::Phrasebooks::build({"en", "es"}, {});
  std::unique_ptr<web::Pipeline> pipeline_;
};

std::string text_of(const web::Response& response) { return std::get<std::string>(response.body); }
std::string header_of(const web::Response& response, std::string_view name) {
  return std::string(response.headers.find(name).value_or(""));
}
json::object object_of(const web::Response& response) { return json::parse(text_of(response)).as_object(); }

// "pointer or parameter: the end of the phrase's sentence"
std::vector<std::string> places(const web::Response& response) {
  std::vector<std::string> all;
  const json::object told = object_of(response);
  if (!told.contains("errors")) return all;
  for (const auto& one : told.at("errors").as_array()) {
    const auto& error = one.as_object();
    const char* place = error.contains("pointer") ? "pointer" : "parameter";
    all.emplace_back(std::string(std::string_view(error.at(place).as_string())));
  }
  return all;
}

}  // namespace

TEST_CASE("what does not fit its description is refused by name, and nothing runs") {
  testing::SqliteForTest sqlite;
  House house(*sqlite.database);
  struct {
    const char* body;
    std::vector<std::string> at;
  } const cases[] = {
      {R"({})", {"/name"}},
      {R"({"name":""})", {"/name"}},
      {R"({"name":"elevencharss"})", {"/name"}},
      {R"({"name":"äöüäöüäöüä"})", {}},  // ten characters
      {R"({"name":"a\u0000b"})", {"/name"}},
      {R"({"name":null})", {"/name"}},
      {R"({"name":1})", {"/name"}},
      {R"({"name":"a","n":6})", {"/n"}},
      {R"({"name":"a","n":-1})", {"/n"}},
      {R"({"name":"a","n":1.5})", {"/n"}},
      {R"({"name":"a","n":"1"})", {"/n"}},
      {R"({"name":"a","n":99999999999999999999})", {"/n"}},
      {R"({"name":"a","kind":"c"})", {"/kind"}},
      {R"({"name":"a","when":"yesterday"})", {"/when"}},
      {R"({"name":"a","when":"2026-03-01T12:00:00+02:00"})", {}},
      {R"({"name":"a","day":"2026-02-30"})", {"/day"}},
      {R"({"name":"a","day":"2026-02-28"})", {}},
      {R"({"name":"a","list":[]})", {"/list"}},
      {R"({"name":"a","list":["x",2]})", {"/list/1"}},
      {R"({"name":"a","list":["x","y","z"]})", {"/list"}},
      {R"({"name":"a","list":{}})", {"/list"}},
      {R"({"name":"a","sure":null})", {}},
      {R"({"name":"a","sure":"true"})", {"/sure"}},
      {R"({"name":"a","deep":{"x":1,"y~/z":2}})", {"/deep/y~0~1z"}},
      {R"({"name":"a","state":5,"id":1,"created_at":0})", {"/state", "/id", "/created_at"}},
      {R"([])", {""}},
      {R"("text")", {""}},
  };
  int took = 0;
  for (const auto& one : cases) {
    CAPTURE(one.body);
    const web::Response response = house.send({.path = "/things", .body = one.body});
    CHECK(response.status == (one.at.empty() ? 201 : 400));
    if (one.at.empty()) ++took;
    if (!one.at.empty()) CHECK(places(response) == one.at);
  }
  CHECK(house.ran == took);
  const web::Response unknown = house.send({.path = "/things", .body = R"({"name":"a","nmae":"b"})"});
  CHECK(text_of(unknown).find("There is no member “nmae” here. Known: name, n, kind") != std::string::npos);
}

TEST_CASE("a body that is no JSON is told where it goes wrong, however it is wrong") {
  testing::SqliteForTest sqlite;
  House house(*sqlite.database);
  std::string deep(5000, '[');
  for (const std::string& body : {std::string("{"), std::string("{\"name\":\"a\"} x"), std::string("\xFF\xFE"), deep,
                                  std::string("{\"name\":\"\xC3\x28\"}"), std::string("nul"), std::string("{'a':1}")}) {
    CAPTURE(body.substr(0, 20));
    const web::Response response = house.send({.path = "/things", .body = body});
    CHECK(response.status == 400);
    CHECK(object_of(response).at("type") == "/problems/problem.api.request.json");
  }
  CHECK(house.ran == 0);
}

TEST_CASE("parameters: unknown, twice, wrong") {
  testing::SqliteForTest sqlite;
  House house(*sqlite.database);
  const auto get = [&](const std::string& query) {
    return house.send({.method = web::Method::get, .path = "/things/1" + query});
  };
  CHECK(text_of(get("")) == R"({"limit":50,"all":false})");
  CHECK(text_of(get("?limit=7&all=true")) == R"({"limit":7,"all":true})");
  CHECK(header_of(get(""), "ETag") == "\"v1\"");
  for (const char* query : {"?limit=0", "?limit=201", "?limit=x", "?limit=", "?limit=1&limit=2", "?all=yes", "?other=1",
                            "?lang=es", "?%FF=1", "?limit=1;drop"}) {
    CAPTURE(query);
    const web::Response response = get(query);
    CHECK(response.status == 400);
    CHECK(places(response).size() == 1);
  }
  CHECK(text_of(get("?other=1")).find("There is no parameter “other” here. Known: limit, all.") != std::string::npos);
  CHECK(house.send({.method = web::Method::get, .path = "/things/none"}).status == 404);
}

TEST_CASE("what a change does is one transaction: refused half-way, nothing of it is there") {
  testing::for_each_database([](db::Database& database) {
    House house(database);
    const web::Response made = house.send({.path = "/things", .body = R"({"name":"a"})"});
    CHECK(made.status == 201);
    CHECK(text_of(made) == R"({"name":"a","made":1})");  // it reads what it wrote
    CHECK(house.count("made") == 1);
    CHECK(house.count("also") == 1);
    CHECK(house.count("told") == 1);
    const web::Response half = house.send({.path = "/things", .body = R"({"name":"half"})", .key = "k"});
    CHECK(half.status == 409);
    CHECK(house.count("made") == 1);
    CHECK(house.count("told") == 1);
    // The key is free: what was refused may be sent again.
    CHECK(house.send({.path = "/things", .body = R"({"name":"b"})", .key = "k"}).status == 201);
  });
}

TEST_CASE("If-Match: another tag is 412, none and its own go on") {
  testing::SqliteForTest sqlite;
  House house(*sqlite.database);
  const auto status = [&](const std::string& tag) {
    return house.send({.path = "/things", .body = R"({"name":"a"})", .headers = {{"If-Match", tag}}}).status;
  };
  CHECK(status("\"v1\"") == 201);
  CHECK(status("*") == 201);
  CHECK(status("\"v0\"") == 412);
  CHECK(status("v1") == 400);
  CHECK(status("\"v0\", \"v1\"") == 400);
  CHECK(house.count("made") == 2);
}

TEST_CASE("Idempotency-Key: the same request gets the same answer and does nothing again") {
  testing::for_each_database([](db::Database& database) {
    House house(database);
    const Sent sent{.path = "/things", .body = R"({"name":"a"})", .key = "k-1"};
    const web::Response first = house.send(sent);
    house.clock.advance(1h);
    CHECK(house.send({.path = "/things", .body = R"({"name":"b"})"}).status == 201);
    const web::Response again = house.send(sent);
    CHECK(again.status == 201);
    CHECK(text_of(again) == text_of(first));
    CHECK(header_of(first, "Idempotency-Replayed").empty());
    CHECK(header_of(again, "Idempotency-Replayed") == "true");
    CHECK(house.count("made") == 2);
    // As the draft writes it, in quotes: the same key.
    Sent quoted = sent;
    quoted.key = "\"k-1\"";
    CHECK(header_of(house.send(quoted), "Idempotency-Replayed") == "true");
    // Another request, another token.
    const web::Response other = house.send({.path = "/things", .body = R"({"name":"c"})", .key = "k-1"});
    CHECK(other.status == 422);
    CHECK(object_of(other).at("type") == "/problems/problem.api.key_reused");
    Sent two = sent;
    two.token = "two";
    CHECK(header_of(house.send(two), "Idempotency-Replayed").empty());
    for (const std::string& key : {std::string("a b"), std::string(256, 'k'), std::string("\"\""), std::string("é")}) {
      CHECK(house.send({.path = "/things", .body = R"({"name":"a"})", .key = key}).status == 400);
    }
    const Sent twice{.path = "/things", .body = R"({"name":"a"})", .key = "k", .headers = {{"idempotency-key", "l"}}};
    CHECK(house.send(twice).status == 400);
    CHECK(house.count("made") == 3);
    // After a day it is forgotten, and means nothing any more.
    house.clock.advance(24h);
    CHECK(api::forget_keys(house.parts, 100) == 1);
    house.clock.advance(1h);
    CHECK(api::forget_keys(house.parts, 100) == 1);
    CHECK(header_of(house.send(sent), "Idempotency-Replayed").empty());
  });
}

TEST_CASE("Idempotency-Key: in parallel one runs, and all get its answer") {
  testing::for_each_database([](db::Database& database) {
    House house(database);
    std::vector<std::string> answers(8);
    std::vector<std::thread> threads;
    threads.reserve(answers.size());
    for (std::string& answer : answers) {
      threads.emplace_back([&] {
        const web::Response response = house.send({.path = "/things", .body = R"({"name":"a"})", .key = "same"});
        answer = std::to_string(response.status) + text_of(response);
      });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& answer : answers) CHECK(answer == R"(201{"name":"a","made":1})");
    CHECK(house.count("made") == 1);
  });
}

TEST_CASE("Idempotency-Key: a token has so many and no more") {
  testing::SqliteForTest sqlite;
  House house(*sqlite.database);
  REQUIRE(house.database.write([&](db::Tx& tx) -> Result<void> {
    for (int i = 0; i < api::kMostKeys; ++i) tx.execute(rows::key, db::BytesView{std::to_string(i)}, house.clock.now());
    return {};
  }));
  const web::Response refused = house.send({.path = "/things", .body = R"({"name":"a"})", .key = "new"});
  CHECK(refused.status == 429);
  CHECK_FALSE(header_of(refused, "Retry-After").empty());
  CHECK(house.send({.path = "/things", .body = R"({"name":"a"})"}).status == 201);
  CHECK(house.send({.path = "/things", .body = R"({"name":"a"})", .key = "new", .token = "two"}).status == 201);
}

TEST_CASE("a cursor is good for its own list and query alone, and cannot be made up") {
  const std::string cursor = api::make_cursor("secret", "things", "q", {5, -7});
  CHECK(api::read_cursor("secret", "things", "q", cursor, 2) == api::Place{5, -7});
  CHECK_FALSE(api::read_cursor("other", "things", "q", cursor, 2));
  CHECK_FALSE(api::read_cursor("secret", "others", "q", cursor, 2));
  CHECK_FALSE(api::read_cursor("secret", "things", "p", cursor, 2));
  CHECK_FALSE(api::read_cursor("secret", "things", "q", cursor, 1));
  for (std::size_t i = 0; i < cursor.size(); ++i) {
    std::string bent = cursor;
    bent[i] = bent[i] == 'A' ? 'B' : 'A';
    CAPTURE(bent);
    CHECK_FALSE(api::read_cursor("secret", "things", "q", bent, 2));
  }
  for (const char* none : {"", "-", "NS8", "!!!!"}) CHECK_FALSE(api::read_cursor("secret", "things", "q", none, 2));
}

TEST_CASE("the document names every operation once, with what it takes, gives and needs") {
  testing::SqliteForTest sqlite;
  House house(*sqlite.database);
  api::add_document(house.router, house.parts);
  const web::Response response = house.send({.method = web::Method::get, .path = "/openapi.json", .token = "none"});
  CHECK(response.status == 200);
  const json::object document = object_of(response);
  CHECK(document.at("openapi") == "3.1.1");
  const auto& paths = document.at("paths").as_object();
  CHECK(paths.size() == 3);
  const auto& make = paths.at("/things").at("post").as_object();
  CHECK(make.at("operationId") == "makeThing");
  CHECK(json::serialize(make.at("security")) == R"([{"serviceToken":["read_applications"]}])");
  CHECK(make.at("parameters").as_array().size() == 2);  // Idempotency-Key, If-Match
  CHECK(make.at("responses").as_object().contains("412"));
  const auto& thing = document.at("components").at("schemas").at("Thing").as_object();
  CHECK(thing.at("additionalProperties") == false);
  CHECK(json::serialize(thing.at("required")) == R"(["name"])");
  CHECK(json::serialize(thing.at("properties").at("sure")) == R"({"type":["boolean","null"]})");
  CHECK(json::serialize(paths.at("/openapi.json").at("get").at("security")) == "[]");
}

TEST_CASE("two operations of one name, or two schemas that differ under one, stop the server when it starts") {
  testing::SqliteForTest sqlite;
  const auto add = [](House& house, const char* path, const char* id, web::Schema schema) {
    api::add_read(
        house.router, house.parts,
        {.path = path,
         .operation = {.id = id, .tag = "program", .summary = "A", .gives = {api::given("It.", std::move(schema))}}},
        [](const api::Call&) -> Result<api::Answer> { return api::Answer{}; });
  };
  House same(*sqlite.database);
  add(same, "/a", "readThing", web::text());
  CHECK_THROWS_AS(api::openapi(same.router, ""), std::logic_error);
  testing::SqliteForTest second;
  House differing(*second.database);
  add(differing, "/a", "a", web::named("Thing", web::object({{"other", web::text()}})));
  CHECK_THROWS_AS(api::openapi(differing.router, ""), std::logic_error);
}
