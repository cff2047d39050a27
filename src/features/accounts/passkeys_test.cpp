// Passkeys: made, used, and everything that must not let anybody in.
#include "features/accounts/passkeys.h"

#include <atomic>
#include <functional>
#include <thread>

#include "features/accounts/account_world.h"
#include "features/accounts/authenticator_for_test.h"

using namespace bursary;
using namespace bursary::accounts;
using namespace std::chrono_literals;

namespace {

struct World : AccountWorld {
  using AccountWorld::AccountWorld;
  Result<void> add(web::PersonId to, const AuthenticatorForTest& key, const char* name = "Laptop") {
    return add_passkey(parts, to, key.make(begin_passkey(parts, to, "ada@example.org").value()), name);
  }
  Result<std::string> enter(const AuthenticatorForTest& key) {
    return enter_by_passkey(parts, key.sign(begin_passkey_sign_in(parts).value()), {});
  }
};

}  // namespace

TEST_CASE("a passkey lets its person in, strongly") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const auto ada = world.person("ada@example.org");
    AuthenticatorForTest key;
    REQUIRE(world.add(ada, key));
    const auto session = world.enter(key);
    REQUIRE(session);
    const auto viewer = world.viewer(*session);
    REQUIRE(viewer);
    CHECK(viewer->person == ada);
    CHECK(viewer->strong);
    CHECK(viewer->proved_since(world.clock.now()));
    CHECK_FALSE(viewer->is_staff());
    world.give(ada, Role::coordinator);
    CHECK(world.viewer(*session)->may("screen_applications"));
    const auto has = database.read([&](db::Tx& tx) { return passkeys_of(tx, ada); });
    REQUIRE(has.size() == 1);
    CHECK(has[0].name == "Laptop");
    CHECK(has[0].used_at == world.clock.now());
    CHECK(world.events("passkey_added") == 1);
  });
}

TEST_CASE("an assertion works once, and not after its time") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    AuthenticatorForTest key;
    REQUIRE(world.add(world.person("ada@example.org"), key));
    const auto answer = key.sign(begin_passkey_sign_in(world.parts).value());
    CHECK(enter_by_passkey(world.parts, answer, {}));
    CHECK(enter_by_passkey(world.parts, answer, {}).error().kind == ErrorKind::forbidden);
    const auto late = key.sign(begin_passkey_sign_in(world.parts).value());
    world.clock.advance(kChallengeLife);
    CHECK(enter_by_passkey(world.parts, late, {}).error().kind == ErrorKind::forbidden);
  });
}

TEST_CASE("of twenty parallel posts of one assertion one gets in") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    AuthenticatorForTest key;
    REQUIRE(world.add(world.person("ada@example.org"), key));
    const auto answer = key.sign(begin_passkey_sign_in(world.parts).value());
    std::atomic<int> in{0};
    std::vector<std::thread> threads;
    threads.reserve(20);
    for (int i = 0; i < 20; ++i) threads.emplace_back([&] { in += enter_by_passkey(world.parts, answer, {}) ? 1 : 0; });
    for (std::thread& thread : threads) thread.join();
    CHECK(in == 1);
  });
}

