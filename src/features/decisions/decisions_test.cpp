// The rules of decisions, releases, appeals and clocks, on both databases.
#include "features/decisions/decisions.h"

#include <thread>

#include "tests/support/staff_house.h"
#include "tests/support/troubled_database.h"

using namespace bursary;
using namespace bursary::decisions;
using namespace bursary::testing;
using namespace std::chrono_literals;

namespace {

struct House : StaffHouse {
  explicit House(db::Database& opened) : StaffHouse(opened), decisions{parts, 600s} {}
  // Decided, pending.
  applications::Application pending(const Choice& choice, web::PersonId by = kAna) {
    const auto application = submit();
    place(application.id, {State::screening, State::in_review});
    REQUIRE(decide(decisions, {application.id, State::in_review, by}, choice));
    return application;
  }
  Decision open(ApplicationId id) {
    const auto found = database.read([&](db::Tx& tx) { return open_decision(tx, id); });
    REQUIRE(found);
    return found.value_or(Decision{});
  }
  std::vector<Chosen> everything() {
    return database.read(
        [&](db::Tx& tx) { return all_pending(tx, programs->current()->slug, std::nullopt, clock.now()); });
  }
  std::int64_t release_id() {
    return database.read(
        [](db::Tx& tx) { return tx.query_composed("select id from decision_release", {}).at(0).integer(0); });
  }
  Parts decisions;
};

const Choice award{Kind::award, {}, "Good work.", {}};
const Choice decline{Kind::decline, "not-research", "It is a product.", "Discussed with Ben."};
const Choice waitlist{Kind::waitlist, {}, {}, {}};

}  // namespace

TEST_CASE("a decline needs a criterion of the program's and a reason; nothing is written without") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.submit();
    const Act act{application.id, State::submitted, kAna};
    const auto bare = decide(house.decisions, act, {Kind::decline, {}, " ", {}});
    REQUIRE_FALSE(bare);
    REQUIRE(bare.error().fields.size() == 2);
    CHECK(bare.error().fields[0].field == "criterion");
    CHECK(bare.error().fields[1].field == "reason");
    CHECK(decide(house.decisions, act, {Kind::decline, "no-such", "Why", {}}).error().fields[0].field == "criterion");
    CHECK(house.state_of(application.id) == State::submitted);
    REQUIRE(decide(house.decisions, act, decline));
    CHECK(house.state_of(application.id) == State::decided);
    CHECK(house.open(application.id).was == State::screening);
    CHECK(house.open(application.id).by_name == "Ana Lima");
    CHECK(house.mail_of(application.id).size() == 1);  // that it came in
    CHECK(house.count_of("event where kind = 'decision_made' and detail like '%product%'") == 0);
  });
}

TEST_CASE("of two who decide on the same application at once one is told of the other") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.submit();
    house.place(application.id, {State::screening, State::in_review});
    std::atomic<int> done{0}, conflicts{0};
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&, i] {
        const auto decided = decide(house.decisions, {application.id, State::in_review, i % 2 == 0 ? kAna : kBen},
                                    i % 2 == 0 ? award : decline);
        done += decided ? 1 : 0;
        conflicts += !decided && decided.error().kind == ErrorKind::conflict ? 1 : 0;
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(done == 1);
    CHECK(conflicts == 7);
    CHECK(house.count_of("decision") == 1);
  });
}

TEST_CASE("a pending decision is changed by who saw it last, and undone to where it was") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.pending(award);
    const Decision seen = house.open(application.id);
    REQUIRE(change_decision(house.decisions, seen.id, seen.version, kBen, decline));
    CHECK(change_decision(house.decisions, seen.id, seen.version, kAna, award).error().kind == ErrorKind::conflict);
    CHECK(undo_decision(house.decisions, seen.id, seen.version, kAna).error().kind == ErrorKind::conflict);
    CHECK(house.open(application.id).choice.kind == Kind::decline);
    CHECK(house.open(application.id).by == kBen);
    REQUIRE(undo_decision(house.decisions, seen.id, seen.version + 1, kAna));
    CHECK(house.state_of(application.id) == State::in_review);
    CHECK_FALSE(database.read([&](db::Tx& tx) { return open_decision(tx, application.id); }));
    // And decided again.
    REQUIRE(decide(house.decisions, {application.id, State::in_review, kAna}, award));
  });
}

