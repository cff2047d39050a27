#include "features/audit/chain.h"

#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <thread>

#include "features/audit/audit.h"
#include "features/audit/test_rows.sql.h"
#include "tests/support/databases.h"

using namespace bursary;
using namespace bursary::audit;

namespace {

namespace rows = sql::audit::test_rows;

struct World {
  explicit World(db::Database& opened) : database(opened), job({database, clock, "node"}, writes) {}

  std::vector<std::int64_t> eight() {
    std::vector<std::int64_t> ids_of;
    ids_of.reserve(8);
    for (int i = 0; i < 8; ++i) ids_of.push_back(happened());
    return ids_of;
  }
  std::int64_t happened(std::string_view kind = "moved", std::string_view detail = "{}") {
    const std::int64_t id = ids.next_value();
    write(id, kind, detail);
    return id;
  }
  void write(std::int64_t id, std::string_view kind = "moved", std::string_view detail = "{}") {
    const std::string kept_kind(kind), kept_detail(detail);
    REQUIRE(database.write([&](db::Tx& tx) -> Result<bool> {
      write_event(tx, {EventId{id}, std::nullopt, kept_kind, By::staff({7}), clock.now(), kept_detail});
      return true;
    }));
  }
  template <class Query, class... Args>
  void tamper(const Query& query, const Args&... args) {
    REQUIRE(database.write([&](db::Tx& tx) -> Result<bool> {
      tx.execute(query, args...);
      return true;
    }));
  }
  void seal_all() {
    while (job.run_once(3) > 0) {
    }
  }
  Verification look(const std::vector<Head>& known = {}) { return verify(database, known); }

  db::Database& database;
  FakeClock clock{kIdEpoch + std::chrono::hours(1000)};
  IdSource ids{clock, 0};
  db::JobWrites writes;
  SealJob job;
};

}  // namespace

TEST_CASE("a head as text and back") {
  Head head{1024, sha256("x")};
  CHECK(to_string(head) == "1024:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
  CHECK(read_head(to_string(head)) == head);
  for (const char* wrong :
       {"", ":", "1024", "1024:", "1024:2d71", "-1:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
        "1024 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
        "1024:zd711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"})
    CHECK_MESSAGE(!read_head(wrong), wrong);
}

// The example of docs/formats/audit.md, which somebody may check by `printf … | sha256sum`.
TEST_CASE("a seal is the hash of the bytes that the format says") {
  const StoredEvent event{5, 17, "moved", 1, 9, {1'772'445'600'000'000}, R"({"from":"submitted","to":"screening"})"};
  const Head head = sealed({}, {1'772'445'601'000'000}, event);
  CHECK(head.number == 1);
  const std::string text =
      "bursary-audit-1\nnumber: 1\nprevious: 0000000000000000000000000000000000000000000000000000000000000000\n"
      "sealed_at: 1772445601000000\nevent: 5\napplication: 17\nkind: moved\nactor_kind: 1\nactor: 9\n"
      "at: 1772445600000000\ndetail: {\"from\":\"submitted\",\"to\":\"screening\"}\n";
  CHECK(head.hash == sha256(text));
  std::ifstream page(BURSARY_SOURCE_DIR "/docs/formats/audit.md");
  const std::string format((std::istreambuf_iterator<char>(page)), {});
  CHECK(format.find(text) != std::string::npos);
  CHECK(format.find(to_hex(bytes_of(head.hash))) != std::string::npos);
}

TEST_CASE("events are sealed once each, and the chain holds") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    CHECK(world.look().head.number == 0);
    CHECK_FALSE(world.look().problem);
    for (int i = 0; i < 10; ++i) world.happened();
    CHECK(world.look().unsealed == 10);
    CHECK(world.job.run_once(4) == 4);
    CHECK(world.look().unsealed == 6);
    world.seal_all();
    const Verification found = world.look();
    CHECK(found.head.number == 10);
    CHECK(found.unsealed == 0);
    CHECK_FALSE(found.problem);
    CHECK(database.read([](db::Tx& tx) { return chain_state(tx).head; }) == found.head);
  });
}

// Ids are in order of time, commits are not.
TEST_CASE("an event with an id below what was sealed is sealed as well") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::int64_t early = world.ids.next_value();
    for (int i = 0; i < 5; ++i) world.happened();
    world.seal_all();
    world.write(early);
    world.seal_all();
    const Verification found = world.look();
    CHECK(found.head.number == 6);
    CHECK_FALSE(found.problem);
    const auto last = database.read([](db::Tx& tx) { return tx.query(rows::all_seals).at(5).integer(1); });
    CHECK(last == early);
  });
}

TEST_CASE("nodes that seal beside each other while events come in seal each once") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    std::atomic<bool> writing = true;
    std::vector<std::thread> nodes;
    nodes.reserve(3);
    for (int n = 0; n < 3; ++n) {
      nodes.emplace_back([&, n] {
        db::JobWrites writes;
        FakeClock later(world.clock.now() + std::chrono::seconds(n * 1000));  // leases run out at once
        SealJob job({database, later, "node " + std::to_string(n)}, writes);
        bool last = false;
        while (!last) {
          last = !writing;
          while (job.run_once(7) > 0) later.advance(std::chrono::seconds(3000));
        }
      });
    }
    for (int i = 0; i < 200; ++i) world.happened();
    writing = false;
    for (auto& node : nodes) node.join();
    world.clock.advance(std::chrono::hours(1000));
    world.seal_all();
    const Verification found = world.look();
    CHECK(found.head.number == 200);
    CHECK(found.unsealed == 0);
    CHECK_FALSE(found.problem);
  });
}

