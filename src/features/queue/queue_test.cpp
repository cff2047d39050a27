#include "features/queue/queue.h"

#include <doctest/doctest.h>

#include <set>

#include "features/messages/messages.h"
#include "features/queue/labels.h"
#include "features/queue/query_sql.h"
#include "tests/support/databases.h"
#include "tests/support/troubled_database.h"

using namespace bursary;
using bursary::testing::for_each_database;
using namespace std::chrono_literals;

namespace {

struct Given {
  std::string first_name = "Wanjiru", last_name = "Otieno", country = "KE", area = "alignment",
              description = "mechanistic probes";
};

// A database with the built-in program and whatever a test submits.
class House {
 public:
  explicit House(db::Database& database)
      : database_(database),
        ids_(id_clock_, 0),
        versions_(database),
        key_(SigningKey::from_seed(std::string(32, 'k'))) {
    std::vector<programs::Problem> problems;
    programs_ = std::move(programs::Programs::open({}, problems).value());
    applications_ = std::make_unique<applications::Parts>(applications::Parts{
        database, clock_, random_, ids_, *programs_, versions_, key_, "http://localhost", std::string(32, 's')});
    queue_ = std::make_unique<queue::Parts>(queue::Parts{database, clock_, ids_, *programs_, versions_, "test"});
  }

  void let_pass(std::chrono::seconds time) {
    clock_.advance(time);
    id_clock_.advance(time);
  }
  // Ids are made by a clock that is ahead of the one that tells submitted_at.
  void set_ids_ahead(std::chrono::seconds time) { id_clock_.advance(clock_.now() + time - id_clock_.now()); }
  std::string submit(const Given& given) {
    forms::Answers answers;
    const auto& m = programs_->current()->form.meanings;
    answers.set(m.first_name, given.first_name);
    answers.set(m.last_name, given.last_name);
    answers.set(m.email, "person" + std::to_string(++count_) + "@example.org");
    answers.set("institution", std::string("University of Nairobi"));
    answers.set(m.country, given.country);
    answers.set(m.areas, std::vector<std::string>{given.area});
    answers.set(m.description, given.description);
    answers.set("model_types", std::vector<std::string>{first_option("model_types")});
    answers.set(m.duration, std::string("6 months"));
    answers.set(m.budget, std::string("USD 5,000"));
    answers.set(m.investigators, std::string("2"));
    for (const auto& section : programs_->current()->form.sections) {
      for (const auto& question : section.questions) {
        if (question.type == forms::QuestionType::consent)
          answers.set(question.key, programs_->current()->form.consent_version(question));
      }
    }
    applications::SubmitRequest request;
    request.locale = "en";
    request.answers = answers;
    let_pass(1s);
    const auto submitted = applications::submit(*applications_, request);
    if (!submitted) {
      for (const auto& problem : submitted.error().fields) MESSAGE(problem.field << ": " << problem.message.key);
    }
    REQUIRE(submitted);
    return submitted->application.reference;
  }

  std::vector<std::string> names(const queue::Filter& filter, const queue::Cursor& cursor = {}, std::size_t size = 50) {
    std::vector<std::string> found;
    for (const auto& row : page(filter, cursor, size).rows) found.push_back(row.applicant_name);
    return found;
  }
  queue::ListPage page(const queue::Filter& filter, const queue::Cursor& cursor, std::size_t size) {
    return database_.read(
        [&](db::Tx& tx) { return queue::list(tx, programs_->current()->slug, filter, cursor, size); });
  }
  void index() {
    db::JobWrites jobs;
    queue::IndexJob job(*queue_, jobs);
    while (job.run_once(10).indexed > 0) {
    }
  }
  // One batch, with something that happens after it was read and before it is written.
  void index_while(const std::function<void()>& meanwhile) {
    testing::TroubledDatabase interrupted(database_);
    interrupted.before_write = meanwhile;
    const queue::Parts parts{interrupted, clock_, ids_, *programs_, versions_, "test"};
    db::JobWrites jobs;
    CHECK(queue::IndexJob(parts, jobs).run_once(10).indexed > 0);
  }
  // As applications::correct_email does, which is that feature's own.
  void correct_every_email(const std::string& email) {
    let_pass(1s);
    constexpr db::Query<1> kCorrect{"trial.correct", "update application set email = ?1",
                                    "update application set email = $1"};
    constexpr db::Query<1> kAgain{"trial.again", "update search_backlog set since = ?1",
                                  "update search_backlog set since = $1"};
    REQUIRE(database_.write([&](db::Tx& tx) -> Result<std::int64_t> {
      tx.execute(kCorrect, email);
      return tx.execute(kAgain, clock_.now());
    }));
  }
  queue::IndexJob::Figures figures() {
    return database_.read([](db::Tx& tx) { return queue::IndexJob::figures(tx); });
  }
  std::string exported(const queue::Filter& filter, queue::ExportFormat format) {
    std::string all;
    const auto source = queue::open_export(*queue_, filter, format);
    for (std::string piece; source->next(piece);) all += piece;
    return all;
  }
  const programs::Program& program() const { return *programs_->current(); }

