// Messages by the API: listed, read with private links masked, sent again, taken back.
#include <doctest/doctest.h>
#include <boost/json.hpp>

#include "features/api/api.h"
#include "features/messages/desk.h"
#include "features/messages/test_program.h"
#include "features/messages/test_rows.sql.h"
#include "tests/support/databases.h"
#include "web/pipeline.h"

using namespace bursary;
using namespace bursary::messages;
namespace json = boost::json;

namespace {

constexpr web::PersonId kAna{71};

class Tokens final : public web::Sessions {
 public:
  std::optional<web::Viewer> find(std::string_view, Instant) override { return std::nullopt; }
  std::optional<web::Viewer> find_token(std::string_view token, Instant) override {
    web::Viewer viewer;
    viewer.person = kAna;
    viewer.token = 1;
    if (token == "sends") viewer.permissions = {"read_messages", "send_messages"};
    if (token == "reads") viewer.permissions = {"read_messages"};
    return viewer;
  }
};

struct World {
  explicit World(db::Database& opened)
      : database(opened),
        ids(clock, 0),
        programs(open()),
        parts{opened, clock, random, ids, *programs, "https://apply.example.org", std::string(32, 's')},
        api{opened, clock, "cursors", "https://apply.example.org"} {
    constexpr db::Query<2> kPerson{"trial.person", "insert into person (id, name, created_at) values (?1, ?2, 0)",
                                   "insert into person (id, name, created_at) values ($1, $2, 0)"};
    REQUIRE(database.write([&](db::Tx& tx) -> Result<bool> {
      tx.execute(kPerson, kAna, "Ana Lima");
      tx.execute(sql::messages::test_rows::insert_form_version);
      tx.execute(sql::messages::test_rows::insert_application, 42, db::BytesView{"x"});
      return true;
    }));
    add_api_routes(router, parts, api);
  }
  static std::unique_ptr<programs::Programs> open() {
    std::vector<programs::Problem> problems;
    return std::move(programs::Programs::open({}, problems).value());
  }
  std::string queue() {
    NewMessage message;
    message.application = 42;
    message.template_key = "submitted";
    message.locale = "en";
    message.recipient = "amina@example.edu";
    message.placeholders = {{"name", "Amina"}, {"reference", "RA-1"}};
    message.links = {{"link", {"application", 42}}};
    message.due = clock.now();
    return api::id_text(database
                            .write([&](db::Tx& tx) -> Result<MessageId> {
                              return queue_message(tx, ids, random, clock.now(), "apply.example.org", message);
                            })
                            .value()
                            .value);
  }
  web::Response send(web::Method method, const std::string& path, const std::string& token = "sends") {
    web::Request request;
    request.method = method;
    const auto question = path.find('?');
    request.path = "/api/v1" + path.substr(0, question);
    if (question != std::string::npos) request.query = path.substr(question + 1);
    request.headers.add("Authorization", "Bearer " + token);
    const web::Pipeline pipeline(web::PipelineParts{
        router, clock, tokens, [this] { return programs->current()->phrasebooks; }, nullptr, "form"});
    return pipeline.handle(request);
  }
  json::object read(const std::string& path) {
    const web::Response response = send(web::Method::get, path);
    REQUIRE(response.status == 200);
    return json::parse(std::get<std::string>(response.body)).as_object();
  }

  db::Database& database;
  FakeClock clock{*parse_rfc3339("2026-03-02T10:00:00Z")};
  SystemRandom random;
  IdSource ids;
  std::unique_ptr<programs::Programs> programs;
  DeskParts parts;
  api::Parts api;
  web::Router router;
  Tokens tokens;
};

}  // namespace

TEST_CASE("API: a message is read with its private link masked, taken back once, and only by who may send") {
  bursary::testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string first = world.queue(), second = world.queue(), third = world.queue();
    const json::object one = world.read("/messages/" + first);
    CHECK(one.at("state") == "waiting");
    CHECK(one.at("recipient") == "amina@example.edu");
    CHECK(std::string_view(one.at("text").as_string()).find("/application/") == std::string_view::npos);
    const json::object page = world.read("/messages?limit=2");
    CHECK(page.at("items").as_array().size() == 2);
    CHECK(page.at("items").as_array().at(0).at("id") == json::value(third));
    const std::string cursor(page.at("next").as_string());
    CHECK(world.read("/messages?limit=2&cursor=" + cursor).at("items").as_array().size() == 1);
    CHECK(world.send(web::Method::get, "/messages?state=failed&cursor=" + cursor).status == 400);
    CHECK(world.read("/messages?state=waiting").at("items").as_array().size() == 3);
    CHECK(world.read("/health/outbox").at("on_the_way") == 3);

    CHECK(world.send(web::Method::post, "/messages/" + second + "/cancel", "reads").status == 404);
    CHECK(world.send(web::Method::post, "/messages/" + second + "/cancel").status == 200);
    CHECK(world.send(web::Method::post, "/messages/" + second + "/cancel").status == 409);
    CHECK(world.read("/messages/" + second).at("state") == "cancelled");
    CHECK(world.send(web::Method::post, "/messages/" + first + "/resend").status == 409);  // it has not left yet
    CHECK(world.send(web::Method::post, "/messages/1/resend").status == 404);
    CHECK(world.send(web::Method::get, "/messages/" + first, "none").status == 404);
  });
}

TEST_CASE("API: what failed is sent again, once") {
  bursary::testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string id = world.queue();
    REQUIRE(database.write(
        [&](db::Tx& tx) -> Result<std::int64_t> { return tx.execute(sql::messages::test_rows::fail_all); }));
    CHECK(world.read("/messages?state=failed").at("items").as_array().size() == 1);
    CHECK(world.read("/health/outbox").at("failed") == 1);
    CHECK(world.send(web::Method::post, "/messages/" + id + "/resend").status == 200);
    CHECK(world.send(web::Method::post, "/messages/" + id + "/resend").status == 409);
  });
}
