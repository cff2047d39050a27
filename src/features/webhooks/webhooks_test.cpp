#include "features/webhooks/webhooks.h"

#include <doctest/doctest.h>

#include <deque>
#include <set>
#include <thread>

#include "features/audit/chain.h"
#include "features/webhooks/address.h"
#include "features/webhooks/pages.h"
#include "features/webhooks/signature.h"
#include "features/webhooks/test_rows.sql.h"
#include "features/webhooks/webhook_kind.h"
#include "tests/support/staff_house.h"

using namespace bursary;
using namespace bursary::webhooks;
using namespace bursary::testing;
using namespace std::chrono_literals;
using applications::State;

namespace {

namespace rows = sql::webhooks::test_rows;

struct OtherServer final : web::Fetcher {
  Result<web::OutgoingAnswer> fetch(const web::OutgoingRequest& request) override {
    asked.push_back(request);
    if (status == 0) return fail(ErrorKind::unavailable, "problem.outside", "Connection refused");
    return web::OutgoingAnswer{status, "text/plain", "whatever"};
  }
  std::string header(std::size_t which, std::string_view name) const {
    for (const auto& [one, value] : asked.at(which).headers) {
      if (one == name) return value;
    }
    return {};
  }
  int status = 204;
  std::deque<web::OutgoingRequest> asked;
};

struct House : StaffHouse {
  explicit House(db::Database& opened)
      : StaffHouse(opened), webhooks{opened, clock, ids, *programs, server, key, {"localhost:9000"}} {
    add_routes(router, webhooks);
  }
  WebhookId add_one(const std::vector<std::string>& kinds, const std::string& url = "https://tool.example.org/in") {
    const auto id = add(webhooks, kAna, url, kinds);
    REQUIRE(id);
    return *id;
  }
  void seal() {
    audit::SealJob seals({database, clock, "test"}, writes);
    while (seals.run_once(50) > 0) {
    }
  }
  std::size_t fan(std::size_t limit = 3) {
    seal();
    std::size_t all = 0;
    for (std::size_t done = 1; done > 0; all += done) done = fan_out(webhooks, limit);
    return all;
  }
  Webhook one(WebhookId id) {
    const auto found = database.read([&](db::Tx& tx) { return find(tx, programs->current()->slug, id); });
    REQUIRE(found);
    return found.value_or(Webhook{});
  }
  std::vector<Delivery> sent(WebhookId id) {
    return database.read([&](db::Tx& tx) { return deliveries_of(tx, id, 100); });
  }
  std::vector<std::string> kinds_sent(WebhookId id) {
    std::vector<std::string> kinds;
    for (const Delivery& one : sent(id)) kinds.insert(kinds.begin(), one.kind);
    return kinds;
  }
  std::string key = std::string(32, 'w');
  OtherServer server;
  db::JobWrites writes;
  Parts webhooks;
};

using Kinds = std::vector<std::string>;

}  // namespace

