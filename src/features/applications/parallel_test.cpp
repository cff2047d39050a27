#include <doctest/doctest.h>

#include <set>
#include <thread>

#include "features/applications/email.h"
#include "features/applications/test_house.h"

using namespace bursary;
using namespace bursary::applications;
using bursary::testing::for_each_database;

namespace {

constexpr int kAtOnce = 20;

// Runs `act(i)` on kAtOnce threads that start together.
template <class T, class Act>
std::vector<T> at_once(Act act) {
  std::vector<std::optional<T>> results(kAtOnce);
  std::atomic<bool> go{false};
  std::vector<std::thread> threads;
  threads.reserve(kAtOnce);
  for (int i = 0; i < kAtOnce; ++i) {
    threads.emplace_back([&, i] {
      while (!go) std::this_thread::yield();
      results[static_cast<std::size_t>(i)].emplace(act(i));
    });
  }
  go = true;
  for (std::thread& thread : threads) thread.join();
  std::vector<T> out;
  out.reserve(kAtOnce);
  for (auto& result : results) {
    if (result) out.push_back(std::move(*result));
  }
  return out;
}

void check_one(House& house, const std::vector<Result<Submitted>>& results) {
  std::set<std::string> references, links;
  int fresh = 0;
  for (const auto& result : results) {
    REQUIRE(result.has_value());
    references.insert(result->application.reference);
    links.insert(result->link);
    fresh += result->repeated ? 0 : 1;
  }
  CHECK(fresh == 1);
  CHECK(references.size() == 1);
  CHECK(links.size() == 1);
  CHECK(house.count("application") == 1);
  CHECK(house.count("submission") == 1);
  CHECK(house.count("message") == 1);
  CHECK(house.count("event where kind = 'submitted'") == 1);
  CHECK(house.count("reading") == 3);
  CHECK(house.count("search_backlog") == 1);
}

}  // namespace

TEST_CASE("twenty identical submissions at once are one application and one message") {
  for_each_database([](db::Database& database) {
    House house(database);
    SubmitRequest request = house.good_request();
    request.key = std::string(32, 'a');
    check_one(house, at_once<Result<Submitted>>([&](int) { return submit(house.parts, request); }));
  });
}

TEST_CASE("twenty identical submissions at once without a key are one application") {
  for_each_database([](db::Database& database) {
    House house(database);
    const SubmitRequest request = house.good_request();
    check_one(house, at_once<Result<Submitted>>([&](int) { return submit(house.parts, request); }));
  });
}

TEST_CASE("twenty submissions of one draft at once are one application") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto draft = start_draft(house.parts, *house.program(), "en", house.good_answers(), {});
    REQUIRE(draft.has_value());
    SubmitRequest request = house.good_request();
    request.link = draft->link.text;
    request.base_version = 1;
    check_one(house, at_once<Result<Submitted>>([&](int) { return submit(house.parts, request); }));
  });
}

TEST_CASE("twenty first saves with one key at once are one draft") {
  for_each_database([](db::Database& database) {
    House house(database);
    const forms::Answers answers = house.good_answers();
    const auto results = at_once<Result<Saved>>(
        [&](int) { return start_draft(house.parts, *house.program(), "en", answers, {}, std::string(32, 'a')); });
    std::set<std::string> links;
    for (const auto& result : results) {
      REQUIRE(result.has_value());
      links.insert(result->link.text);
    }
    CHECK(links.size() == 1);
    CHECK(house.count("application") == 1);
  });
}

TEST_CASE("of twenty different saves from one version at once one wins and nobody overwrites") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto draft = start_draft(house.parts, *house.program(), "en", house.good_answers(), {});
    REQUIRE(draft.has_value());
    const auto results = at_once<Result<Saved>>([&](int i) {
      forms::Answers mine = house.good_answers();
      mine.set("comments", "from " + std::to_string(i));
      return save_draft(house.parts, draft->link.text, 1, mine, {});
    });
    int won = 0;
    std::string winner;
    for (const auto& result : results) {
      if (!result) {
        CHECK(result.error().message.key == "applications.problem.changed_elsewhere");
        continue;
      }
      ++won;
      winner = result->answers.text("comments");
    }
    CHECK(won == 1);
    const auto now = database.read([&](db::Tx& tx) { return find_draft(tx, house.versions, draft->link.text); });
    REQUIRE(now.has_value());
    CHECK(now->answers.text("comments") == winner);
    CHECK(now->application.version == 2);
  });
}

TEST_CASE("of twenty asks for mail at once no more than a day's worth are heard") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto draft = start_draft(house.parts, *house.program(), "en", house.good_answers(), {});
    REQUIRE(draft.has_value());
    const auto results =
        at_once<Result<void>>([&](int) { return mail_draft_link(house.parts, draft->link.text, "amina@example.org"); });
    int heard = 0;
    for (const auto& result : results) heard += result.has_value() ? 1 : 0;
    CHECK(heard == kMailsADay);
    CHECK(house.count("message where template = 'draft_link'") == kMailsADay);
  });
}