TEST_CASE("another node's lease is waited for") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    world.happened();
    world.happened();
    CHECK(world.job.run_once(1) == 1);
    db::JobWrites writes;
    SealJob other({database, world.clock, "other"}, writes);
    CHECK(other.run_once(1) == 0);
    world.clock.advance(std::chrono::seconds(10));
    CHECK(other.run_once(1) == 1);
  });
}

TEST_CASE("whatever is done to what was sealed is found, and the event named") {
  struct Act {
    const char* name;
    std::function<void(World&, const std::vector<std::int64_t>&)> act;
    std::int64_t number;
    int event;  // index, -1: none known
    const char* what;
  };
  constexpr const char* kChanged = "event or seal is not what was sealed";
  const std::vector<Act> acts = {
      {"kind", [](World& w, const auto& e) { w.tamper(rows::change_kind, "submitted", e[3]); }, 4, 3, kChanged},
      {"detail", [](World& w, const auto& e) { w.tamper(rows::change_detail, "{ }", e[0]); }, 1, 0, kChanged},
      {"time", [](World& w, const auto& e) { w.tamper(rows::change_time, e[7]); }, 8, 7, kChanged},
      {"actor", [](World& w, const auto& e) { w.tamper(rows::change_actor, 8, e[2]); }, 3, 2, kChanged},
      {"no actor", [](World& w, const auto& e) { w.tamper(rows::change_actor, db::Null{}, e[2]); }, 3, 2, kChanged},
      {"removed", [](World& w, const auto& e) { w.tamper(rows::remove_event, e[5]); }, 6, 5, "the event was deleted"},
      {"seal removed", [](World& w, const auto&) { w.tamper(rows::remove_seal, 5); }, 5, -1, "seal 5 was deleted"},
      {"seal's time", [](World& w, const auto&) { w.tamper(rows::change_seal_time, 5); }, 5, 4, kChanged},
      {"reordered",
       [](World& w, const auto& e) {
         w.tamper(rows::point_seal, std::int64_t{-1}, 2);
         w.tamper(rows::point_seal, e[1], 3);
         w.tamper(rows::point_seal, e[2], 2);
       },
       2, 2, kChanged},
      {"inserted", [](World& w, const auto&) { w.tamper(rows::insert_event, 5); }, 0, -2,
       "the event was put in beside the chain"},
      {"inserted below zero", [](World& w, const auto&) { w.tamper(rows::insert_event, -5); }, 0, -3,
       "the event was put in beside the chain"},
      {"inserted with a seal",
       [](World& w, const auto&) {
         w.tamper(rows::insert_event, 5);
         w.tamper(rows::insert_seal, 9, 5, db::BytesView{bytes_of(sha256("x"))});
       },
       9, -2, kChanged},
      {"inserted with a seal before all",
       [](World& w, const auto&) {
         w.tamper(rows::insert_event, 5);
         w.tamper(rows::insert_seal, 0, 5, db::BytesView{bytes_of(sha256("x"))});
       },
       0, -2, "the event was put in beside the chain"},
      {"sealed one waits once more", [](World& w, const auto& e) { w.tamper(rows::insert_waiting, e[1]); }, 2, 1,
       "the event is sealed and waits once more"},
      {"one that never was waits", [](World& w, const auto&) { w.tamper(rows::insert_waiting, 5); }, 0, -2,
       "the event was deleted before it was sealed"},
  };
  for (const Act& act : acts) {
    CAPTURE(act.name);
    testing::for_each_database([&](db::Database& database) {
      World world(database);
      const std::vector<std::int64_t> events = world.eight();
      world.seal_all();
      REQUIRE_FALSE(world.look().problem);
      act.act(world, events);
      world.seal_all();  // the job mends nothing
      const auto problem = world.look().problem;
      REQUIRE(problem);
      CHECK(problem->number == act.number);
      const std::int64_t named = act.event >= 0    ? events[static_cast<std::size_t>(act.event)]
                                 : act.event == -1 ? 0
                                 : act.event == -2 ? 5
                                                   : -5;
      CHECK(problem->event == named);
      CHECK(problem->what == act.what);
    });
  }
}

TEST_CASE("a kept head tells that the chain was cut or made anew") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const std::vector<std::int64_t> events = world.eight();
    world.seal_all();
    const Head kept = world.look().head;
    CHECK_FALSE(world.look({kept}).problem);

    // Cut: by itself it looks whole.
    world.tamper(rows::remove_seals_after, 6);
    for (const std::size_t gone : {6U, 7U}) world.tamper(rows::remove_event, events[gone]);
    CHECK_FALSE(world.look().problem);
    const auto cut = world.look({kept}).problem;
    REQUIRE(cut);
    CHECK(cut->what == "the chain ends with seal 6, but seal 8 was there before");

    // Made anew from the fourth on, as long as before.
    world.tamper(rows::remove_seals_after, 3);
    world.tamper(rows::change_kind, "submitted", events[3]);
    for (std::size_t i = 3; i < 6; ++i) world.tamper(rows::insert_waiting, events[i]);
    for (int i = 0; i < 2; ++i) world.happened();
    world.seal_all();
    CHECK_FALSE(world.look().problem);
    const auto anew = world.look({kept}).problem;
    REQUIRE(anew);
    CHECK(anew->number == 8);
    CHECK(anew->what == "the chain up to here is not the one whose head was kept");
  });
}