TEST_CASE("a signature is that of the specification's own example") {
  const std::string secret = from_hex("31f2907fbf0618aab04f08c8f40f08f08c03ca32a5ed49c1b32e7b6e3a54fe77").value_or("");
  CHECK(secret_text(std::string("\xfb\xff\xfe", 3)) == "whsec_+//+");
  CHECK(secret_text("a") == "whsec_YQ==");
  CHECK(signature(secret, "msg_1", 1, "{}").starts_with("v1,"));
  CHECK(signature(secret, "msg_1", 1, "{}") != signature(secret, "msg_1", 2, "{}"));
  CHECK(signature(secret, "msg_1", 1, "{}") != signature(secret, "msg_2", 1, "{}"));
  // "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", as the reference libraries test themselves with.
  const std::string known = from_base64url("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").value_or("");
  CHECK(signature(known, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})") ==
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_CASE("another secret for each webhook, generation and installation") {
  std::set<std::string> all;
  for (const char key : {'a', 'b'}) {
    for (const std::int64_t id : {1, 2}) {
      for (const int generation : {1, 2}) all.insert(secret_bytes(std::string(32, key), id, generation));
    }
  }
  CHECK(all.size() == 8);
  CHECK_THROWS(secret_bytes("short", 1, 1));
}

TEST_CASE("an address is plain, or is none") {
  CHECK(place_in("https://Tool.Example.org/in?x=1") == "tool.example.org");
  CHECK(place_in("http://localhost:9000/in") == "localhost:9000");
  CHECK(place_in("https://[::1]:8443") == "[::1]:8443");
  for (const char* wrong : {"", "tool.example.org", "ftp://tool.example.org", "https://", "https:///in", "https://:80/",
                            "https://a@b.example/", "https://user:pass@b.example/", "https://b.example/#part",
                            "https://b.example\\@c.example/", "https://b example/", "https://b.example/\r\nHost: c",
                            "https://bücher.example/", "HTTPS://b.example", "https://b%2eexample/"})
    CHECK_MESSAGE(!place_in(wrong), wrong);
  CHECK(is_named("localhost:9000", {"localhost:9000"}));
  CHECK(is_named("localhost:9000", {"localhost"}));
  CHECK(is_named("[::1]:80", {"[::1]"}));
  CHECK_FALSE(is_named("localhost:9001", {"localhost:9000"}));
  CHECK_FALSE(is_named("localhost", {"localhost:9000"}));
  CHECK_FALSE(is_named("notlocalhost", {"localhost"}));
}

TEST_CASE("what can be told has an event, a name and words") {
  std::set<std::string_view> names;
  for (const WebhookKind& one : kWebhookKinds) {
    CHECK(audit::is_event_kind(one.event));
    CHECK(names.insert(one.name).second);
  }
}

TEST_CASE("a webhook that cannot work is refused with what to do") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto problem = [&](const std::string& url, const Kinds& kinds) {
      const auto added = add(house.webhooks, kAna, url, kinds);
      return added ? std::string() : added.error().fields.at(0).message.key;
    };
    CHECK(problem("https://tool.example.org", {}) == "webhooks.problem.kinds");
    CHECK(problem("https://tool.example.org", {"application.everything"}) == "webhooks.problem.kinds");
    CHECK(problem("tool.example.org", {"application.moved"}) == "webhooks.problem.address");
    CHECK(problem("https://tool.example.org/" + std::string(1000, 'x'), {"application.moved"}) ==
          "webhooks.problem.address");
    CHECK(problem("http://tool.example.org", {"application.moved"}) == "webhooks.problem.plain");
    CHECK(problem("http://localhost:9000/in", {"application.moved"}).empty());
    for (std::size_t i = 1; i < kMostWebhooks; ++i) house.add_one({"application.moved"});
    CHECK(problem("https://tool.example.org", {"application.moved"}) == "webhooks.problem.too_many");
  });
}

TEST_CASE("each event of a chosen kind becomes one delivery, from when the webhook was added") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto early = house.submit();
    house.fan();
    house.clock.advance(1s);
    const auto all = house.add_one({"application.submitted", "application.moved"});
    const auto some = house.add_one({"application.moved"});
    house.clock.advance(1s);
    const auto late = house.submit();
    house.place(early.id, {State::screening});
    CHECK(house.fan() > 0);
    CHECK(house.fan() == 0);
    CHECK(house.kinds_sent(all) == Kinds{"application.submitted", "application.moved"});
    CHECK(house.kinds_sent(some) == Kinds{"application.moved"});
    deliver(house.webhooks, 20);
    REQUIRE(house.server.asked.size() == 3);
    const auto& body = house.server.asked[0].body;
    CHECK(has(body, R"("type":"application.submitted")"));
    CHECK(has(body, R"("reference":")" + late.reference + '"'));
    CHECK(has(house.server.asked[1].body, R"("from":"submitted","to":"screening")"));
    for (const auto& request : house.server.asked) {
      CHECK(request.method == "POST");
      CHECK_FALSE(request.private_network);
      CHECK_FALSE(has(request.body, "@"));  // no address, no name
    }
    CHECK(deliver(house.webhooks, 20) == 0);
  });
}

TEST_CASE("two nodes make each delivery once and try each once") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto id = house.add_one({"application.submitted"});
    house.clock.advance(1s);
    for (int i = 0; i < 12; ++i) (void)house.submit();
    house.seal();
    const auto on_each = [&](auto work) {
      std::thread other(work);
      work();
      other.join();
    };
    on_each([&] {
      for (int turn = 0; turn < 40; ++turn) fan_out(house.webhooks, 2);
    });
    CHECK(house.sent(id).size() == 12);
    std::atomic<std::size_t> tried = 0;
    OtherServer first, second;
    Parts parts_of_other{database, house.clock, house.ids, *house.programs, second, house.key, {}};
    Parts parts_of_one{database, house.clock, house.ids, *house.programs, first, house.key, {}};
    std::thread other([&] { tried += deliver(parts_of_other, 20); });
    tried += deliver(parts_of_one, 20);
    other.join();
    CHECK(tried == 12);
    CHECK(first.asked.size() + second.asked.size() == 12);
  });
}

