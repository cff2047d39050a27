// A database with the built-in program and whatever a test submits. For the tests of this folder alone.
#pragma once
#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "features/queue/query_read.h"
#include "features/queue/queue.h"
#include "features/queue/test_rows.sql.h"
#include "tests/support/databases.h"
#include "tests/support/troubled_database.h"

namespace bursary::queue::test {

using namespace std::chrono_literals;

struct Given {
  std::string first_name = "Wanjiru", last_name = "Otieno", country = "KE", area = "alignment",
              description = "mechanistic probes";
};

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
  // What the query language finds, as the coordinator 71 asks; it must be without a mistake.
  std::vector<std::string> find(std::string_view query) {
    static const std::vector<Colleague> staff = {{71, "Ana Lima"}, {72, "Ben"}};
    const auto& program = *programs_->current();
    const ReadQuery read = read_query(query, {program, program.phrasebooks->get("en"), 71, clock_.now(), staff});
    CHECK_MESSAGE(read.problems.empty(), query);
    return names(read.filter);
  }
  const applications::Parts& applications() const { return *applications_; }
  const Parts& parts() const { return *queue_; }
  db::Database& database() { return database_; }
  Instant now() const { return clock_.now(); }
  void index() {
    db::JobWrites jobs;
    queue::IndexJob job(*queue_, jobs);
    while (job.run_once(10).indexed > 0) {
    }
  }
  // One batch, with something that happens after it was read and before it is written.
  void index_while(const std::function<void()>& meanwhile) {
    bursary::testing::TroubledDatabase interrupted(database_);
    interrupted.before_write = meanwhile;
    const queue::Parts parts{interrupted, clock_, ids_, *programs_, versions_, "test"};
    db::JobWrites jobs;
    CHECK(queue::IndexJob(parts, jobs).run_once(10).indexed > 0);
  }
  // As applications::correct_email does, which is that feature's own.
  void correct_every_email(const std::string& email) {
    let_pass(1s);
    REQUIRE(database_.write([&](db::Tx& tx) -> Result<std::int64_t> {
      tx.execute(sql::queue::test_rows::correct_every_email, email);
      return tx.execute(sql::queue::test_rows::wait_again, clock_.now());
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

}  // namespace bursary::queue::test