 private:
  std::string first_option(std::string_view key) const {
    const auto* question = programs_->current()->form.find(key);
    return question == nullptr || question->options.empty() ? "" : question->options.front().key;
  }

  db::Database& database_;
  FakeClock clock_{*parse_rfc3339("2026-03-01T09:00:00Z")};
  FakeClock id_clock_{clock_.now()};
  SeededRandom random_{7};
  IdSource ids_;
  applications::FormVersions versions_;
  SigningKey key_;
  std::unique_ptr<programs::Programs> programs_;
  std::unique_ptr<applications::Parts> applications_;
  std::unique_ptr<queue::Parts> queue_;
  int count_ = 0;
};

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
    kenya.country = "KE";
    CHECK(house.names(kenya) == Names{"Cy Three", "Ada One"});
    queue::Filter robust;
    robust.area = "robustness";
    CHECK(house.names(robust) == Names{"Cy Three", "Bo Two"});
    robust.country = "KE";
    robust.state = applications::State::submitted;
    CHECK(house.names(robust) == Names{"Cy Three"});
    robust.state = applications::State::declined;
    CHECK(house.names(robust).empty());
    queue::Filter dated;
    dated.from = parse_rfc3339("2026-03-01T09:00:02Z");
    dated.until = parse_rfc3339("2026-03-01T09:00:03Z");
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
    second.from = parse_rfc3339("2026-03-02T00:00:00Z");
    second.until = parse_rfc3339("2026-03-03T00:00:00Z");
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
    future.from = parse_rfc3339("2027-01-01T00:00:00Z");
    CHECK(house.names(future).empty());
    queue::Filter ever;
    ever.until = future.from;
    CHECK(house.names(ever, {}, 10).size() == 8);
    queue::Filter before_ids;
    before_ids.until = parse_rfc3339("2020-01-01T00:00:00Z");
    CHECK(house.names(before_ids).empty());
    ever.from = before_ids.until;
    ever.until = parse_rfc3339("9999-12-31T00:00:00Z");
    CHECK(house.names(ever, {}, 10).size() == 8);

    const auto bounds = [&](const queue::Cursor& cursor) {
      queue::ComposedQuery query;
      queue::compose_list(query, database.dialect(), house.program().slug, second, cursor, 10);
      std::set<std::int64_t> numbers;
      for (const db::Value& value : query.values) {
        if (const auto* number = std::get_if<std::int64_t>(&value)) numbers.insert(*number);
      }
      return numbers;
    };
    const std::int64_t first = first_id_at(*parse_rfc3339("2026-03-01T00:00:00Z"));
    const std::int64_t last = first_id_at(*parse_rfc3339("2026-03-04T00:00:00Z"));
    CHECK(bounds({}) == std::set<std::int64_t>{10, second.from->micros, second.until->micros, first, last});
    CHECK(bounds(older).contains(*older.older_than));  // the narrower of two
    CHECK_FALSE(bounds(older).contains(last));
  });
}

TEST_CASE("dates are exact also where the clock that made the queue's order was wrong by hours") {
  for_each_database([](db::Database& database) {
    House house(database);
    queue::Filter second;
    second.from = parse_rfc3339("2026-03-02T00:00:00Z");
    second.until = parse_rfc3339("2026-03-03T00:00:00Z");
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
    both.country = "KE";
    CHECK(house.names(both) == Names{"Cy Three"});
    both.area = "alignment";
    both.state = applications::State::submitted;
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
    CHECK(house.names(text("plain OR nonsense")).empty());
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
    flagged.flag = applications::Flag::near_duplicate;
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
