#include <doctest/doctest.h>

#include "features/applications/draft_refusal.h"
#include "features/applications/test_house.h"

using namespace bursary;
using namespace bursary::applications;
using bursary::testing::for_each_database;
using namespace std::chrono_literals;

namespace {

Result<DraftView> load(House& house, const std::string& link) {
  return house.database.read([&](db::Tx& tx) { return find_draft(tx, house.versions, link); });
}

forms::Answers only_name(const std::string& name) {
  forms::Answers answers;
  answers.set("first_name", name);
  return answers;
}

Saved start(House& house, const forms::Answers& answers, std::string_view key = {}) {
  Result<Saved> saved = start_draft(house.parts, *house.program(), "en", answers, {}, key);
  REQUIRE(saved.has_value());
  return std::move(*saved);
}

}  // namespace

TEST_CASE("the first save makes a draft that its link alone opens") {
  for_each_database([](db::Database& database) {
    House house(database);
    const Saved saved = start(house, only_name("Amina"));
    CHECK(saved.version == 1);
    const Result<DraftView> draft = load(house, saved.link.text);
    REQUIRE(draft.has_value());
    CHECK(draft->answers.text("first_name") == "Amina");
    CHECK(draft->application.applicant_name == "Amina");
    CHECK(draft->application.expires_at == house.clock.now() + 24h * 90);
    CHECK(*draft->definition == house.program()->form);
    CHECK(house.count("event where kind = 'draft_started'") == 1);

    std::string wrong = saved.link.text;
    wrong.back() = wrong.back() == 'A' ? 'B' : 'A';
    for (const std::string& link : {wrong, std::string("nothing"), LinkSecret::make(saved.id, house.random).text,
                                    LinkSecret::derive(ApplicationId{saved.id.value + 1}, house.parts.secret).text}) {
      const auto refused = load(house, link);
      REQUIRE_FALSE(refused.has_value());
      CHECK(refused.error().kind == ErrorKind::not_found);
      CHECK(refused.error().message.key == "applications.problem.no_such_link");
      CHECK(save_draft(house.parts, link, 1, only_name("Eve"), {}).error().kind == ErrorKind::not_found);
    }
    CHECK(load(house, saved.link.text)->answers.text("first_name") == "Amina");
  });
}

TEST_CASE("saves count up, push the end forward and write no event") {
  for_each_database([](db::Database& database) {
    House house(database);
    const Saved first = start(house, only_name("A"));
    for (int i = 1; i <= 5; ++i) {
      house.clock.advance(1h);
      const auto saved = save_draft(house.parts, first.link.text, i, only_name("A" + std::to_string(i)), {});
      REQUIRE(saved.has_value());
      CHECK(saved->version == i + 1);
    }
    const auto draft = load(house, first.link.text);
    REQUIRE(draft.has_value());
    CHECK(draft->answers.text("first_name") == "A5");
    CHECK(draft->application.version == 6);
    CHECK(draft->application.expires_at == house.clock.now() + 24h * 90);
    CHECK(house.count("event") == 1);
  });
}

TEST_CASE("a stale save is a conflict and changes nothing; the same save again is no conflict") {
  for_each_database([](db::Database& database) {
    House house(database);
    const Saved first = start(house, only_name("A"));
    REQUIRE(save_draft(house.parts, first.link.text, 1, only_name("theirs"), {}).has_value());
    const auto stale = save_draft(house.parts, first.link.text, 1, only_name("mine"), {});
    REQUIRE_FALSE(stale.has_value());
    CHECK(stale.error().kind == ErrorKind::conflict);
    CHECK(stale.error().message.key == "applications.problem.changed_elsewhere");
    CHECK(load(house, first.link.text)->answers.text("first_name") == "theirs");

    // The answer to a save was lost on its way and the page sends it again.
    const auto again = save_draft(house.parts, first.link.text, 1, only_name("theirs"), {});
    REQUIRE(again.has_value());
    CHECK(again->version == 2);
    CHECK(load(house, first.link.text)->application.version == 2);
  });
}

TEST_CASE("the first save twice with one key is one draft, and its second text is not lost") {
  for_each_database([](db::Database& database) {
    House house(database);
    const std::string key = "0123456789abcdef0123456789abcdef";
    const Saved first = start(house, only_name("A"), key);
    const Saved again = start(house, only_name("A"), key);
    CHECK(again.repeated);
    CHECK(again.id == first.id);
    CHECK(again.link.text == first.link.text);
    CHECK(again.version == 1);
    const Saved more = start(house, only_name("AB"), key);
    CHECK(more.version == 2);
    CHECK(load(house, first.link.text)->answers.text("first_name") == "AB");
    // Saved since: another text under the first key must not overwrite that.
    const Saved late = start(house, only_name("Z"), key);
    CHECK(late.repeated);
    CHECK(late.version == 2);
    CHECK(late.answers.text("first_name") == "AB");
    CHECK(house.count("application") == 1);
    // A key that is no key is none.
    start(house, only_name("A"), "short");
    start(house, only_name("A"), "short");
    CHECK(house.count("application") == 3);
  });
}

TEST_CASE("a form's change leaves drafts with the form they were made with") {
  for_each_database([](db::Database& database) {
    House house(database, {.changes = {{"program.toml", "decision_days = 45", "decision_days = 44"}}});
    const Saved saved = start(house, only_name("A"));
    const auto before = house.program()->form;
    House changed(database, {.changes = {{"form.toml", "label = \"First name\"", "label = \"Given name\""}}});
    REQUIRE(changed.program()->form_version != house.program()->form_version);
    const auto draft = load(changed, saved.link.text);
    REQUIRE(draft.has_value());
    CHECK(*draft->definition == before);
    CHECK(changed.versions.hash_of(draft->application.form_version) == house.program()->form_version);
    CHECK(changed.versions.find("researcher-access", house.program()->form_version) != nullptr);
    CHECK(changed.versions.find("researcher-access", std::string(64, '0')) == nullptr);
    CHECK(changed.versions.find("another", house.program()->form_version) == nullptr);
  });
}
