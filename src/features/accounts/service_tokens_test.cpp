// Service tokens: what they may, who ends them, and their pages.
#include "features/accounts/service_tokens.h"

#include "base/text.h"
#include "features/accounts/account_world.h"
#include "features/api/api.h"
#include "web/pipeline.h"
#include "web/response.h"

using namespace bursary;
using namespace bursary::accounts;
using namespace std::chrono_literals;

namespace {

web::Viewer maker_of(AccountWorld& world, web::PersonId person) { return must(world.viewer(world.session(person))); }

MadeToken make(AccountWorld& world, web::PersonId person, std::vector<std::string> scopes, int days = 30) {
  auto made = make_token(world.parts, maker_of(world, person), {"nightly export", std::move(scopes), days});
  REQUIRE(made);
  return std::move(*made);
}

std::optional<web::Viewer> asks(AccountWorld& world, const std::string& token) {
  return world.sessions->find_token(token, world.clock.now());
}

using Permissions = std::set<std::string, std::less<>>;

}  // namespace

TEST_CASE("a token may what its scopes and its maker's roles have in common, at that moment") {
  testing::for_each_database([](db::Database& database) {
    AccountWorld world(database);
    const auto ana = world.person("ana@example.org");
    world.give(ana, Role::administrator);
    const auto made = make(world, ana, {"read_applications", "manage_people"});
    CHECK(made.secret.starts_with("bursary_st_"));
    CHECK(made.secret.size() == std::string("bursary_st_").size() + 43);  // 256 bits
    const auto viewer = must(asks(world, made.secret));
    CHECK(viewer.person == ana);
    CHECK(viewer.token == made.id.value);
    CHECK_FALSE(viewer.strong);
    CHECK(viewer.permissions == Permissions{"staff", "read_applications", "manage_people"});
    CHECK(world.events("token_made") == 1);

    // From administrator to auditor: what is left is what both may.
    const auto ben = world.person("ben@example.org");
    world.give(ben, Role::administrator);
    world.give(ana, Role::auditor);
    REQUIRE(take_role(world.parts, ben, ana, Role::administrator));
    CHECK(must(asks(world, made.secret)).permissions == Permissions{"staff", "read_applications"});
    REQUIRE(take_role(world.parts, ben, ana, Role::auditor));
    CHECK(must(asks(world, made.secret)).permissions.empty());
  });
}

TEST_CASE("no scope is wider than its maker, and none is made up") {
  testing::for_each_database([](db::Database& database) {
    AccountWorld world(database);
    const auto auditor = world.person("audit@example.org");
    world.give(auditor, Role::auditor);
    const auto viewer = maker_of(world, auditor);
    struct {
      TokenWish wish;
      const char* field;
    } const cases[] = {
        {{"t", {"screen_applications"}, 30}, "scopes"},
        {{"t", {"read_applications", "manage_program"}, 30}, "scopes"},
        {{"t", {"staff"}, 30}, "scopes"},
        {{"t", {"operate"}, 30}, "scopes"},
        {{"t", {"person"}, 30}, "scopes"},
        {{"t", {"read_applications manage_people"}, 30}, "scopes"},
        {{"t", {}, 30}, "scopes"},
        {{"  ", {"read_applications"}, 30}, "name"},
        {{std::string(81, 'x'), {"read_applications"}, 30}, "name"},
        {{"t", {"read_applications"}, 0}, "days"},
        {{"t", {"read_applications"}, 3650}, "days"},
    };
    for (const auto& one : cases) {
      CAPTURE(one.field);
      const auto made = make_token(world.parts, viewer, one.wish);
      REQUIRE_FALSE(made);
      REQUIRE(made.error().fields.size() == 1);
      CHECK(made.error().fields[0].field == one.field);
    }
    CHECK(world.events("token_made") == 0);
    CHECK(make_token(world.parts, viewer, {"t", {"read_applications", "read_audit"}, 365}));
  });
}

