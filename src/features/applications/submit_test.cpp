#include <doctest/doctest.h>

#include "features/applications/draft_refusal.h"
#include "features/applications/test_house.h"
#include "features/messages/messages.h"

using namespace bursary;
using namespace bursary::applications;
using bursary::testing::for_each_database;
using namespace std::chrono_literals;

namespace {

constexpr const char* kKey = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

Saved start(House& house, const forms::Answers& answers) {
  Result<Saved> saved = start_draft(house.parts, *house.program(), "en", answers, {});
  REQUIRE(saved.has_value());
  return std::move(*saved);
}

Result<ConfirmationView> confirmation(House& house, const std::string& link) {
  return house.database.read([&](db::Tx& tx) { return find_confirmation(tx, house.versions, link); });
}

// What one submission of good_answers() writes.
void check_written(House& house, std::int64_t times) {
  CHECK(house.count("application where state = 1") == times);
  CHECK(house.count("submission") == times);
  CHECK(house.count("application_area") == 2 * times);
  CHECK(house.count("reading") == 3 * times);
  CHECK(house.count("event where kind = 'submitted'") == times);
  CHECK(house.count("message where template = 'submitted'") == times);
  CHECK(house.count("search_backlog") == times);
  CHECK(house.count("draft") == 0);
}

}  // namespace

TEST_CASE("a submission writes everything in one transaction") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto submitted = submit(house.parts, house.good_request());
    REQUIRE(submitted.has_value());
    CHECK_FALSE(submitted->repeated);
    CHECK(read_reference(submitted->application.reference) == submitted->application.reference);
    check_written(house, 1);

    const auto view = confirmation(house, submitted->link);
    REQUIRE(view.has_value());
    CHECK(view->application.state == State::submitted);
    CHECK(view->application.reference == submitted->application.reference);
    CHECK(view->application.applicant_name == "Amina Otieno");
    CHECK(view->application.country == "KE");
    CHECK(view->application.flags == 0);
    CHECK(view->application.submitted_at == house.clock.now());
    CHECK_FALSE(view->application.expires_at.has_value());
    CHECK(view->application.queue_id > 0);
    CHECK(view->submission.answers == house.good_answers());
    CHECK(view->submission.digest ==
          bytes_of(answers_digest(view->submission.salt, forms::to_json(view->submission.answers))));
    const auto mail = database.read([&](db::Tx& tx) { return messages::messages_of(tx, view->application.id.value); });
    REQUIRE(mail.size() == 1);
    CHECK(mail[0].recipient == "amina@example.org");
    CHECK(mail[0].placeholders.at("reference") == submitted->application.reference);
    CHECK(tell_link(house.parts, mail[0].links.at("link")) ==
          "https://apply.example.org/application/" + submitted->link);
    CHECK(mail[0].placeholders.at("decision_date") == to_rfc3339(house.clock.now() + 24h * 45));
  });
}

TEST_CASE("answers that are not fit are refused by name and nothing is written") {
  for_each_database([](db::Database& database) {
    House house(database);
    SubmitRequest request = house.good_request();
    request.answers.erase("budget");
    request.answers.set("email", std::string("nobody"));
    request.key = kKey;
    const auto refused = submit(house.parts, request);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::invalid);
    REQUIRE(refused.error().fields.size() == 2);
    CHECK(refused.error().fields[0].field == "email");
    CHECK(refused.error().fields[1].field == "budget");
    check_written(house, 0);
    CHECK(house.count("submission_key") == 0);
    CHECK(house.count("application") == 0);
    // Mended under the same key it is taken.
    request.answers = house.good_answers();
    CHECK(submit(house.parts, request).has_value());
    check_written(house, 1);
  });
}