TEST_CASE("a release is held, then each decision leaves with its move and one message") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto yes = house.pending(award), no = house.pending(decline), later = house.pending(waitlist);
    const auto made = make_release(house.decisions, kBen, house.everything());
    REQUIRE(made);
    CHECK(made->taken == 3);
    CHECK(run_releases(house.decisions, 100) == 0);
    CHECK(house.state_of(yes.id) == State::decided);
    REQUIRE(house.mail_of(yes.id).size() == 2);
    CHECK(house.mail_of(yes.id)[1].state == messages::State::held);
    house.clock.advance(601s);
    CHECK(run_releases(house.decisions, 100) == 3);
    CHECK(run_releases(house.decisions, 100) == 0);
    CHECK(house.state_of(yes.id) == State::awarded);
    CHECK(house.state_of(no.id) == State::declined);
    CHECK(house.state_of(later.id) == State::waitlisted);
    const auto mail = house.mail_of(no.id);
    REQUIRE(mail.size() == 2);
    CHECK(mail[1].state == messages::State::waiting);
    CHECK(mail[1].template_key == "decision_declined");
    const auto words = messages::words_of(*house.programs->current(), mail[1]).value();
    CHECK(has(words.plain, "It does not describe research"));
    CHECK(has(words.plain, "It is a product."));
    CHECK_FALSE(has(words.plain, "Discussed"));
    CHECK(house.count_of("decision_release where state = 2 and total = 3") == 1);
    CHECK(house.count_of("event where kind = 'decision_released'") == 3);
    CHECK(undo_release(house.decisions, made->id, kBen).error().kind == ErrorKind::conflict);
    CHECK(undo_decision(house.decisions, database.read([&](db::Tx& tx) { return released_decision(tx, yes.id)->id; }),
                        3, kBen)
              .error()
              .kind == ErrorKind::conflict);
  });
}

TEST_CASE("a release is one write with its event: a server that stops leaves all of it or nothing") {
  for_each_database([](db::Database& database) {
    House house(database);
    for (int i = 0; i < 3; ++i) house.pending(award);
    const auto chosen = house.everything();
    const auto before = database.figures().writes;
    const auto made = make_release(house.decisions, kBen, chosen);
    REQUIRE(made);
    CHECK(database.figures().writes == before + 1);
    CHECK(house.count_of("decision_release where state = 0 and total = 3") == 1);
    CHECK(house.count_of(fmt::format(R"(event where kind = 'release_made' and detail = '{{"release":{},"n":3}}')",
                                     made->id.value)) == 1);
    CHECK_FALSE(make_release(house.decisions, kBen, chosen));  // as they were seen before
    CHECK(house.count_of("decision_release") == 1);
    CHECK(house.count_of("event where kind = 'release_made'") == 1);
  });
}

TEST_CASE("a release of many leaves whole, also when its first ones left before the last were taken") {
  for_each_database([](db::Database& database) {
    House house(database);
    std::vector<Act> acts;
    acts.reserve(300);
    for (int i = 0; i < 300; ++i) acts.push_back({house.submit().id, State::submitted, kAna});
    REQUIRE(decide_many(house.decisions, acts, decline).size() == 300);
    const Parts at_once{house.decisions.applications, 0s};
    std::atomic<bool> over = false;
    std::thread leaves([&] {
      while (!over) run_releases(at_once, 1000);
    });
    const auto made = make_release(at_once, kAna, house.everything());
    over = true;
    leaves.join();
    run_releases(at_once, 1000);
    REQUIRE(made);
    CHECK(made->taken == 300);
    CHECK(house.count_of("decision where state = 2") == 300);
    CHECK(house.count_of("decision_release where state = 2 and total = 300") == 1);
    CHECK(house.count_of("event where kind = 'release_made'") == 2);
  });
}

