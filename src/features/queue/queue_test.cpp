#include <doctest/doctest.h>

#include <set>

#include "features/messages/messages.h"
#include "features/queue/labels.h"
#include "features/queue/query_sql.h"
#include "features/queue/test_house.h"

using namespace bursary;
using bursary::testing::for_each_database;
using namespace std::chrono_literals;
using queue::test::House;

namespace {

using Names = std::vector<std::string>;

queue::Filter text(std::string words) {
  queue::Filter filter;
  filter.text = std::move(words);
  return filter;
}

}  // namespace

TEST_CASE("the list is newest first, narrowed by what is asked, in pages both ways") {
  for_each_database([](db::Database& database) {
    House house(database);
    house.submit({.first_name = "Ada", .last_name = "One", .country = "KE", .area = "alignment"});
    house.submit({.first_name = "Bo", .last_name = "Two", .country = "BR", .area = "robustness"});
    house.submit({.first_name = "Cy", .last_name = "Three", .country = "KE", .area = "robustness"});

    CHECK(house.names({}) == Names{"Cy Three", "Bo Two", "Ada One"});
    queue::Filter kenya;
    kenya.countries = {"KE"};
    CHECK(house.names(kenya) == Names{"Cy Three", "Ada One"});
    queue::Filter robust;
    robust.areas = {{"robustness"}};
    CHECK(house.names(robust) == Names{"Cy Three", "Bo Two"});
    robust.countries = {"KE"};
    robust.states = {applications::State::submitted};
    CHECK(house.names(robust) == Names{"Cy Three"});
    robust.states = {applications::State::declined};
    CHECK(house.names(robust).empty());
    queue::Filter dated;
    dated.submitted.from = parse_rfc3339("2026-03-01T09:00:02Z")->micros;
    dated.submitted.until = parse_rfc3339("2026-03-01T09:00:03Z")->micros;
    CHECK(house.names(dated) == Names{"Bo Two"});

    const auto first = house.page({}, {}, 2);
    CHECK(first.has_older);
    CHECK_FALSE(first.has_newer);
    queue::Cursor next;
    next.older_than = first.rows.back().queue_id;
    CHECK(house.names({}, next, 2) == Names{"Ada One"});
    queue::Cursor back;
    back.newer_than = house.page({}, next, 2).rows.front().queue_id;
    CHECK(house.names({}, back, 2) == Names{"Cy Three", "Bo Two"});
  });
}

TEST_CASE("dates are bounds of the queue's order: what was submitted on other days is not walked through") {
  for_each_database([](db::Database& database) {
    House house(database);
    queue::Filter second;
    second.submitted.from = parse_rfc3339("2026-03-02T00:00:00Z")->micros;
    second.submitted.until = parse_rfc3339("2026-03-03T00:00:00Z")->micros;
    CHECK(house.names(second).empty());
    for (const char* name : {"One", "Two", "Three", "Four"}) {
      house.submit({.first_name = "Ada", .last_name = name});
      house.submit({.first_name = "Bo", .last_name = name});
      house.let_pass(24h);
    }
    CHECK(house.names(second) == Names{"Bo Two", "Ada Two"});
    queue::Cursor older;
    older.older_than = house.page({}, {}, 10).rows[4].queue_id;  // newest first: Bo Four …
    CHECK(house.names(second, older, 10) == Names{"Ada Two"});
    queue::Filter future;
    future.submitted.from = parse_rfc3339("2027-01-01T00:00:00Z")->micros;
    CHECK(house.names(future).empty());
    queue::Filter ever;
    ever.submitted.until = future.submitted.from;
    CHECK(house.names(ever, {}, 10).size() == 8);
    queue::Filter before_ids;
    before_ids.submitted.until = parse_rfc3339("2020-01-01T00:00:00Z")->micros;
    CHECK(house.names(before_ids).empty());
    ever.submitted.from = before_ids.submitted.until;
    ever.submitted.until = parse_rfc3339("9999-12-31T00:00:00Z")->micros;
    CHECK(house.names(ever, {}, 10).size() == 8);

    const auto bounds = [&](const queue::Cursor& cursor) {
      queue::ComposedQuery query;
      queue::compose_list(query, database.dialect(),
                          {.program = house.program().slug, .filter = second, .cursor = cursor, .size = 10});
      std::set<std::int64_t> numbers;
      for (const db::Value& value : query.values) {
        if (const auto* number = std::get_if<std::int64_t>(&value)) numbers.insert(*number);
      }
      return numbers;
    };
    const std::int64_t first = first_id_at(*parse_rfc3339("2026-03-01T00:00:00Z"));
    const std::int64_t last = first_id_at(*parse_rfc3339("2026-03-04T00:00:00Z"));
    CHECK(bounds({}) == std::set<std::int64_t>{10, *second.submitted.from, *second.submitted.until, first, last});
    CHECK(bounds(older).contains(*older.older_than));  // the narrower of two
    CHECK_FALSE(bounds(older).contains(last));
  });
}