TEST_CASE("what is not said by the owner's device, here and now, opens nothing") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const auto ada = world.person("ada@example.org");
    const AuthenticatorForTest key;
    REQUIRE(world.add(ada, key));
    const struct {
      const char* what;
      std::function<void(AuthenticatorForTest&)> bend;
    } cases[] = {
        {"another origin", [](auto& k) { k.origin = "https://apply.example.org.evil.example"; }},
        {"plain http", [](auto& k) { k.origin = "http://apply.example.org"; }},
        {"another host", [](auto& k) { k.host = "evil.example"; }},
        {"nobody verified", [](auto& k) { k.flags = 0x01; }},
        {"nobody there", [](auto& k) { k.flags = 0x04; }},
        {"a registration's words", [](auto& k) { k.get_type = "webauthn.create"; }},
        {"nobody's credential", [](auto& k) { k.credential_id = "another"; }},
        {"another key",
         [&](auto& k) {
           AuthenticatorForTest other;
           other.credential_id = key.credential_id;
           k = other;
         }},
    };
    for (const auto& one : cases) {
      CAPTURE(one.what);
      AuthenticatorForTest bent = key;
      one.bend(bent);
      CHECK(world.enter(bent).error().kind == ErrorKind::forbidden);
    }
    // A challenge for something else, and what is no answer at all.
    CHECK_FALSE(enter_by_passkey(world.parts, key.sign(begin_passkey_confirmation(world.parts, ada).value()), {}));
    CHECK_FALSE(enter_by_passkey(world.parts, key.sign(begin_passkey(world.parts, ada, "x").value()), {}));
    CHECK_FALSE(enter_by_passkey(world.parts, key.sign(R"({"challenge":"bm90IG91cnM"})"), {}));
    CHECK_FALSE(enter_by_passkey(world.parts, {}, {}));
    CHECK_FALSE(enter_by_passkey(world.parts,
                                 {std::string(5000, 'x'), {std::string(5000, '{'), "\xff", std::string(1, '\0')}}, {}));
    auto cut = key.sign(begin_passkey_sign_in(world.parts).value());
    cut.assertion.signature.pop_back();
    CHECK_FALSE(enter_by_passkey(world.parts, cut, {}));
    CHECK(world.enter(key));
    CHECK(world.events("sign_in_refused") >= 6);
  });
}

TEST_CASE("a counter that goes back means a copy") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    AuthenticatorForTest key;
    key.count = 5;
    REQUIRE(world.add(world.person("ada@example.org"), key));
    key.count = 7;
    CHECK(world.enter(key));
    CHECK_FALSE(world.enter(key));
    key.count = 6;
    CHECK_FALSE(world.enter(key));
    key.count = 8;
    CHECK(world.enter(key));
  });
}

TEST_CASE("a passkey is added by its own person's challenge alone, and to one account") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const auto ada = world.person("ada@example.org"), eve = world.person("eve@example.org");
    const AuthenticatorForTest key;
    const auto made = key.make(begin_passkey(world.parts, ada, "ada").value());
    CHECK(add_passkey(world.parts, eve, made, "mine").error().kind == ErrorKind::forbidden);
    CHECK(add_passkey(world.parts, ada, made, "mine").has_value());
    CHECK(add_passkey(world.parts, ada, made, "again").error().kind == ErrorKind::forbidden);
    CHECK(world.add(eve, key).error().kind == ErrorKind::conflict);
    AuthenticatorForTest weak;
    weak.flags = 0x01;
    CHECK(world.add(ada, weak).error().kind == ErrorKind::forbidden);
    const auto foreign = database.read([&](db::Tx& tx) { return passkeys_of(tx, ada); }).at(0).id;
    CHECK_FALSE(remove_passkey(world.parts, eve, foreign).value());
    CHECK(remove_passkey(world.parts, ada, foreign).value());
    CHECK_FALSE(world.enter(key));
  });
}

TEST_CASE("confirming renews the session, and only with one's own passkey") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const auto ada = world.person("ada@example.org"), eve = world.person("eve@example.org");
    AuthenticatorForTest hers, evil;
    evil.credential_id = "eve's";
    REQUIRE(world.add(ada, hers));
    REQUIRE(world.add(eve, evil));
    const std::string session = world.session(ada, Strength::mail);
    CHECK_FALSE(world.viewer(session)->strong);
    const auto ask = [&] { return begin_passkey_confirmation(world.parts, ada).value(); };
    CHECK_FALSE(confirm_by_passkey(world.parts, ada, evil.sign(ask()), {session, ""}));
    CHECK_FALSE(confirm_by_passkey(world.parts, eve, evil.sign(ask()), {session, ""}));
    CHECK_FALSE(world.viewer(session)->strong);
    const auto fresh = confirm_by_passkey(world.parts, ada, hers.sign(ask()), {session, ""});
    REQUIRE(fresh);
    CHECK(*fresh != session);
    CHECK_FALSE(world.viewer(session).has_value());
    CHECK(world.viewer(*fresh)->strong);
    world.clock.advance(16min);
    CHECK_FALSE(world.viewer(*fresh)->proved_since(world.clock.now() - 15min));
  });
}