TEST_CASE("what fails is tried again, later each time, with the same id, until it is given up") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto id = house.add_one({"application.submitted"});
    house.clock.advance(1s);
    (void)house.submit();
    (void)house.submit();
    house.fan();
    house.server.status = 500;
    CHECK(deliver(house.webhooks, 20) == 1);  // the second waits behind the first
    CHECK(deliver(house.webhooks, 20) == 0);
    CHECK(house.one(id).failures == 1);
    house.clock.advance(5s);
    CHECK(deliver(house.webhooks, 20) == 1);
    CHECK(deliver(house.webhooks, 20) == 0);
    house.clock.advance(30s);
    house.server.status = 0;
    CHECK(deliver(house.webhooks, 20) == 1);
    house.clock.advance(120s);
    house.server.status = 200;
    CHECK(deliver(house.webhooks, 20) == 2);
    std::map<std::string, int> times;
    for (std::size_t i = 0; i < house.server.asked.size(); ++i) ++times[house.server.header(i, "webhook-id")];
    CHECK(times.size() == 2);
    for (const Delivery& one : house.sent(id)) CHECK(one.state == DeliveryState::arrived);
    CHECK(house.one(id).failures == 0);
    // Three days of trouble end a delivery, five pause the webhook.
    (void)house.submit();
    house.fan();
    house.server.status = 503;
    for (int hour = 0; hour < 80; ++hour) {
      house.clock.advance(61min);
      deliver(house.webhooks, 20);
    }
    CHECK(house.sent(id).front().state == DeliveryState::given_up);
    CHECK(house.sent(id).front().status == 503);
    CHECK_FALSE(house.one(id).paused_at);
    house.clock.advance(48h);
    (void)house.submit();
    house.fan();
    deliver(house.webhooks, 20);
    CHECK(house.one(id).paused_why == Why::silent);
    CHECK(resume(house.webhooks, kAna, id));
    house.server.status = 200;
    CHECK(send_again(house.webhooks, kAna, id, house.sent(id).at(1).id));
    CHECK(deliver(house.webhooks, 20) == 2);
  });
}

TEST_CASE("an address that is gone, and a redirect") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto id = house.add_one({"application.submitted"});
    CHECK(try_out(house.webhooks, kAna, id));
    house.server.status = 307;
    CHECK(deliver(house.webhooks, 20) == 1);
    CHECK(house.sent(id).front().state == DeliveryState::waiting);
    house.clock.advance(5s);
    house.server.status = 410;
    CHECK(deliver(house.webhooks, 20) == 1);
    CHECK(house.one(id).paused_why == Why::gone);
    house.clock.advance(1h);
    CHECK(deliver(house.webhooks, 20) == 0);
    CHECK_FALSE(try_out(house.webhooks, kAna, id));
  });
}

TEST_CASE("what was done already is a conflict, what is not there is not found") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto id = house.add_one({"application.submitted"});
    const auto kind_of = [](const Result<void>& done) { return done.error().kind; };
    CHECK(kind_of(resume(house.webhooks, kAna, id)) == ErrorKind::conflict);
    CHECK(pause(house.webhooks, kAna, id));
    CHECK(kind_of(pause(house.webhooks, kAna, id)) == ErrorKind::conflict);
    CHECK(resume(house.webhooks, kAna, id));
    CHECK(kind_of(pause(house.webhooks, kAna, WebhookId{5})) == ErrorKind::not_found);
    CHECK(try_out(house.webhooks, kAna, id));
    const DeliveryId waiting = house.sent(id).front().id;
    CHECK(kind_of(send_again(house.webhooks, kAna, id, waiting)) == ErrorKind::conflict);
    CHECK(kind_of(send_again(house.webhooks, kAna, id, DeliveryId{5})) == ErrorKind::not_found);
    CHECK(deliver(house.webhooks, 20) == 1);
    CHECK(send_again(house.webhooks, kAna, id, waiting));
    // What was refused is no event.
    CHECK(house.count_of("event where kind = 'webhook_paused'") == 1);
    CHECK(house.count_of("event where kind = 'webhook_tried'") == 1);
    CHECK(house.count_of("event where kind = 'webhook_sent_again'") == 1);
  });
}

