#include "features/defence/defence.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "base/crypto.h"
#include "features/defence/rates.h"
#include "features/defence/spent_proofs.h"

using namespace bursary;
using namespace bursary::defence;
using namespace std::chrono_literals;

namespace {

std::string secret() { return std::string(32, 's'); }

struct World {
  explicit World(Settings chosen = small()) : defence(clock, random, secret(), chosen) {}
  static Settings small() {
    Settings settings;
    settings.bits = 8;
    settings.most_bits = 12;
    return settings;
  }
  std::string proof() { return solve(defence.challenge()); }
  Verdict judge(const std::string& proof, const std::string& key, const std::string& peer = "203.0.113.9") {
    return defence.judge({.peer = peer, .proof = proof, .trap = {}, .key = key, .began = {}});
  }

  FakeClock clock{Instant{1'772'000'000'000'000}};
  SeededRandom random{7};
  Defence defence;
};

using Action = Verdict::Action;

}  // namespace

TEST_CASE("a solved challenge is accepted without any flag") {
  World world;
  const std::string proof = world.proof();
  world.clock.advance(5min);
  const Verdict verdict = world.judge(proof, "one");
  CHECK(verdict.action == Action::accept);
  CHECK_FALSE(verdict.without_proof);
  CHECK_FALSE(verdict.too_fast);
  CHECK_FALSE(verdict.repeated);
  CHECK(to_hex(bytes_of(sha256(proof))).substr(0, 2) == "00");
}

TEST_CASE("what is no proof of ours counts as none") {
  World world;
  const std::string good = world.proof();
  const Challenge challenge = world.defence.challenge();
  Defence foreign(world.clock, world.random, std::string(32, 'x'), World::small());
  std::string unsolved;
  for (int nonce = 0; unsolved.empty(); ++nonce) {
    const std::string tried = challenge.text + ':' + std::to_string(nonce);
    if (bytes_of(sha256(tried))[0] != '\0') unsolved = tried;
  }
  std::string easier = good;
  easier[11] = easier[11] == 'A' ? 'B' : 'A';  // the byte that holds the bits
  const std::string cases[] = {solve(foreign.challenge()),
                               unsolved,
                               easier,
                               challenge.text,
                               challenge.text + ":",
                               challenge.text + ":-1",
                               ":" + challenge.text,
                               good + " ",
                               good + "x",
                               ":",
                               "x:1",
                               std::string(100'000, 'A') + ":1"};
  for (const std::string& text : cases) {
    World fresh;
    const Verdict verdict = fresh.judge(text, "one");
    CHECK_MESSAGE(verdict.without_proof, text.substr(0, 80));
    CHECK(fresh.defence.figures().bad_proofs == 1);
  }
}

TEST_CASE("a challenge lasts two hours") {
  World world;
  const std::string early = world.proof();
  const std::string late = world.proof();
  world.clock.advance(2h);
  CHECK_FALSE(world.judge(early, "one").without_proof);
  world.clock.advance(1us);
  CHECK(world.judge(late, "two").without_proof);
}

TEST_CASE("a proof serves for one submission, and again for the same one") {
  World world;
  const std::string proof = world.proof();
  CHECK_FALSE(world.judge(proof, "one").repeated);
  const Verdict again = world.judge(proof, "one");
  CHECK(again.repeated);
  CHECK(again.action == Action::accept);
  CHECK_FALSE(again.without_proof);
  CHECK(world.defence.figures().accepted == 1);
  CHECK(world.judge(proof, "two").without_proof);
  CHECK(world.judge(proof, "").without_proof);
}

TEST_CASE("twenty posts at once of one proof for other keys: one of them is proven") {
  World world;
  const std::string proof = world.proof();
  std::atomic<int> proven{0};
  std::vector<std::thread> threads;
  threads.reserve(20);
  for (int i = 0; i < 20; ++i) {
    threads.emplace_back([&, i] { proven += world.judge(proof, std::to_string(i)).without_proof ? 0 : 1; });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(proven == 1);
}

TEST_CASE("without proof five an hour come from one address, then the answers are held") {
  World world;
  for (int i = 0; i < 5; ++i) {
    const Verdict verdict = world.judge("", std::to_string(i));
    CHECK(verdict.action == Action::accept);
    CHECK(verdict.without_proof);
  }
  const Verdict held = world.judge("", "sixth");
  CHECK(held.action == Action::hold);
  CHECK(held.message.key == "defence.hold.without_proof");
  CHECK(held.retry_after > 0s);
  CHECK(held.retry_after <= 2h);
  // Another address is not touched by it, nor is who brings a proof.
  CHECK(world.judge("", "other", "203.0.113.10").action == Action::accept);
  CHECK(world.judge(world.proof(), "proven").action == Action::accept);
  world.clock.advance(held.retry_after);
  CHECK(world.judge("", "later").action == Action::accept);
}

TEST_CASE("a held submission spends no proof and comes through later") {
  Settings settings = World::small();
  settings.proven_per_address = 1;
  World world(settings);
  CHECK(world.judge(world.proof(), "one").action == Action::accept);
  const std::string proof = world.proof();
  const Verdict held = world.judge(proof, "two");
  CHECK(held.action == Action::hold);
  CHECK(held.message.key == "defence.hold.many");
  CHECK(world.judge(proof, "two").action == Action::hold);
  world.clock.advance(held.retry_after);
  CHECK(world.judge(proof, "two").action == Action::accept);
}

TEST_CASE("the whole program has a budget of what comes without proof") {
  Settings settings = World::small();
  settings.unproven_per_program = 20;
  World world(settings);
  for (int i = 0; i < 20; ++i) {
    CHECK(world.judge("", std::to_string(i), "198.51.100." + std::to_string(i)).action == Action::accept);
  }
  const Verdict held = world.judge("", "one too many", "198.51.100.200");
  CHECK(held.action == Action::hold);
  const Verdict stale = world.judge("AAAA:1", "stale", "198.51.100.201");
  CHECK(stale.action == Action::hold);
  CHECK(stale.message == Phrase("defence.hold.stale_proof"));
}

TEST_CASE("an IPv6 subscriber is one address, a spelling is no disguise") {
  CHECK(address_group("203.0.113.9") == "203.0.113.9");
  CHECK(address_group("2001:db8:1:2:3::4") == "2001:db8:1:2::/64");
  CHECK(address_group("2001:0DB8:0001:0002:ffff:ffff:ffff:ffff") == "2001:db8:1:2::/64");
  CHECK(address_group("::ffff:203.0.113.9") == "203.0.113.9");
  CHECK(address_group("fe80::1%eth0") == "fe80::/64");
  CHECK(address_group("unknown") == "unknown");
}

TEST_CASE("the trap and the time it took are told and refuse nobody") {
  World world;
  const Verdict trapped = world.defence.judge(
      {.peer = "203.0.113.9", .proof = "", .trap = "https://spam.example", .key = "a", .began = {}});
  CHECK(trapped.action == Action::accept);
  CHECK(trapped.trapped);
  const std::string quick = world.proof();
  world.clock.advance(3s);
  CHECK(world.judge(quick, "b").too_fast);
  // A draft that was begun yesterday is not fast, however new its challenge is.
  const Instant yesterday = world.clock.now() - 24h;
  CHECK_FALSE(
      world.defence.judge({.peer = "203.0.113.9", .proof = world.proof(), .trap = "", .key = "c", .began = yesterday})
          .too_fast);
  CHECK_FALSE(world.judge("", "d").too_fast);  // nothing is known
}

TEST_CASE("the work grows a little under load and falls again") {
  Settings settings = World::small();
  settings.calm_per_minute = 10;
  World world(settings);
  CHECK(world.defence.challenge().bits == 8);
  const auto submit = [&](int count) {
    for (int i = 0; i < count; ++i) world.judge("", "");
  };
  submit(10);
  CHECK(world.defence.challenge().bits == 9);
  submit(15);
  CHECK(world.defence.challenge().bits == 10);
  submit(1000);
  CHECK(world.defence.challenge().bits == 12);
  CHECK(world.defence.figures().bits == 12);
  world.clock.advance(2min);
  CHECK(world.defence.challenge().bits == 8);
}

TEST_CASE("what drafts take up is limited: new ones, and bytes of one address, and words in all") {
  Settings settings = World::small();
  settings.drafts_per_address = 3;
  settings.draft_kilobytes_per_address = 100;
  settings.draft_kilobytes_in_all = 150;
  World world(settings);
  const auto admit = [&](const std::string& peer, bool is_new, std::size_t words, std::size_t files = 0) {
    return world.defence.admit_draft({peer, is_new, words, files});
  };
  for (int i = 0; i < 3; ++i) CHECK(admit("203.0.113.9", true, 10).action == Action::accept);
  const Verdict held = admit("203.0.113.9", true, 10);
  CHECK(held.action == Action::hold);
  CHECK(held.message.key == "defence.hold.drafts");
  CHECK(held.retry_after > 0s);
  // What was begun goes on, to the limit of its bytes: 3 of 100 kilobytes are taken.
  CHECK(admit("203.0.113.9", false, 40 << 10).action == Action::accept);
  CHECK(admit("203.0.113.9", false, 0, 57 << 10).action == Action::accept);
  CHECK(admit("203.0.113.9", false, 1).action == Action::hold);
  CHECK(admit("203.0.113.9", false, 0).action == Action::accept);  // shortened, or the same again
  // Another address has room of its own, until all together are too many. What is held counts nowhere.
  CHECK(admit("198.51.100.1", true, 90 << 10).action == Action::accept);
  CHECK(admit("198.51.100.2", true, 18 << 10).action == Action::hold);
  CHECK(admit("198.51.100.2", true, 17 << 10).action == Action::accept);
  CHECK(admit("198.51.100.3", true, 1).action == Action::hold);
  CHECK(admit("198.51.100.3", false, 0, 90 << 10).action == Action::accept);  // files count for their address alone
  CHECK(admit("198.51.100.3", false, 0, 200 << 10).action == Action::hold);   // never, however long one waits
  CHECK(world.defence.figures().drafts_held == 5);
  world.clock.advance(held.retry_after);
  CHECK(admit("203.0.113.9", true, 0).action == Action::accept);
}

TEST_CASE("switched off, it accepts everything and flags nothing") {
  Settings settings;
  settings.enabled = false;
  World world(settings);
  for (int i = 0; i < 100; ++i) {
    const Verdict verdict =
        world.defence.judge({.peer = "203.0.113.9", .proof = "", .trap = "x", .key = "", .began = {}});
    CHECK(verdict.action == Action::accept);
    CHECK_FALSE(verdict.without_proof);
    CHECK_FALSE(verdict.trapped);
  }
}

TEST_CASE("a weak secret is refused at start") {
  FakeClock clock{Instant{0}};
  SeededRandom random{1};
  CHECK_THROWS_AS(Defence(clock, random, std::string(31, 's')), std::invalid_argument);
}

TEST_CASE("rates slide: what was an hour ago fades, and the wait that is told is enough") {
  Rates rates(1h, 100);
  const Instant start{3'600'000'000LL * 1000};  // the edge of a window
  for (int i = 0; i < 4; ++i) rates.count("a", start + 30min);
  CHECK(rates.counted("a", start + 59min) == 4);
  CHECK(rates.counted("a", start + 90min) == 2);
  CHECK(rates.counted("a", start + 2h) == 0);
  for (const int limit : {1, 2, 3, 4}) {
    for (const auto at : {start + 30min, start + 59min, start + 61min, start + 80min}) {
      const auto wait = rates.until_room("a", limit, at);
      CHECK(rates.has_room("a", limit, at) == (wait == 0s));
      CHECK(rates.has_room("a", limit, at + wait));
      if (wait > 2s) CHECK_FALSE(rates.has_room("a", limit, at + wait - 2s));
    }
  }
}

TEST_CASE("rates weigh amounts, and the wait that is told is enough for the amount") {
  Rates rates(60min, 10);
  Instant now{1'772'000'000'000'000 / 3'600'000'000 * 3'600'000'000};
  CHECK(rates.has_room("a", 1'000'000'000, now, 1'000'000'000));
  CHECK_FALSE(rates.has_room("a", 1'000'000'000, now, 1'000'000'001));
  rates.count("a", now, 900'000'000);
  CHECK(rates.counted("a", now) == 900'000'000);
  CHECK_FALSE(rates.has_room("a", 1'000'000'000, now, 200'000'000));
  const auto wait = rates.until_room("a", 1'000'000'000, now, 200'000'000);
  CHECK(wait > 60min);
  CHECK_FALSE(rates.has_room("a", 1'000'000'000, now + wait - 2s, 200'000'000));
  CHECK(rates.has_room("a", 1'000'000'000, now + wait, 200'000'000));
}

TEST_CASE("rates keep to their memory, and forget the old first") {
  Rates rates(1h, 3);
  const Instant start{3'600'000'000LL * 1000};
  for (const char* name : {"a", "b", "c", "d"}) rates.count(name, start);
  CHECK(rates.size() == 3);
  CHECK_FALSE(rates.has_room("d", 5, start));  // no room to remember it: it needs a proof
  CHECK(rates.has_room("a", 5, start));
  CHECK(rates.has_room("d", 5, start + 3h));
  rates.count("d", start + 3h);
  CHECK(rates.size() == 1);
}

TEST_CASE("spent proofs are bounded and end with their life") {
  using Use = SpentProofs::Use;
  SpentProofs spent(2h, 3);
  const Instant start{0};
  for (const char* id : {"a", "b", "c"}) spent.spend(id, "key", start);
  CHECK(spent.find("a", "key") == Use::by_same);
  CHECK(spent.find("a", "other") == Use::by_other);
  CHECK(spent.find("a", "") == Use::by_other);
  spent.spend("d", "key", start + 1h);
  CHECK(spent.size() == 3);
  CHECK(spent.find("a", "key") == Use::unused);
  spent.spend("e", "key", start + 150min);
  CHECK(spent.size() == 2);
  CHECK(spent.find("d", "key") == Use::by_same);
}