TEST_CASE("the same post twice is one application, with a key and without") {
  for_each_database([](db::Database& database) {
    House house(database);
    for (const std::string& key : {std::string(kKey), std::string()}) {
      SubmitRequest request = house.good_request("k" + std::to_string(key.size()) + "@example.org");
      request.key = key;
      const auto first = submit(house.parts, request);
      REQUIRE(first.has_value());
      house.clock.advance(2min);
      const auto again = submit(house.parts, request);
      REQUIRE(again.has_value());
      CHECK(again->repeated);
      CHECK(again->application.reference == first->application.reference);
      CHECK(again->link == first->link);
    }
    check_written(house, 2);
  });
}

TEST_CASE("without a key the private link is not told to a late repetition") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto first = submit(house.parts, house.good_request());
    REQUIRE(first.has_value());
    house.clock.advance(61min);
    const auto late = submit(house.parts, house.good_request());
    REQUIRE(late.has_value());
    CHECK(late->repeated);
    CHECK(late->link.empty());
    CHECK(late->application.reference == first->application.reference);
    check_written(house, 1);
  });
}

TEST_CASE("a key with other answers is no repetition: nothing is dropped in silence") {
  for_each_database([](db::Database& database) {
    House house(database);
    SubmitRequest request = house.good_request();
    request.key = kKey;
    const auto first = submit(house.parts, request);
    REQUIRE(first.has_value());
    request.answers.set("comments", std::string("one more thing"));
    const auto other = submit(house.parts, request);
    REQUIRE_FALSE(other.has_value());
    CHECK(other.error().kind == ErrorKind::conflict);
    CHECK(other.error().message ==
          Phrase("applications.problem.already_submitted", {{"reference", first->application.reference}}));
    check_written(house, 1);
    request.key = std::string(32, 'b');
    CHECK(submit(house.parts, request).has_value());
    check_written(house, 2);
  });
}

TEST_CASE("two people with the same words but no e-mail in common are two applications") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto a = submit(house.parts, house.good_request("a@example.org"));
    const auto b = submit(house.parts, house.good_request("b@example.org"));
    REQUIRE(a.has_value());
    REQUIRE(b.has_value());
    CHECK(a->application.reference != b->application.reference);
    check_written(house, 2);
  });
}

TEST_CASE("a draft is submitted as it stands, and its link becomes the confirmation's") {
  for_each_database([](db::Database& database) {
    House house(database);
    const Saved draft = start(house, house.good_answers());
    SubmitRequest request = house.good_request();
    request.link = draft.link.text;
    request.base_version = 1;
    house.clock.advance(24h);
    const auto submitted = submit(house.parts, request);
    REQUIRE(submitted.has_value());
    CHECK(submitted->link == draft.link.text);
    CHECK(submitted->application.id == draft.id);
    CHECK(submitted->application.created_at == house.clock.now() - 24h);
    check_written(house, 1);
    CHECK(house.count("application") == 1);
    const auto view = confirmation(house, draft.link.text);
    REQUIRE(view.has_value());
    CHECK(view->submission.submitted_at == house.clock.now());
    CHECK(database.read([&](db::Tx& tx) { return find_draft(tx, house.versions, draft.link.text); }).error().kind ==
          ErrorKind::not_found);

    const auto again = submit(house.parts, request);
    REQUIRE(again.has_value());
    CHECK(again->repeated);
    request.answers.set("comments", std::string("changed since"));
    CHECK(submit(house.parts, request).error().kind == ErrorKind::conflict);
    CHECK(save_draft(house.parts, draft.link.text, 1, request.answers, {}).error().message.key ==
          "applications.problem.already_submitted");
    check_written(house, 1);
  });
}

TEST_CASE("a stale draft is not submitted") {
  for_each_database([](db::Database& database) {
    House house(database);
    const Saved draft = start(house, house.good_answers());
    forms::Answers theirs = house.good_answers();
    theirs.set("comments", std::string("theirs"));
    REQUIRE(save_draft(house.parts, draft.link.text, 1, theirs, {}).has_value());
    SubmitRequest request = house.good_request();
    request.link = draft.link.text;
    request.base_version = 1;
    const auto stale = submit(house.parts, request);
    REQUIRE_FALSE(stale.has_value());
    CHECK(stale.error().message.key == "applications.problem.changed_elsewhere");
    CHECK(house.count("submission") == 0);
    CHECK(house.count("message") == 0);
    request.base_version = 2;
    CHECK(submit(house.parts, request).has_value());
  });
}

