#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <set>

#include "base/crypto.h"
#include "features/rehearsal/rehearsal.h"
#include "features/rehearsal/test_rows.sql.h"
#include "tests/support/databases.h"

using namespace bursary;
using namespace bursary::rehearsal;
using namespace std::chrono_literals;
namespace rows = sql::rehearsal::test_rows;

namespace {

struct World {
  explicit World(db::Database& database)
      : ids(clock, 0),
        programs(std::move(programs::Programs::open({}, problems).value())),
        versions(database),
        key(SigningKey::from_seed(std::string(32, 'k'))),
        parts{
            database, clock, random, ids, *programs, versions, key, "https://apply.example.org", std::string(32, 's')} {
  }

  FakeClock clock{Instant{1'772'357'401'000'000}};
  SystemRandom random;
  IdSource ids;
  std::vector<programs::Problem> problems;
  std::unique_ptr<programs::Programs> programs;
  applications::FormVersions versions;
  SigningKey key;
  applications::Parts parts;
};

std::vector<std::string> cells(const db::Rows& all, std::vector<std::size_t> without = {}) {
  std::vector<std::string> out;
  for (const db::Row& row : all) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (std::find(without.begin(), without.end(), i) != without.end()) continue;
      std::string cell = "null";
      if (!row.is_null(i)) {
        try {
          cell = std::to_string(row.integer(i));
        } catch (const std::logic_error&) {
          cell = row.text(i);
        }
      }
      out.push_back(cell);
    }
  }
  return out;
}

// All that one application is, but for what is drawn anew each time.
std::vector<std::vector<std::string>> shape(db::Database& database) {
  return database.read([](db::Tx& tx) {
    const db::Row newest = *tx.find(rows::newest);
    const std::int64_t id = newest.integer(0), queue_id = newest.integer(1);
    std::vector<std::string> placeholders;
    const db::Rows messages = tx.query(rows::messages, id);
    for (const db::Row& message : messages) {
      const boost::json::value document = boost::json::parse(message.text(3));
      for (const auto& [name, value] : document.as_object()) {
        placeholders.push_back(std::string(name) + (name == "reference" ? ""
                                                    : name == "link" ? " " + std::string(value.at("opens").as_string())
                                                                     : " " + std::string(value.as_string())));
      }
    }
    std::sort(placeholders.begin(), placeholders.end());
    return std::vector<std::vector<std::string>>{cells(tx.query(rows::columns, id)),
                                                 cells(tx.query(rows::submission, id), {4, 5}),
                                                 cells(tx.query(rows::areas, queue_id)),
                                                 cells(tx.query(rows::readings, id)),
                                                 cells(tx.query(rows::flags, id), {1}),
                                                 cells(tx.query(rows::events, id)),
                                                 cells(messages, {3}),
                                                 placeholders,
                                                 cells(tx.query(rows::backlog, queue_id))};
  });
}

// How many there are; each queue id belongs to the moment of its submission, and so their order is the same.
std::size_t submitted_in_order(db::Database& database) {
  return database.read([](db::Tx& tx) {
    const db::Rows order = tx.query(rows::order_of_submission);
    Instant last{0};
    for (const db::Row& row : order) {
      const Instant at = row.instant(0);
      if (at < last) FAIL_CHECK("out of order: " << to_rfc3339(at) << " after " << to_rfc3339(last));
      if (row.integer(1) < first_id_at(at) || row.integer(1) >= first_id_at(at + 1ms))
        FAIL_CHECK(row.integer(1) << " is no id of " << to_rfc3339(at));
      last = at;
    }
    return order.size();
  });
}

std::size_t different_names(db::Database& database) {
  return database.read([](db::Tx& tx) {
    std::set<std::string> names;
    for (const db::Row& row : tx.query(rows::names)) names.insert(std::string(row.text(0)));
    return names.size();
  });
}

}  // namespace