TEST_CASE("a release that is undone while it is being made takes no more") {
  for_each_database([](db::Database& database) {
    House house(database);
    std::vector<Act> acts;
    acts.reserve(300);
    for (int i = 0; i < 300; ++i) acts.push_back({house.submit().id, State::submitted, kAna});
    REQUIRE(decide_many(house.decisions, acts, award).size() == 300);
    TroubledDatabase between(database);
    int writes = 0;
    between.before_write = [&] {
      if (++writes != 2) return;
      CHECK(undo_release(house.decisions, ReleaseId{house.release_id()}, kBen));
    };
    const applications::Parts& usual = house.parts;
    const applications::Parts interrupted{between,           usual.clock,          usual.random,
                                          usual.ids,         usual.programs,       usual.form_versions,
                                          usual.signing_key, usual.public_address, usual.secret};
    const auto made = make_release({interrupted, 600s}, kAna, house.everything());
    CHECK(made.error().kind == ErrorKind::conflict);
    CHECK(writes == 2);
    CHECK(house.count_of("decision where state = 0 and release_id is null") == 300);
    CHECK(house.count_of("message where template = 'decision_awarded'") == 0);
    house.clock.advance(1h);
    CHECK(run_releases(house.decisions, 1000) == 0);
  });
}

TEST_CASE("a release that is undone leaves nothing behind, and one decision can be kept back alone") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto a = house.pending(award), b = house.pending(decline);
    const auto made = make_release(house.decisions, kAna, house.everything());
    REQUIRE(made);
    const Decision leaving = house.open(a.id);
    CHECK(leaving.state == DecisionState::leaving);
    CHECK(change_decision(house.decisions, leaving.id, leaving.version, kAna, decline).error().kind ==
          ErrorKind::conflict);
    REQUIRE(undo_decision(house.decisions, leaving.id, leaving.version, kAna));
    CHECK(house.state_of(a.id) == State::in_review);
    CHECK(house.mail_of(a.id).size() == 1);
    REQUIRE(undo_release(house.decisions, made->id, kAna));
    CHECK(house.open(b.id).state == DecisionState::pending);
    CHECK(house.state_of(b.id) == State::decided);
    CHECK(house.mail_of(b.id).size() == 1);
    house.clock.advance(1h);
    CHECK(run_releases(house.decisions, 100) == 0);
    CHECK(undo_release(house.decisions, made->id, kAna).error().kind == ErrorKind::conflict);
    // Released later after all: one message.
    REQUIRE(make_release(house.decisions, kAna, house.everything()));
    house.clock.advance(1h);
    CHECK(run_releases(house.decisions, 100) == 1);
    CHECK(house.mail_of(b.id).size() == 2);
    CHECK(make_release(house.decisions, kAna, house.everything()).error().kind == ErrorKind::conflict);
    CHECK(house.count_of("decision_release") == 2);
  });
}

TEST_CASE("undone by one while it leaves by another: whatever comes first, decision and message stay together") {
  for_each_database([](db::Database& database) {
    House house(database);
    std::vector<applications::Application> all;
    all.reserve(12);
    for (int i = 0; i < 12; ++i) all.push_back(house.pending(i % 2 == 0 ? award : decline));
    REQUIRE(make_release(house.decisions, kAna, house.everything()));
    std::vector<Decision> seen;
    seen.reserve(all.size());
    for (const auto& one : all) seen.push_back(house.open(one.id));
    house.clock.advance(1h);
    std::thread leaves([&] { run_releases(house.decisions, 100); });
    std::thread again([&] { run_releases(house.decisions, 100); });
    int undone = 0;
    for (const Decision& one : seen) undone += undo_decision(house.decisions, one.id, one.version, kBen) ? 1 : 0;
    leaves.join();
    again.join();
    run_releases(house.decisions, 100);
    int told = 0;
    for (const auto& one : all) {
      const bool back = house.state_of(one.id) == State::in_review;
      CHECK(house.mail_of(one.id).size() == (back ? 1 : 2));
      if (!back) {
        ++told;
        CHECK(house.mail_of(one.id)[1].state == messages::State::waiting);
      }
    }
    CHECK(told + undone == 12);
  });
}