TEST_CASE("hidden answers stay with the draft and are not submitted") {
  for_each_database([](db::Database& database) {
    House house(database);
    SubmitRequest request = house.good_request();
    request.answers.set("model_reason", std::string("typed, then the model was unticked"));
    const auto submitted = submit(house.parts, request);
    REQUIRE(submitted.has_value());
    CHECK_FALSE(confirmation(house, submitted->link)->submission.answers.answered("model_reason"));
  });
}

TEST_CASE("submit keeps to the opening, the closing and the grace") {
  const std::string dated =
      "decision_days = 45\nopens = 2026-03-01T09:00:00\ncloses = 2026-03-02T12:00:00\ngrace_minutes = 60";
  for_each_database([&](db::Database& database) {
    House house(database, {.changes = {{"program.toml", "decision_days = 45", dated}}});
    SubmitRequest request = house.good_request();
    request.key = kKey;
    const auto in_time = submit(house.parts, request);
    REQUIRE(in_time.has_value());
    house.clock.advance(2h + 59min);
    CHECK(submit(house.parts, house.good_request("grace@example.org")).has_value());
    house.clock.advance(1min);
    const auto late = submit(house.parts, house.good_request("late@example.org"));
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().kind == ErrorKind::forbidden);
    CHECK(late.error().message.key == "applications.problem.closed");
    // What was taken in time is still answered as taken.
    const auto again = submit(house.parts, request);
    REQUIRE(again.has_value());
    CHECK(again->repeated);
    const Saved draft = start(house, house.good_answers("late@example.org"));
    SubmitRequest from_draft = house.good_request("late@example.org");
    from_draft.link = draft.link.text;
    from_draft.base_version = 1;
    CHECK(submit(house.parts, from_draft).error().kind == ErrorKind::forbidden);
    CHECK(database.read([&](db::Tx& tx) { return find_draft(tx, house.versions, draft.link.text); }).has_value());
  });
  for_each_database([&](db::Database& database) {
    const std::string later = "decision_days = 45\nopens = 2026-04-01T09:00:00";
    House house(database, {.changes = {{"program.toml", "decision_days = 45", later}}});
    const auto early = submit(house.parts, house.good_request());
    REQUIRE_FALSE(early.has_value());
    CHECK(early.error().message.key == "applications.problem.not_open");
  });
}

TEST_CASE("an unsupported country is flagged under warn and refused under block") {
  for_each_database([](db::Database& database) {
    House house(database);
    SubmitRequest request = house.good_request();
    request.answers.set("country", std::string("CU"));
    const auto submitted = submit(house.parts, request);
    REQUIRE(submitted.has_value());
    CHECK(submitted->application.flags == 1U << static_cast<unsigned>(Flag::unsupported_country));
    CHECK(house.count("flag where kind = 0") == 1);
  });
  for_each_database([](db::Database& database) {
    House house(
        database,
        {.changes = {{"program.toml", "unsupported_countries = \"warn\"", "unsupported_countries = \"block\""}}});
    SubmitRequest request = house.good_request();
    request.answers.set("country", std::string("CU"));
    const auto refused = submit(house.parts, request);
    REQUIRE_FALSE(refused.has_value());
    REQUIRE(refused.error().fields.size() == 1);
    CHECK(refused.error().fields[0].field == "country");
    CHECK(house.count("application") == 0);
  });
}