TEST_CASE("what is inserted is what a submission would have left") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    int drafts = 0, links = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
      const MadeApplication made = make_application({seed, 1}, 0, *world.programs->current(), world.clock.now());
      insert_applications(world.parts, {seed, 1}, [](std::int64_t) {});
      auto inserted = shape(database);

      World then(database);
      // Its ids must be the newest: drawn by the source that made the inserted one's.
      const applications::Parts parts{database,          then.clock,     world.random, world.ids,
                                      *world.programs,   world.versions, world.key,    world.parts.public_address,
                                      world.parts.secret};
      applications::SubmitRequest request;
      if (made.draft) {
        ++drafts;
        then.clock.advance(made.draft->started_at - then.clock.now());
        const auto draft =
            applications::start_draft(parts, *world.programs->current(), made.locale, made.answers, {}).value();
        request.link = draft.link.text;
        request.base_version = draft.version;
        if (made.draft->link_mailed_at) {
          ++links;
          then.clock.advance(*made.draft->link_mailed_at - then.clock.now());
          const std::string& email = made.answers.text(world.programs->current()->form.meanings.email);
          REQUIRE(applications::mail_draft_link(parts, draft.link.text, email).has_value());
        }
      }
      then.clock.advance(made.submitted_at - then.clock.now());
      request.locale = made.locale;
      request.answers = made.answers;
      request.flags = made.flags;
      request.key = "rehearsal " + std::to_string(seed);
      const auto submitted = applications::submit(parts, request);
      REQUIRE(submitted.has_value());
      auto real = shape(database);
      // A state that has moved on is the only difference, with an event for each move.
      auto& events = inserted.at(5);
      CHECK(events.size() == real.at(5).size() + 5 * made.moves.size());
      events.resize(std::min(events.size(), real.at(5).size()));
      inserted.at(0).at(1) = real.at(0).at(1);
      for (std::size_t i = 2; i < inserted.at(2).size(); i += 3) inserted.at(2).at(i) = "1";
      CHECK(inserted == real);
    }
    // Every way of coming in was met.
    CHECK(drafts > 0);
    CHECK(drafts < 12);
    CHECK(links > 0);
  });
}

TEST_CASE("many are inserted and none of their mails waits") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    std::vector<std::int64_t> told;
    insert_applications(world.parts, {5, 1500}, [&](std::int64_t done) { told.push_back(done); });
    CHECK(told == std::vector<std::int64_t>{1000, 1500});
    CHECK(submitted_in_order(database) == 1500);
    database.read([&](db::Tx& tx) {
      std::int64_t sum = 0;
      for (const db::Row& row : tx.query(rows::count_by_state)) sum += row.integer(1);
      CHECK(sum == 1500);
      CHECK(tx.query(rows::count_by_state).size() >= 9);
      CHECK(tx.find(rows::messages_that_wait)->integer(0) == 0);
      return true;
    });
  });
}

TEST_CASE("sets are added to real applications and to each other, in one order, of other people each time") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const auto seed = [&] { return database.read([](db::Tx& tx) { return seed_beside(tx, 5); }); };
    CHECK(seed() == 5);
    applications::SubmitRequest request;
    request.locale = "en";
    request.answers = make_application({3, 1}, 0, *world.programs->current(), world.clock.now()).answers;
    request.key = "a real one";
    REQUIRE(applications::submit(world.parts, request).has_value());
    world.clock.advance(1h);

    std::set<std::uint64_t> seeds = {5};
    for (int set = 1; set <= 3; ++set) {
      CHECK(seeds.insert(seed()).second);
      insert_applications(world.parts, {seed(), 300}, [](std::int64_t) {});
      CHECK(submitted_in_order(database) == 1 + 300 * set);
    }
    CHECK(different_names(database) > 800);
    // The very same set once more, at the very same moments: what must be one of a kind still is.
    const std::uint64_t again = seed();
    for (int set = 0; set < 2; ++set) insert_applications(world.parts, {again, 300}, [](std::int64_t) {});
    CHECK(submitted_in_order(database) == 1501);
    CHECK(different_names(database) < 1300);
  });
}

TEST_CASE("an inserted application has a receipt's digest that holds and a link that opens it") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    insert_applications(world.parts, {9, 1}, [](std::int64_t) {});
    database.read([&](db::Tx& tx) {
      const std::int64_t id = tx.find(rows::newest)->integer(0);
      const db::Row submission = *tx.find(rows::submission, id);
      const Sha256 digest = applications::answers_digest(submission.bytes(4), submission.text(3));
      CHECK(submission.bytes(5) == bytes_of(digest));
      const auto link = applications::LinkSecret::derive({id}, world.parts.secret);
      const auto found = applications::find_by_link(tx, link.text);
      REQUIRE(found.has_value());
      CHECK(found->id.value == id);
      CHECK(applications::read_reference(found->reference) == found->reference);
      return true;
    });
  });
}