TEST_CASE("a new secret signs beside the one before for a day") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto id = house.add_one({"application.submitted"});
    const auto signs = [&](int generation) {
      CHECK(try_out(house.webhooks, kAna, id));
      house.server.asked.clear();
      CHECK(deliver(house.webhooks, 20) == 1);
      const std::string expected =
          signature(secret_bytes(house.key, id.value, generation), house.server.header(0, "webhook-id"),
                    std::stoll(house.server.header(0, "webhook-timestamp")), house.server.asked[0].body);
      return has(house.server.header(0, "webhook-signature"), expected);
    };
    CHECK(signs(1));
    CHECK(renew_secret(house.webhooks, kAna, id));
    CHECK(signs(1));
    CHECK(signs(2));
    house.clock.advance(25h);
    CHECK_FALSE(signs(1));
    CHECK(signs(2));
  });
}

TEST_CASE("who is ten thousand events behind is paused, and gets no more") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto id = house.add_one({"application.submitted"});
    database
        .write([&](db::Tx& tx) -> Result<bool> {
          tx.execute(rows::many, kMostWaiting, id, house.clock.now());
          return true;
        })
        .value();
    CHECK(try_out(house.webhooks, kAna, id).error().kind == ErrorKind::limit);
    house.clock.advance(1s);
    (void)house.submit();
    house.fan();
    CHECK(house.one(id).paused_why == Why::behind);
    CHECK(house.count_of("webhook_delivery") == kMostWaiting);
    CHECK(resume(house.webhooks, kAna, id));
    house.clock.advance(1s);
    (void)house.submit();
    house.fan();
    CHECK_FALSE(house.one(id).paused_at);
    CHECK(deliver(house.webhooks, 20) == 1);
    CHECK(remove(house.webhooks, kAna, id));
    CHECK(house.count_of("webhook_delivery") == 0);
    CHECK(remove(house.webhooks, kAna, id).error().kind == ErrorKind::not_found);
  });
}

TEST_CASE("what is over is forgotten after thirty days") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto id = house.add_one({"application.submitted"});
    CHECK(try_out(house.webhooks, kAna, id));
    deliver(house.webhooks, 20);
    CHECK(forget(house.webhooks) == 0);
    house.clock.advance(kKept + 1h);
    CHECK(forget(house.webhooks) == 1);
    CHECK(house.sent(id).empty());
  });
}

TEST_CASE("the pages add, show, tell a secret and remove") {
  for_each_database([](db::Database& database) {
    House house(database);
    CHECK(has(house.text(house.get("/staff/webhooks", "ada")), "No webhook yet"));
    for (const char* other : {"ana", "auditor", ""}) CHECK(house.get("/staff/webhooks", other).status != 200);
    const auto refused =
        house.post("/staff/webhooks", {{"url", "http://10.0.0.1/\"<b>"}, {"kinds", "application.moved"}}, "ada");
    CHECK(refused.status == 422);
    CHECK(has(house.text(refused), "http://10.0.0.1/&quot;&lt;b&gt;"));
    const auto added =
        house.post("/staff/webhooks", {{"url", "https://tool.example.org/in"}, {"kinds", "application.moved"}}, "ada");
    CHECK(added.status == 303);
    const auto id = database.read([&](db::Tx& tx) { return list(tx, house.programs->current()->slug); }).at(0).id;
    const std::string page = fmt::format("/staff/webhooks/{}", id.value);
    CHECK_FALSE(has(house.text(house.get(page, "ada")), "whsec_"));
    const auto told = house.post(page + "/secret", {{"_action", "show"}}, "ada");
    CHECK(has(house.text(told), secret_text(secret_bytes(house.key, id.value, 1)).substr(0, 20)));
    CHECK(house.post(page, {{"_action", "try"}}, "ada").status == 303);
    deliver(house.webhooks, 20);
    CHECK(has(house.text(house.get(page, "ada")), "webhook.trial"));
    CHECK(house.post(page, {{"_action", "explode"}}, "ada").status == 422);
    CHECK(house.post(page, {{"_action", "pause"}}, "ada").status == 303);
    CHECK(house.post(page, {{"_action", "try"}}, "ada").status == 409);
    CHECK(house.post(page, {{"_action", "remove"}}, "ada").status == 303);
    CHECK(house.get(page, "ada").status == 404);
    CHECK(house.get("/staff/webhooks/1", "ada").status == 404);
    CHECK(house.get("/staff/webhooks/x", "ada").status == 404);
    CHECK(house.count_of("event where kind like 'webhook_%'") == 4);
  });
}