TEST_CASE("what was withdrawn meanwhile is overtaken, and nothing is written to its applicant") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto early = house.pending(award), late = house.pending(award), stays = house.pending(award);
    const auto withdraw = [&](ApplicationId id) {
      REQUIRE(database.write([&](db::Tx& tx) {
        return applications::move(tx, house.ids, house.clock.now(), id, {State::withdrawn, audit::By::applicant()});
      }));
    };
    withdraw(early.id);
    const auto made = make_release(house.decisions, kAna, house.everything());
    REQUIRE(made);
    CHECK(made->taken == 2);
    CHECK(made->skipped == 1);
    withdraw(late.id);
    house.clock.advance(1h);
    CHECK(run_releases(house.decisions, 100) == 2);
    CHECK(house.state_of(late.id) == State::withdrawn);
    CHECK(house.mail_of(late.id).size() == 1);
    CHECK(house.mail_of(stays.id).size() == 2);
    CHECK(house.count_of("decision where state = 4") == 2);
  });
}

TEST_CASE("what waits on the waiting list is awarded from there, and seems to be there until then") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.pending(waitlist);
    REQUIRE(make_release(house.decisions, kAna, house.everything()));
    house.clock.advance(1h);
    run_releases(house.decisions, 100);
    REQUIRE(decide(house.decisions, {application.id, State::waitlisted, kAna}, award));
    CHECK(house.state_of(application.id) == State::waitlisted);
    CHECK(decide(house.decisions, {application.id, State::waitlisted, kBen}, award).error().kind ==
          ErrorKind::conflict);
    const Decision seen = house.open(application.id);
    REQUIRE(undo_decision(house.decisions, seen.id, seen.version, kAna));
    CHECK(house.state_of(application.id) == State::waitlisted);
    REQUIRE(decide(house.decisions, {application.id, State::waitlisted, kAna}, award));
    REQUIRE(make_release(house.decisions, kAna, house.everything()));
    house.clock.advance(1h);
    CHECK(run_releases(house.decisions, 100) == 1);
    CHECK(house.state_of(application.id) == State::awarded);
  });
}

TEST_CASE("many are decided at once, each with its own result, and released in batches") {
  for_each_database([](db::Database& database) {
    House house(database);
    std::vector<Act> acts;
    for (int i = 0; i < 30; ++i) {
      const auto application = house.submit();
      acts.push_back({application.id, State::submitted, kAna});
    }
    house.place(acts[3].id, {State::screening});  // moved on meanwhile
    REQUIRE(decide(house.decisions, {acts[7].id, State::submitted, kBen}, award));
    std::ranges::reverse(acts);  // whatever the order they are named in
    std::swap(acts[3], acts[26]), std::swap(acts[7], acts[22]);
    CHECK(decide_many(house.decisions, acts, {Kind::decline, {}, {}, {}}).empty());
    const auto results = decide_many(house.decisions, acts, decline);
    REQUIRE(results.size() == 30);
    for (std::size_t i = 0; i < results.size(); ++i) CHECK(results[i].id == acts[i].id);
    for (std::size_t i = 0; i < results.size(); ++i) CHECK(results[i].refused.has_value() == (i == 3 || i == 7));
    CHECK(house.count_of("decision where state = 0") == 29);
    CHECK(house.state_of(acts[3].id) == State::screening);
    const auto made = make_release(house.decisions, kAna, house.everything());
    CHECK(made->taken == 29);
    house.clock.advance(1h);
    while (run_releases(house.decisions, 10) > 0) {
    }
    CHECK(house.count_of("decision where state = 2") == 29);
    CHECK(house.count_of("message where template = 'decision_declined' and state = 0") == 28);
  });
}