TEST_CASE("dates are exact also where the clock that made the queue's order was wrong by hours") {
  for_each_database([](db::Database& database) {
    House house(database);
    queue::Filter second;
    second.submitted.from = parse_rfc3339("2026-03-02T00:00:00Z")->micros;
    second.submitted.until = parse_rfc3339("2026-03-03T00:00:00Z")->micros;
    house.let_pass(14h);  // 23:00 on the first
    house.submit({.first_name = "Ada", .last_name = "Eve"});
    house.let_pass(2h);
    house.set_ids_ahead(-20h);
    house.submit({.first_name = "Bo", .last_name = "Behind"});
    house.let_pass(21h);
    house.set_ids_ahead(20h);
    house.submit({.first_name = "Cy", .last_name = "Ahead"});
    CHECK(house.names(second) == Names{"Cy Ahead", "Bo Behind"});
    // By more than a day no clock is wrong: this shows that the bounds are kept to.
    house.set_ids_ahead(72h);
    house.submit({.first_name = "Di", .last_name = "Nowhere"});
    CHECK(house.names({}).size() == 4);
    CHECK(house.names(second) == Names{"Cy Ahead", "Bo Behind"});
  });
}

TEST_CASE("what changes while it is being indexed is indexed once more") {
  for_each_database([](db::Database& database) {
    House house(database);
    house.submit({.first_name = "Ada", .last_name = "One"});
    house.index_while([&] { house.correct_every_email("corrected@example.org"); });
    CHECK(house.figures().waiting == 1);
    house.index();
    CHECK(house.figures().waiting == 0);
    CHECK(house.names(text("corrected@example.org")) == Names{"Ada One"});
  });
}

TEST_CASE("search finds words and phrases, in any case, without accents, and with a filter") {
  for_each_database([](db::Database& database) {
    House house(database);
    house.submit({.first_name = "Ada",
                  .last_name = "One",
                  .country = "KE",
                  .description = "Señales de O’Brien, de O'Neill en redes de www.lab-9.example.edu"});
    house.submit({.first_name = "Bo",
                  .last_name = "Two",
                  .country = "BR",
                  .description = "mechanistic study of induction heads"});
    house.submit({.first_name = "Cy",
                  .last_name = "Three",
                  .country = "KE",
                  .description = "heads of induction, 機械学習の安全性"});
    CHECK(house.figures().waiting == 3);
    CHECK(house.names(text("induction")).empty());
    house.index();
    CHECK(house.figures().waiting == 0);

    CHECK(house.names(text("INDUCTION")) == Names{"Cy Three", "Bo Two"});
    CHECK(house.names(text("\"induction heads\"")) == Names{"Bo Two"});
    CHECK(house.names(text("senales")) == Names{"Ada One"});
    CHECK(house.names(text("O'Brien")) == Names{"Ada One"});
    // A word that holds together is found whole and by each of its parts.
    for (const char* part :
         {"brien", "O'Brien", "O’Brien", "o brien", "neill", "example.edu", "lab-9.example.edu", "lab", "9", "www",
          "\"o brien\"", "\"redes de www.lab\"", "\"example.edu\"", "\"O’Neill en redes\""})
      CHECK_MESSAGE(house.names(text(part)) == Names{"Ada One"}, part);
    CHECK(house.names(text("\"brien o\"")).empty());
    CHECK(house.names(text("機械学習")) == Names{"Cy Three"});
    CHECK(house.names(text("induction nonsense")).empty());
    queue::Filter both = text("induction");
    both.countries = {"KE"};
    CHECK(house.names(both) == Names{"Cy Three"});
    both.areas = {{"alignment"}};
    both.states = {applications::State::submitted};
    CHECK(house.names(both) == Names{"Cy Three"});
  });
}