TEST_CASE("a token is nobody's once it is revoked or expired, and for what was never one") {
  testing::for_each_database([](db::Database& database) {
    AccountWorld world(database);
    const auto ana = world.person("ana@example.org");
    world.give(ana, Role::administrator);
    const auto made = make(world, ana, {"read_applications"}, 30);
    const auto later = make(world, ana, {"read_applications"}, 90);
    for (const std::string& wrong :
         {std::string(), std::string("bursary_st_"), made.secret + "x", made.secret.substr(11),
          "bursary_st_" + std::string(43, 'A'), std::string(5000, 'a'), std::string("' or 1=1 --"),
          to_lower_ascii(made.secret) == made.secret ? std::string("x") : to_lower_ascii(made.secret)}) {
      CHECK_FALSE(asks(world, wrong));
    }
    CHECK(must(revoke_token(world.parts, ana, made.id).has_value() ? std::optional(true) : std::nullopt));
    CHECK_FALSE(asks(world, made.secret));
    CHECK(revoke_token(world.parts, ana, made.id).value() == false);
    CHECK(world.events("token_revoked") == 1);
    CHECK(asks(world, later.secret));
    world.clock.advance(90 * 24h);
    CHECK_FALSE(asks(world, later.secret));
    // Nothing in the database opens anything.
    const auto tokens = database.read([&](db::Tx& tx) { return tokens_of(tx, world.programs->current()->slug); });
    REQUIRE(tokens.size() == 2);
    CHECK(tokens[0].name == "nightly export");
    CHECK_FALSE(tokens[1].good(world.clock.now()));
  });
}