TEST_CASE("one appeal, decided by somebody else, who also decides anew") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.pending(decline);
    const std::string link = house.links.at(application.id.value);
    CHECK(make_appeal(house.decisions, link, "Look again", std::nullopt).error().kind == ErrorKind::conflict);
    REQUIRE(make_release(house.decisions, kBen, house.everything()));
    house.clock.advance(1h);
    run_releases(house.decisions, 100);
    CHECK(make_appeal(house.decisions, "no-such-link", "Look", std::nullopt).error().kind == ErrorKind::not_found);
    CHECK(make_appeal(house.decisions, link, "  ", std::nullopt).error().fields[0].field == "appeal");
    REQUIRE(make_appeal(house.decisions, link, "There is a method on page two.", std::nullopt));
    CHECK(make_appeal(house.decisions, link, "And again", std::nullopt).error().kind == ErrorKind::conflict);
    const Appeal appeal = *database.read([&](db::Tx& tx) { return appeal_of(tx, application.id); });
    CHECK(appeal.decided_first == kAna);
    CHECK(decide_appeal(house.decisions, appeal.id, true, "Yes.", kAna).error().kind == ErrorKind::forbidden);
    REQUIRE(decide_appeal(house.decisions, appeal.id, true, "You are right.", kBen));
    CHECK(decide_appeal(house.decisions, appeal.id, false, "No.", kBen).error().kind == ErrorKind::conflict);
    CHECK(house.state_of(application.id) == State::in_review);
    CHECK(house.mail_of(application.id).back().template_key == "appeal_heard");
    CHECK(decide(house.decisions, {application.id, State::in_review, kAna}, award).error().kind ==
          ErrorKind::forbidden);
    CHECK(house.state_of(application.id) == State::in_review);
    REQUIRE(decide(house.decisions, {application.id, State::in_review, kBen}, decline));
    const Decision seen = house.open(application.id);
    CHECK(change_decision(house.decisions, seen.id, seen.version, kAna, award).error().kind == ErrorKind::forbidden);
    REQUIRE(make_release(house.decisions, kBen, house.everything()));
    house.clock.advance(1h);
    run_releases(house.decisions, 100);
    CHECK(house.state_of(application.id) == State::declined);
    CHECK(make_appeal(house.decisions, link, "Once more", std::nullopt).error().kind == ErrorKind::conflict);
  });
}

TEST_CASE("an appeal that is turned down leaves the decision, and is told once") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.pending(decline);
    REQUIRE(make_release(house.decisions, kAna, house.everything()));
    house.clock.advance(1h);
    run_releases(house.decisions, 100);
    REQUIRE(make_appeal(house.decisions, house.links.at(application.id.value), "Look again", std::nullopt));
    const Appeal appeal = *database.read([&](db::Tx& tx) { return appeal_of(tx, application.id); });
    std::atomic<int> done{0};
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i)
      threads.emplace_back(
          [&] { done += decide_appeal(house.decisions, appeal.id, false, "It stays.", kBen) ? 1 : 0; });
    for (std::thread& thread : threads) thread.join();
    CHECK(done == 1);
    CHECK(house.state_of(application.id) == State::declined);
    CHECK(house.count_of("message where template = 'appeal_turned_down'") == 1);
  });
}

TEST_CASE("clocks run from when an application came to its step, and by the program's days") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto waits = house.submit();
    const auto screened = house.submit();
    house.clock.advance(24h * 4);
    house.place(screened.id, {State::screening});
    const auto look = [&] {
      return database.read(
          [&](db::Tx& tx) { return overdue_steps(tx, *house.programs->current(), house.clock.now(), 10); });
    };
    CHECK(look()[0].rows.empty());
    house.clock.advance(24h * 2);
    const auto steps = look();
    REQUIRE(steps[0].rows.size() == 1);
    CHECK(steps[0].rows[0].reference == waits.reference);
    CHECK(steps[0].rows[0].due == *waits.submitted_at + 24h * 5);
    CHECK(steps[1].rows.empty());
    house.clock.advance(24h * 9);
    REQUIRE(look()[1].rows.size() == 1);
    CHECK(look()[1].rows[0].reference == screened.reference);
    // Submitted again after a return: its clock begins anew.
    REQUIRE(database.write([&](db::Tx& tx) {
      return applications::move(tx, house.ids, house.clock.now(), waits.id, {State::returned, audit::By::staff(kAna)});
    }));
    house.clock.advance(1h);
    REQUIRE(database.write([&](db::Tx& tx) {
      return applications::move(tx, house.ids, house.clock.now(), waits.id, {State::submitted, audit::By::applicant()});
    }));
    CHECK(look()[0].rows.empty());
    house.clock.advance(24h * 6);
    CHECK(look()[0].rows.size() == 1);
  });
}