TEST_CASE("nothing that is typed into search is a query of its own") {
  for_each_database([](db::Database& database) {
    House house(database);
    house.submit({.description = "plain words"});
    house.index();
    for (const char* typed :
         {"\"", "\"\"", "a\"b\"c", "plain OR nonsense", "body:plain", "plain*", "NEAR(plain words)", "-plain",
          "'; drop table application; --", "plain & !words | (", "\\", "^plain", "0country0ke", "%", "\x01"}) {
      CAPTURE(typed);
      CHECK_NOTHROW(house.names(text(typed)));
    }
    CHECK(house.names(text("\"plain OR nonsense\"")).empty());
    CHECK(house.names(text("0country0ke")).empty());
  });
}

TEST_CASE("near duplicates are flagged, others are not") {
  for_each_database([](db::Database& database) {
    House house(database);
    std::string story;
    for (int i = 0; i < 60; ++i) story += "sentence number " + std::to_string(i) + " about probing models. ";
    house.submit({.first_name = "Ada", .last_name = "One", .description = story});
    house.submit({.first_name = "Bo", .last_name = "Two", .description = story + "And one more."});
    house.submit(
        {.first_name = "Cy", .last_name = "Three", .description = "something else entirely, told in other words"});
    house.index();
    queue::Filter flagged;
    flagged.flags = {{applications::Flag::near_duplicate}};
    CHECK(house.names(flagged) == Names{"Bo Two"});
  });
}

TEST_CASE("an export is oldest first, neutralises formulas and holds every column") {
  for_each_database([](db::Database& database) {
    House house(database);
    house.submit({.first_name = "=Ada", .last_name = "One, \"x\""});
    house.submit({.first_name = "Bo", .last_name = "Two"});
    const std::string csv = house.exported({}, queue::ExportFormat::csv);
    CHECK(csv.find("\"'=Ada\"") != std::string::npos);
    CHECK(csv.find("\"One, \"\"x\"\"\"") != std::string::npos);
    CHECK(csv.find("5000 USD") != std::string::npos);
    CHECK(csv.find("=Ada") < csv.find("Bo"));
    const std::string lines = house.exported({}, queue::ExportFormat::json_lines);
    CHECK(std::count(lines.begin(), lines.end(), '\n') == 2);
    CHECK(lines.find("\"first_name\":\"=Ada\"") != std::string::npos);
  });
}

TEST_CASE("every kind of event, flag and message has its words in every language") {
  const auto books = html::Phrasebooks::build({"en", "es"}, {});
  std::vector<std::string> keys;
  keys.reserve(std::size(audit::kEventKinds));
  for (const auto kind : audit::kEventKinds) keys.push_back("audit.event." + std::string(kind));
  for (const auto flag : applications::kAllFlags) {
    keys.push_back("queue.flag." + std::string(applications::to_string(flag)));
    keys.push_back("queue.flag_detail." + std::string(applications::to_string(flag)));
  }
  for (int state = 0; state <= static_cast<int>(messages::State::maybe_sent); ++state) {
    keys.push_back("queue.message." + std::string(messages::to_string(static_cast<messages::State>(state))));
  }
  CHECK(keys.size() >= 6 + 2 * 5 + 5);
  for (const auto& book : books->all()) {
    for (const std::string& key : keys) CHECK_MESSAGE(book->has(key), book->tag() << ": " << key);
  }
}

TEST_CASE("a reading says its unit in the reader's language") {
  const auto books = html::Phrasebooks::build({"en", "es"}, {});
  forms::Meanings meanings;
  meanings.investigators = "investigators";
  using Kind = forms::Reading::Kind;
  const auto said = [&](std::string_view tag, const forms::Reading& reading) {
    return queue::reading_words(reading, meanings, books->get(tag));
  };
  CHECK(said("en", {"timeline", Kind::months, 6000, ""}) == "6 months");
  CHECK(said("es", {"timeline", Kind::months, 1000, ""}) == "1 mes");
  CHECK(said("en", {"budget", Kind::money, 5'000'000'000'000, "USD"}) == "US$5,000");
  CHECK(said("en", {"investigators", Kind::number, 1000, ""}) == "1 person");
  CHECK(said("en", {"investigators", Kind::number, 3000, ""}) == "3 people");
  CHECK(said("es", {"investigators", Kind::number, 3000, ""}) == "3 personas");
  CHECK(said("en", {"investigators", Kind::number, 2500, ""}) == "2.5");
  CHECK(said("en", {"rooms", Kind::number, 3000, ""}) == "3");
  // Machines get bare figures.
  CHECK(queue::reading_text({"timeline", Kind::months, 6000, ""}) == "6");
  CHECK(queue::reading_text({"budget", Kind::money, 5'000'250'000'000, "USD"}) == "5000.25 USD");
}
