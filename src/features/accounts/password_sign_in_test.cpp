// Passwords with codes: both halves, guessing, replay, and what a stolen half is worth.
#include "features/accounts/password_sign_in.h"

#include <oath.h>

#include <atomic>
#include <thread>

#include "base/derived_secret.h"
#include "features/accounts/account_world.h"
#include "features/accounts/password_hash.h"
#include "features/accounts/second_factor.h"

using namespace bursary;
using namespace bursary::accounts;
using namespace std::chrono_literals;

namespace {

constexpr const char* kPassword = "moss under seven quiet bridges";

struct World : AccountWorld {
  explicit World(db::Database& opened) : AccountWorld(opened), ada(person("ada@example.org")) {
    const std::string begun = begin_code_app(parts, ada).value();
    app = must(id_in_secret(begun));
    recovery = set_password_and_app(parts, ada, begun, code(), kPassword, {}).value();
    clock.advance(30s);
  }
  // What the app shows now.
  std::string code() const {
    std::string typed = code_app_secret(parts, app, "x", "y").typed;
    std::erase(typed, ' ');
    char* secret = nullptr;
    std::size_t size = 0;
    oath_base32_decode(typed.data(), typed.size(), &secret, &size);
    char digits[7];
    oath_totp_generate(secret, size, static_cast<time_t>(clock.now().micros / 1'000'000), 30, 0, 6, digits);
    std::free(secret);
    return digits;
  }
  std::string begin(const std::string& device = {}) {
    return begin_by_password(parts, "Ada@Example.org", kPassword, device).value();
  }

  web::PersonId ada;
  std::int64_t app = 0;
  std::vector<std::string> recovery;
};

}  // namespace

TEST_CASE("a password is kept as Argon2id with the cost that is asked for, and renewed when that grows") {
  const std::string hash = hash_password(kPassword);
  CHECK(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  CHECK(password_holds(hash, kPassword));
  CHECK_FALSE(password_holds(hash, "moss under seven quiet bridge"));
  CHECK_FALSE(password_holds("", kPassword));
  CHECK_FALSE(password_holds("", ""));
  CHECK_FALSE(wants_new_hash(hash));
  CHECK(hash_password(kPassword) != hash);
}

TEST_CASE("what is taken as a password") {
  const auto problem = [](std::string_view password, const std::vector<std::string>& own = {}) {
    const auto checked = check_new_password(password, own);
    return checked ? std::string("taken") : checked.error().message.key;
  };
  CHECK(problem(kPassword) == "taken");
  CHECK(problem("đường phố Hà Nội mùa thu") == "taken");
  CHECK(problem("short") == "accounts.password.short");
  CHECK(problem(std::string(257, 'x')) == "accounts.password.long");
  for (const char* common : {"passwordpassword", "123456789012", "qwertyuiop12", "iloveyou1234"})
    CHECK_MESSAGE(problem(common) == "accounts.password.common", common);
  CHECK(problem("grace.hopper", {"grace.hopper"}) == "accounts.password.common");
}

TEST_CASE("a password and then a code let in, strongly; the password alone does not") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string begun = world.begin();
    CHECK_FALSE(world.viewer(begun).has_value());
    const auto admitted = finish_by_code(world.parts, begun, world.code(), {});
    REQUIRE(admitted);
    CHECK(world.viewer(admitted->session)->strong);
    CHECK(world.viewer(admitted->session)->person == world.ada);
    // The first half is used up.
    world.clock.advance(30s);
    CHECK(finish_by_code(world.parts, begun, world.code(), {}).error().kind == ErrorKind::conflict);
  });
}

TEST_CASE("a code is taken once, also when it is replayed in another sign-in") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string code = world.code();
    CHECK(finish_by_code(world.parts, world.begin(), code, {}));
    CHECK(finish_by_code(world.parts, world.begin(), code, {}).error().kind == ErrorKind::invalid);
    world.clock.advance(30s);
    CHECK(finish_by_code(world.parts, world.begin(), world.code(), {}));
    // One step early or late is taken, two are not.
    world.clock.advance(5min);
    const std::string early = world.code();
    world.clock.advance(60s);
    CHECK_FALSE(finish_by_code(world.parts, world.begin(), early, {}));
  });
}

TEST_CASE("a recovery code lets in once, however it is typed") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    REQUIRE(world.recovery.size() == 10);
    std::string typed = world.recovery[3];
    for (char& c : typed) c = c == '-' ? ' ' : static_cast<char>(std::tolower(c));
    CHECK(finish_by_code(world.parts, world.begin(), typed, {}));
    CHECK_FALSE(finish_by_code(world.parts, world.begin(), typed, {}));
    CHECK(database.read([&](db::Tx& tx) { return password_state(tx, world.ada).recovery_codes; }) == 9);
    const auto fresh = new_recovery_codes(world.parts, world.ada).value();
    CHECK_FALSE(finish_by_code(world.parts, world.begin(), world.recovery[4], {}));
    CHECK(finish_by_code(world.parts, world.begin(), fresh[0], {}));
  });
}