TEST_CASE("its last use is known to the hour, and written no oftener") {
  testing::for_each_database([](db::Database& database) {
    AccountWorld world(database);
    const auto ana = world.person("ana@example.org");
    world.give(ana, Role::administrator);
    const auto made = make(world, ana, {"read_applications"});
    const auto used = [&] {
      return must(database.read([&](db::Tx& tx) { return find_token(tx, world.programs->current()->slug, made.id); }))
          .used_at;
    };
    CHECK_FALSE(used());
    REQUIRE(asks(world, made.secret));
    const Instant first = must(used());
    CHECK(first.micros % 3'600'000'000 == 0);
    CHECK(first <= world.clock.now());
    const auto before = database.figures().writes;
    REQUIRE(asks(world, made.secret));
    CHECK(database.figures().writes == before);
    world.clock.advance(1h);
    REQUIRE(asks(world, made.secret));
    CHECK(must(used()) == first + 1h);
  });
}

namespace {

// The pages and the API's routes, with the sessions as they are.
class Desk {
 public:
  explicit Desk(AccountWorld& world)
      : world_(world), api_{world.database, world.clock, "cursors", "https://a.example"} {
    add_routes(router_, world.parts);
    add_api_routes(router_, world.parts, api_);
    pipeline_ = std::make_unique<web::Pipeline>(web::PipelineParts{
        router_, world.clock, *world.sessions, [&world] { return world.programs->current()->phrasebooks; },
        [](const web::Request&, const web::Context&, int status, const Error&) {
          return web::plain_text("refused", status);
        },
        std::string(32, 'f')});
  }

  web::Response page(const std::string& session, web::Method method, const std::string& path,
                     const std::string& body = {}) {
    web::Request request = made(method, path);
    request.headers.add("Cookie", "__Host-session=" + session);
    if (method == web::Method::post) {
      request.headers.add("Origin", "https://apply.example.org");
      request.headers.add("X-Form-Token", web::form_token(std::string(32, 'f'), session));
      request.headers.add("Content-Type", "application/x-www-form-urlencoded");
      request.body = std::make_shared<web::MemoryBody>(body);
    }
    return pipeline_->handle(request);
  }
  web::Response call(const std::string& token, web::Method method, const std::string& path,
                     const std::string& body = {}) {
    web::Request request = made(method, "/api/v1" + path);
    request.headers.add("Authorization", "Bearer " + token);
    if (!body.empty()) {
      request.headers.add("Content-Type", "application/json");
      request.body = std::make_shared<web::MemoryBody>(body);
    }
    return pipeline_->handle(request);
  }

 private:
  static web::Request made(web::Method method, const std::string& path) {
    web::Request request;
    request.method = method;
    request.path = path;
    request.secure = true;
    request.headers.add("Host", "apply.example.org");
    return request;
  }
  AccountWorld& world_;
  api::Parts api_;
  web::Router router_;
  std::unique_ptr<web::Pipeline> pipeline_;
};

std::string text_of(const web::Response& response) { return std::get<std::string>(response.body); }
bool holds(const web::Response& response, std::string_view part) {
  return text_of(response).find(part) != std::string::npos;
}
boost::json::object object_of(const web::Response& response) {
  return boost::json::parse(text_of(response)).as_object();
}

}  // namespace

TEST_CASE("the page makes a token, shows it once, and revokes it") {
  testing::for_each_database([](db::Database& database) {
    AccountWorld world(database);
    Desk desk(world);
    const auto ana = world.person("ana@example.org");
    world.give(ana, Role::administrator);
    const std::string session = world.session(ana);
    const web::Response wrong = desk.page(session, web::Method::post, "/staff/tokens", "name=&days=30");
    CHECK(wrong.status == 422);
    CHECK(holds(wrong, "Give it a name of at most 80 characters."));
    CHECK(holds(wrong, "Tick at least one scope"));
    const web::Response made =
        desk.page(session, web::Method::post, "/staff/tokens",
                  "name=%3Cb%3Enightly%3C%2Fb%3E&days=90&scope=read_applications&scope=read_audit");
    CHECK(made.status == 200);
    const std::string page = text_of(made);
    const auto at = page.find("bursary_st_");
    REQUIRE(at != std::string::npos);
    const std::string token = page.substr(at, std::string("bursary_st_").size() + 43);
    CHECK(asks(world, token));
    const web::Response list = desk.page(session, web::Method::get, "/staff/tokens");
    CHECK(holds(list, "&lt;b&gt;nightly&lt;/b&gt;"));
    CHECK(holds(list, "read_applications, read_audit"));
    CHECK_FALSE(holds(list, token));
    const std::string id = std::to_string(must(asks(world, token)).token);
    CHECK(desk.page(session, web::Method::post, "/staff/tokens/revoke", "token=" + id).status == 303);
    CHECK_FALSE(asks(world, token));
    CHECK(desk.page(session, web::Method::post, "/staff/tokens/revoke", "token=" + id).status == 404);
    CHECK(holds(desk.page(session, web::Method::get, "/staff/tokens"), "Revoked"));

    // A browser left open makes none: who asks must have proved who they are lately.
    world.clock.advance(1h);
    CHECK(desk.page(session, web::Method::post, "/staff/tokens", "name=x&days=90&scope=read_audit").status == 403);
  });
}

TEST_CASE("people and tokens by the API: read, invite, give and take roles, revoke; each by its scope alone") {
  testing::for_each_database([](db::Database& database) {
    AccountWorld world(database);
    Desk desk(world);
    const auto ana = world.person("ana@example.org"), ben = world.person("ben@example.org");
    world.give(ana, Role::administrator);
    world.give(ben, Role::coordinator);
    const std::string people = make(world, ana, {"manage_people"}).secret;
    const auto program = make(world, ana, {"manage_program"});
    using enum web::Method;

    const auto own = object_of(desk.call(people, get, "/token"));
    CHECK(own.at("name") == "nightly export");
    CHECK(boost::json::serialize(own.at("may")) == R"(["manage_people","staff"])");
    CHECK_FALSE(holds(desk.call(people, get, "/token"), people));
    CHECK(object_of(desk.call(people, get, "/people")).at("items").as_array().size() == 2);
    CHECK(desk.call(program.secret, get, "/people").status == 404);
    CHECK(desk.call(people, get, "/tokens").status == 404);
    CHECK(object_of(desk.call(program.secret, get, "/tokens")).at("items").as_array().size() == 2);
    CHECK_FALSE(holds(desk.call(program.secret, get, "/tokens"), "hash"));

    CHECK(desk.call(people, post, "/people/invitations", R"({"email":"new@example.org","role":"auditor"})").status ==
          201);
    CHECK(desk.call(people, post, "/people/invitations", R"({"email":"none","role":"auditor"})").status == 422);
    CHECK(desk.call(people, post, "/people/invitations", R"({"email":"new@example.org","role":"king"})").status == 400);
    const auto waiting = object_of(desk.call(people, get, "/people")).at("invitations").as_array();
    REQUIRE(waiting.size() == 1);
    const std::string id(waiting[0].at("id").as_string());
    CHECK(desk.call(people, del, "/people/invitations/" + id).status == 200);
    CHECK(desk.call(people, del, "/people/invitations/" + id).status == 404);
    CHECK(desk.call(people, del, "/people/invitations/x").status == 404);

    const std::string bens = "/people/" + std::to_string(ben.value) + "/roles/";
    CHECK(desk.call(people, put, bens + "auditor").status == 200);
    CHECK(desk.call(people, del, bens + "auditor").status == 200);
    CHECK(desk.call(people, del, bens + "auditor").status == 404);
    CHECK(desk.call(people, put, bens + "king").status == 404);
    CHECK(desk.call(people, put, "/people/999/roles/auditor").status == 404);
    const std::string last = "/people/" + std::to_string(ana.value) + "/roles/administrator";
    CHECK(desk.call(people, del, last).status == 409);
    CHECK(asks(world, people));

    const std::string own_path = "/tokens/" + std::to_string(program.id.value) + "/revoke";
    CHECK(desk.call(people, post, own_path).status == 404);
    CHECK(desk.call(program.secret, post, own_path).status == 200);
    CHECK(desk.call(program.secret, get, "/tokens").status == 401);
  });
}