TEST_CASE("a judge is asked once, last, and its flags are kept") {
  for_each_database([](db::Database& database) {
    House house(database);
    int asked = 0;
    SubmitRequest request = house.good_request();
    request.key = kKey;
    request.judge = [&](std::string_view key) -> Result<std::uint64_t> {
      CHECK_FALSE(key.empty());
      ++asked;
      return std::uint64_t{1} << static_cast<unsigned>(Flag::honeypot);
    };
    SubmitRequest unfit = request;
    unfit.answers.erase("email");
    CHECK_FALSE(submit(house.parts, unfit).has_value());
    CHECK(asked == 0);
    const auto submitted = submit(house.parts, request);
    REQUIRE(submitted.has_value());
    CHECK(asked == 1);
    CHECK(submitted->application.flags == 1U << static_cast<unsigned>(Flag::honeypot));
    CHECK(house.count("flag where kind = 3") == 1);

    request.judge = [](std::string_view) -> Result<std::uint64_t> {
      return fail(ErrorKind::limit, "defence.hold.many");
    };
    const auto again = submit(house.parts, request);
    REQUIRE(again.has_value());  // a repetition is answered even when no more are taken
    CHECK(again->repeated);
    request.key = std::string(32, 'c');
    CHECK(submit(house.parts, request).error().kind == ErrorKind::limit);
    check_written(house, 1);
  });
}

TEST_CASE("the page's first autosave and its submission under one key are one application") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto draft = start_draft(house.parts, *house.program(), "en", house.good_answers(), {}, kKey);
    REQUIRE(draft.has_value());
    SubmitRequest request = house.good_request();
    request.key = kKey;
    request.answers.set("comments", std::string("typed after the autosave had left"));
    const auto submitted = submit(house.parts, request);
    REQUIRE(submitted.has_value());
    CHECK(submitted->application.id == draft->id);
    CHECK(submitted->link == draft->link.text);
    CHECK(confirmation(house, submitted->link)->submission.answers.text("comments") ==
          "typed after the autosave had left");
    CHECK(house.count("application") == 1);
    // The other order: the autosave arrives after the submission.
    const auto late = start_draft(house.parts, *house.program(), "en", house.good_answers(), {}, kKey);
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().message.key == "applications.problem.already_submitted");
    CHECK(house.count("application") == 1);
  });
}

TEST_CASE("a taken reference is drawn again") {
  // The generator gives the same bytes for two applications; the second finds its reference taken.
  class Twice final : public Random {
   public:
    void fill(std::span<std::uint8_t> bytes) override {
      for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(count_ < 40 ? 0x11 : count_);
      if (bytes.size() == 8) ++count_;
    }

   private:
    int count_ = 38;
  };
  for_each_database([](db::Database& database) {
    House house(database);
    Twice random;
    const Parts parts{database,          house.clock,        random,
                      house.ids,         *house.programs,    house.versions,
                      house.signing_key, "http://localhost", std::string(32, 's')};
    const auto a = submit(parts, house.good_request("a@example.org"));
    const auto b = submit(parts, house.good_request("b@example.org"));
    REQUIRE(a.has_value());
    REQUIRE(b.has_value());
    CHECK(a->application.reference != b->application.reference);
    check_written(house, 2);
  });
}

TEST_CASE("a rule of eligibility that does not hold flags the application with its words, and refuses nobody") {
  testing::for_each_database([](db::Database& database) {
    HouseOptions options;
    options.changes = {{"eligibility.toml", "", R"(
[[rule]]
key = "no-solo"
label = "Two people or more"
test = [{ question = "investigators", operator = "at_least", number = 3 }]
)"}};
    House house(database, options);
    const auto submitted = submit(house.parts, house.good_request());
    REQUIRE(submitted);
    CHECK(submitted->application.flags == std::uint64_t{1} << static_cast<unsigned>(Flag::ineligible));
    constexpr db::Query<1> kDetail{"trial.detail", "select detail from flag where application_id = ?1",
                                   "select detail from flag where application_id = $1"};
    CHECK(database.read([&](db::Tx& tx) { return tx.find(kDetail, submitted->application.id)->text(0); }) ==
          R"({"reason":"Two people or more"})");
  });
}