TEST_CASE("one code under twenty parallel posts opens one session") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    std::vector<std::string> begun;
    begun.reserve(20);
    for (int i = 0; i < 20; ++i) begun.push_back(world.begin());
    const std::string code = world.code();
    std::atomic<int> in{0};
    std::vector<std::thread> threads;
    threads.reserve(20);
    for (int i = 0; i < 20; ++i)
      threads.emplace_back(
          [&, i] { in += finish_by_code(world.parts, begun[static_cast<std::size_t>(i)], code, {}) ? 1 : 0; });
    for (std::thread& thread : threads) thread.join();
    CHECK(in == 1);
  });
}

TEST_CASE("five codes, then the password again") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string begun = world.begin();
    for (int i = 0; i < kSecondFactorAttempts; ++i)
      CHECK(finish_by_code(world.parts, begun, "000000", {}).error().kind == ErrorKind::invalid);
    CHECK(finish_by_code(world.parts, begun, world.code(), {}).error().kind == ErrorKind::conflict);
    const std::string late = world.begin();
    world.clock.advance(kSecondFactorLife);
    CHECK(finish_by_code(world.parts, late, world.code(), {}).error().kind == ErrorKind::conflict);
    CHECK(finish_by_code(world.parts, "", world.code(), {}).error().kind == ErrorKind::conflict);
  });
}

TEST_CASE("guessing is slow, tells nothing, and locks nobody out") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const auto admitted = finish_by_code(world.parts, world.begin(), world.code(), {});
    REQUIRE(admitted);
    const auto guess = [&](const char* email, const std::string& device = {}) {
      return begin_by_password(world.parts, email, "not her password at all", device).error();
    };
    const Error known = guess("ada@example.org"), unknown = guess("nobody@example.org");
    CHECK(known.kind == unknown.kind);
    CHECK(known.message == unknown.message);
    for (int i = 1; i < kAttemptsAnHour; ++i) {
      CHECK(guess("ada@example.org").kind == ErrorKind::invalid);
      CHECK(guess("nobody@example.org").kind == ErrorKind::invalid);
    }
    CHECK(guess("ada@example.org").kind == ErrorKind::limit);
    CHECK(guess("nobody@example.org").kind == ErrorKind::limit);
    CHECK(begin_by_password(world.parts, "ada@example.org", kPassword, {}).error().kind == ErrorKind::limit);
    // Her own browser is not locked out by that, and a made-up device is no device.
    CHECK(begin_by_password(world.parts, "ada@example.org", kPassword, admitted->device));
    CHECK_FALSE(begin_by_password(world.parts, "ada@example.org", kPassword, "made up"));
    world.clock.advance(61min);
    CHECK(begin_by_password(world.parts, "ada@example.org", kPassword, {}));
  });
}

TEST_CASE("parallel guesses have no more attempts than one after the other") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    std::atomic<int> looked{0};
    std::vector<std::thread> threads;
    threads.reserve(24);
    for (int i = 0; i < 24; ++i) {
      threads.emplace_back([&] {
        const auto begun = begin_by_password(world.parts, "ada@example.org", "a guess of somebody else", {});
        looked += !begun && begun.error().kind == ErrorKind::invalid ? 1 : 0;
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(looked == kAttemptsAnHour);
  });
}

TEST_CASE("who is in confirms by both, and a removed password opens nothing") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::string weak = world.session(world.ada, Strength::mail);
    CHECK_FALSE(confirm_by_password(world.parts, world.ada, "wrong", world.code(), {weak, ""}));
    CHECK_FALSE(confirm_by_password(world.parts, world.ada, kPassword, "000000", {weak, ""}));
    CHECK_FALSE(world.viewer(weak)->strong);
    const auto fresh = confirm_by_password(world.parts, world.ada, kPassword, world.code(), {weak, ""});
    REQUIRE(fresh);
    CHECK(world.viewer(*fresh)->strong);
    REQUIRE(remove_password(world.parts, world.ada));
    CHECK_FALSE(begin_by_password(world.parts, "ada@example.org", kPassword, {}));
  });
}

TEST_CASE("no row holds the app's secret, a code or the password") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    constexpr db::Query<0> kRows{
        "trial.rows",
        "select hash || (select id from code_app) || (select hex(hash) from recovery_code limit 1) from password",
        "select hash || (select id from code_app)::text || (select encode(hash, 'hex') from recovery_code limit 1) "
        "from password"};
    const std::string rows = database.read([&](db::Tx& tx) { return tx.query(kRows).at(0).text(0); });
    std::string secret = code_app_secret(world.parts, world.app, "x", "y").typed;
    std::erase(secret, ' ');
    CHECK(rows.find(secret) == std::string::npos);
    CHECK(rows.find(kPassword) == std::string::npos);
    for (const std::string& code : world.recovery) CHECK(rows.find(code) == std::string::npos);
  });
}
