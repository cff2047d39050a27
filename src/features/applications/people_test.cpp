#include "features/applications/people.h"

#include <doctest/doctest.h>

#include "base/derived_secret.h"
#include "features/applications/changes.h"
#include "features/applications/email.h"
#include "features/applications/people_test.sql.h"
#include "features/applications/portal.h"
#include "features/applications/test_house.h"

using namespace bursary;
using namespace bursary::applications;
using bursary::testing::for_each_database;
using namespace std::chrono_literals;

namespace rows = sql::applications::people_test;

namespace {

struct Person {
  web::PersonId id;
  std::vector<std::string> emails;
  Holder on(ApplicationId application) const { return {id, emails, application}; }
};

Person somebody(House& house, std::int64_t id, const std::string& email) {
  REQUIRE(house.database.write([&](db::Tx& tx) -> Result<void> {
    tx.execute(rows::person, id, "Person " + std::to_string(id));
    tx.execute(rows::person_email, email, id);
    return {};
  }));
  return {{id}, {email}};
}

struct World {
  explicit World(db::Database& database)
      : house(database),
        owner(somebody(house, 901, "amina@example.org")),
        ben(somebody(house, 902, "ben@example.org")),
        eve(somebody(house, 903, "eve@example.org")),
        draft(start_draft(house.parts, *house.program(), "en", house.good_answers("amina@example.org"), {}).value()) {}

  House house;
  Person owner, ben, eve;
  Saved draft;

  std::string link_of(MemberId id) const {
    const auto told = tell_together_link(house.parts, {std::string(kOpensInvitation), id.value});
    return told ? told->substr(told->rfind('/') + 1) : std::string();
  }
  MemberId ask(const std::string& email, Relation relation = Relation::co_editor, bool may_submit = false) {
    const auto id = invite(house.parts, owner.on(draft.id), {email, relation, may_submit}, "en");
    REQUIRE(id);
    return *id;
  }
  MemberId join(const Person& person, Relation relation = Relation::co_editor, bool may_submit = false) {
    const MemberId id = ask(person.emails.front(), relation, may_submit);
    REQUIRE(accept_invitation(house.parts, link_of(id), person.id, person.emails));
    return id;
  }
  std::optional<ErrorKind> refusal(const Holder& holder, Right right) {
    const auto held = house.database.read([&](db::Tx& tx) { return find_held(tx, holder, right); });
    return held ? std::nullopt : std::optional(held.error().kind);
  }
  DraftView stored(const Holder& holder) {
    return house.database.read([&](db::Tx& tx) { return find_draft(tx, house.versions, holder); }).value();
  }
  ApplicationId submit_it(const Person& by) {
    SubmitRequest request;
    request.person = by.on(draft.id);
    request.base_version = stored(by.on(draft.id)).application.version;
    request.locale = "en";
    request.answers = stored(by.on(draft.id)).answers;
    const auto done = submit(house.parts, request);
    REQUIRE(done);
    return done->application.id;
  }
};

}  // namespace

TEST_CASE("who may do what: each relation and each right") {
  for_each_database([](db::Database& database) {
    World world(database);
    const auto id = world.draft.id;
    world.join(world.ben);
    world.join(world.eve, Relation::investigator);
    const Person stranger = somebody(world.house, 904, "stranger@example.org");
    const auto forbidden = std::optional(ErrorKind::forbidden);
    const auto unknown = std::optional(ErrorKind::not_found);
    struct Line {
      Holder holder;
      std::optional<ErrorKind> read, edit, submit, own;
    };
    const Line lines[] = {
        {world.draft.link.text, {}, {}, {}, {}},
        {world.owner.on(id), {}, {}, {}, {}},
        {world.ben.on(id), {}, {}, forbidden, forbidden},
        {world.eve.on(id), {}, forbidden, forbidden, forbidden},
        {stranger.on(id), unknown, unknown, unknown, unknown},
        {Person{world.owner.id, {}}.on(id), unknown, unknown, unknown, unknown},  // nothing verified
        {world.owner.on(ApplicationId{id.value + 1}), unknown, unknown, unknown, unknown},
    };
    for (const Line& line : lines) {
      CHECK(world.refusal(line.holder, Right::read) == line.read);
      CHECK(world.refusal(line.holder, Right::edit) == line.edit);
      CHECK(world.refusal(line.holder, Right::submit) == line.submit);
      CHECK(world.refusal(line.holder, Right::own) == line.own);
    }
  });
}

TEST_CASE("an invitation answers once, in its time, and is bound to nobody before") {
  for_each_database([](db::Database& database) {
    World world(database);
    House& house = world.house;
    const MemberId first = world.ask("ben@example.org");
    const std::string link = world.link_of(first);
    CHECK(link.size() > 30);
    CHECK(world.refusal(world.ben.on(world.draft.id), Right::read) == ErrorKind::not_found);
    // Nobody whose address is not verified.
    CHECK(accept_invitation(house.parts, link, world.ben.id, {}).error().kind == ErrorKind::forbidden);
    CHECK(accept_invitation(house.parts, link, world.owner.id, world.owner.emails).error().kind == ErrorKind::conflict);
    // A newer one ends it.
    const MemberId second = world.ask("ben@example.org", Relation::investigator);
    CHECK(accept_invitation(house.parts, link, world.ben.id, world.ben.emails).error().kind == ErrorKind::conflict);
    CHECK(world.link_of(first).empty());
    const std::string newer = world.link_of(second);
    for (const std::string& foreign : {newer + "x", std::string("x"), std::string(), world.draft.link.text}) {
      CHECK_FALSE(accept_invitation(house.parts, foreign, world.ben.id, world.ben.emails));
    }
    REQUIRE(accept_invitation(house.parts, newer, world.ben.id, world.ben.emails));
    CHECK_FALSE(accept_invitation(house.parts, newer, world.eve.id, world.eve.emails));
    CHECK_FALSE(decline_invitation(house.parts, newer, std::nullopt));
    CHECK(world.refusal(world.eve.on(world.draft.id), Right::read) == ErrorKind::not_found);
    // Too late.
    const std::string old = world.link_of(world.ask("eve@example.org"));
    house.clock.advance(kInvitationLife);
    CHECK_FALSE(accept_invitation(house.parts, old, world.eve.id, world.eve.emails));
    CHECK_FALSE(decline_invitation(house.parts, old, std::nullopt));
    // Taken back.
    const MemberId third = world.ask("eve@example.org");
    const std::string taken = world.link_of(third);
    REQUIRE(take_invitation_back(house.parts, world.owner.on(world.draft.id), third));
    CHECK_FALSE(accept_invitation(house.parts, taken, world.eve.id, world.eve.emails));
    CHECK(house.count("application_person") == 2);
  });
}

TEST_CASE("an investigator declines, and those who belong see it") {
  for_each_database([](db::Database& database) {
    World world(database);
    const MemberId id = world.ask("eve@example.org", Relation::investigator);
    REQUIRE(decline_invitation(world.house.parts, world.link_of(id), world.eve.id));
    const auto people = database.read([&](db::Tx& tx) { return people_of(tx, world.draft.id); });
    REQUIRE(people.size() == 2);
    CHECK(people[0].relation == Relation::owner);
    CHECK(people[0].email == "amina@example.org");
    CHECK(people[1].state == Membership::declined);
    CHECK(people[1].email == "eve@example.org");
    CHECK(world.refusal(world.eve.on(world.draft.id), Right::read) == ErrorKind::not_found);
  });
}

TEST_CASE("an invitation to oneself, to nobody, and a hundred of them") {
  for_each_database([](db::Database& database) {
    World world(database);
    House& house = world.house;
    const Holder owner = world.owner.on(world.draft.id);
    CHECK(invite(house.parts, owner, {"Amina@Example.org"}, "en").error().fields.at(0).field == "email");
    CHECK(invite(house.parts, owner, {"no address"}, "en").error().fields.at(0).field == "email");
    CHECK(invite(house.parts, owner, {"eve@example.org\r\nBcc: x@example.org"}, "en").error().kind ==
          ErrorKind::invalid);
    // Whoever holds the link alone is nobody who could ask.
    CHECK(invite(house.parts, world.draft.link.text, {"eve@example.org"}, "en").error().kind == ErrorKind::not_found);
    CHECK(invite(house.parts, world.eve.on(world.draft.id), {"ben@example.org"}, "en").error().kind ==
          ErrorKind::not_found);
    int made = 0;
    for (int i = 0; i < 100; ++i) {
      const auto asked = invite(house.parts, owner, {"guest" + std::to_string(i) + "@example.org"}, "en");
      made += asked ? 1 : 0;
      if (!asked) CHECK(asked.error().kind == ErrorKind::limit);
    }
    CHECK(made == kInvitationsADay);
    CHECK(house.count("message") == kInvitationsADay);
    // One address is not asked again and again.
    house.clock.advance(24h);
    for (int i = 0; i < kInvitationsToOne; ++i) REQUIRE(invite(house.parts, owner, {"ben@example.org"}, "en"));
    CHECK(invite(house.parts, owner, {"ben@example.org"}, "en").error().kind == ErrorKind::limit);
  });
}

TEST_CASE("two people edit one draft: the second meets the first one's text, and the address stays the owner's") {
  for_each_database([](db::Database& database) {
    World world(database);
    House& house = world.house;
    world.join(world.ben);
    const auto id = world.draft.id;
    const std::int64_t version = world.stored(world.ben.on(id)).application.version;
    forms::Answers mine = house.good_answers("ben@example.org");
    mine.set("institution", std::string("Ben's University"));
    REQUIRE(save_draft(house.parts, world.ben.on(id), version, mine, {}));
    const DraftView saved = world.stored(world.owner.on(id));
    CHECK(saved.answers.text("institution") == "Ben's University");
    CHECK(saved.answers.text("email") == "amina@example.org");
    CHECK(saved.application.email == "amina@example.org");
    forms::Answers hers = house.good_answers("amina@example.org");
    hers.set("institution", std::string("Amina's University"));
    CHECK(save_draft(house.parts, world.owner.on(id), version, hers, {}).error().kind == ErrorKind::conflict);
    CHECK(save_draft(house.parts, world.draft.link.text, version, hers, {}).error().kind == ErrorKind::conflict);
    CHECK(world.stored(world.owner.on(id)).answers.text("institution") == "Ben's University");
    REQUIRE(save_draft(house.parts, world.owner.on(id), version + 1, hers, {}));
    // An owner may move on to another address of theirs, and stays the owner.
    forms::Answers moved = house.good_answers("ben@example.org");
    REQUIRE(save_draft(house.parts, world.owner.on(id), version + 2, moved, {}));
    CHECK_FALSE(world.refusal(world.owner.on(id), Right::own));
    CHECK(world.refusal(world.ben.on(id), Right::own) == ErrorKind::forbidden);
  });
}

TEST_CASE("a co-editor submits when the owner said so, and withdraws never") {
  for_each_database([](db::Database& database) {
    World world(database);
    House& house = world.house;
    const MemberId ben = world.join(world.ben);
    SubmitRequest request;
    request.person = world.ben.on(world.draft.id);
    request.base_version = 1;
    request.locale = "en";
    request.answers = house.good_answers("ben@example.org");
    CHECK(submit(house.parts, request).error().kind == ErrorKind::forbidden);
    REQUIRE(let_submit(house.parts, world.owner.on(world.draft.id), ben, true));
    const auto submitted = submit(house.parts, request);
    REQUIRE(submitted);
    CHECK(submitted->application.email == "amina@example.org");
    const auto again = submit(house.parts, request);
    REQUIRE(again);
    CHECK(again->repeated);
    // The link is still the owner's, and the mail that holds it went to them.
    CHECK(database.read([&](db::Tx& tx) { return find_by_link(tx, world.draft.link.text).has_value(); }));
    CHECK(database.read([&](db::Tx& tx) { return tx.query(rows::mail_to, "submitted", "amina@example.org").size(); }) ==
          1);
    CHECK(withdraw(house.parts, world.ben.on(world.draft.id)).error().kind == ErrorKind::forbidden);
    REQUIRE(begin_changes(house.parts, world.ben.on(world.draft.id)));
    REQUIRE(withdraw(house.parts, world.owner.on(world.draft.id)));
  });
}

TEST_CASE("who is removed or leaves has no access at once, and a link made anew ends the one before") {
  for_each_database([](db::Database& database) {
    World world(database);
    House& house = world.house;
    const auto id = world.draft.id;
    const MemberId ben = world.join(world.ben);
    world.join(world.eve, Relation::investigator);
    CHECK(remove_member(house.parts, world.ben.on(id), ben).error().kind == ErrorKind::forbidden);
    REQUIRE(remove_member(house.parts, world.owner.on(id), ben));
    CHECK(world.refusal(world.ben.on(id), Right::read) == ErrorKind::not_found);
    CHECK(save_draft(house.parts, world.ben.on(id), 1, house.good_answers(), {}).error().kind == ErrorKind::not_found);
    CHECK(database.read([&](db::Tx& tx) {
      return own_applications(tx, house.program()->slug, world.ben.id, world.ben.emails).empty();
    }));
    REQUIRE(leave(house.parts, world.eve.on(id)));
    CHECK(world.refusal(world.eve.on(id), Right::read) == ErrorKind::not_found);
    CHECK(leave(house.parts, world.owner.on(id)).error().kind == ErrorKind::conflict);
    // Ben knew the link.
    CHECK_FALSE(world.refusal(world.draft.link.text, Right::own));
    REQUIRE(renew_link(house.parts, world.owner.on(id)));
    CHECK(world.refusal(world.draft.link.text, Right::read) == ErrorKind::not_found);
    const auto told = tell_link(house.parts, {"draft", id.value});
    REQUIRE(told);
    const std::string renewed = told->substr(told->rfind('/') + 1);
    CHECK(renewed != world.draft.link.text);
    CHECK_FALSE(world.refusal(renewed, Right::own));
    CHECK(database.read([&](db::Tx& tx) { return private_link(tx, house.parts, world.owner.on(id)); }) == *told);
    CHECK_FALSE(database.read([&](db::Tx& tx) { return private_link(tx, house.parts, world.ben.on(id)); }));
  });
}

TEST_CASE("an application is handed over: rights, mail and link are another's") {
  for_each_database([](db::Database& database) {
    World world(database);
    House& house = world.house;
    const auto id = world.draft.id;
    const MemberId ben = world.join(world.ben);
    const MemberId eve = world.join(world.eve, Relation::investigator);
    CHECK(hand_over(house.parts, world.owner.on(id), eve).error().kind == ErrorKind::conflict);
    CHECK(hand_over(house.parts, world.ben.on(id), ben).error().kind == ErrorKind::forbidden);
    REQUIRE(hand_over(house.parts, world.owner.on(id), ben));
    CHECK_FALSE(world.refusal(world.ben.on(id), Right::own));
    CHECK(world.refusal(world.owner.on(id), Right::own) == ErrorKind::forbidden);
    CHECK_FALSE(world.refusal(world.owner.on(id), Right::edit));
    CHECK(world.refusal(world.draft.link.text, Right::read) == ErrorKind::not_found);
    const DraftView draft = world.stored(world.ben.on(id));
    CHECK(draft.application.email == "ben@example.org");
    CHECK(draft.answers.text("email") == "ben@example.org");
    CHECK(database.read([&](db::Tx& tx) { return tx.query(rows::mail_to, "handed_over", "ben@example.org").size(); }) ==
          1);
    // And so it is submitted, changed and found.
    world.submit_it(world.ben);
    REQUIRE(begin_changes(house.parts, world.ben.on(id)));
    CHECK(world.stored(world.owner.on(id)).answers.text("email") == "ben@example.org");
    const auto own = database.read(
        [&](db::Tx& tx) { return own_applications(tx, house.program()->slug, world.ben.id, world.ben.emails); });
    REQUIRE(own.size() == 1);
    CHECK(own[0].belonging.relation == Relation::owner);
  });
}

TEST_CASE("changes begin with the address that was corrected") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto done = submit(house.parts, house.good_request("typo@example.org")).value();
    REQUIRE(correct_email(house.parts, done.link, "amina@example.org"));
    REQUIRE(begin_changes(house.parts, done.link));
    const auto draft = database.read([&](db::Tx& tx) { return find_draft(tx, house.versions, done.link); });
    REQUIRE(draft);
    CHECK(draft->answers.text("email") == "amina@example.org");
  });
}

TEST_CASE("an owner who types another address stays the owner, and gives nothing away") {
  for_each_database([](db::Database& database) {
    World world(database);
    House& house = world.house;
    const Holder mine = world.owner.on(world.draft.id);
    forms::Answers answers = world.stored(mine).answers;
    answers.set("email", "eve@example.org");
    REQUIRE(save_draft(house.parts, mine, world.stored(mine).application.version, answers, {}));
    CHECK_FALSE(world.refusal(mine, Right::own));
    CHECK(world.refusal(world.eve.on(world.draft.id), Right::read) == ErrorKind::not_found);
    answers.set("project_title", "Saved a second time");
    CHECK(save_draft(house.parts, mine, world.stored(mine).application.version, answers, {}));
  });
}

TEST_CASE("the page that began an application tells nobody the link that was made since") {
  for_each_database([](db::Database& database) {
    World world(database);
    House& house = world.house;
    SubmitRequest request = house.good_request("amina@example.org");
    request.key = "0123456789abcdef0123456789abcdef";
    const auto done = submit(house.parts, request).value();
    CHECK(submit(house.parts, request).value().link == done.link);  // the same press, twice
    REQUIRE(renew_link(house.parts, world.owner.on(done.application.id)));
    const auto again = submit(house.parts, request);
    CHECK((!again || again->link.empty()));
  });
}

TEST_CASE("a copy is whose press it was, and carries the address of today") {
  for_each_database([](db::Database& database) {
    World world(database);
    House& house = world.house;
    const MemberId ben = world.join(world.ben);
    world.submit_it(world.owner);
    REQUIRE(hand_over(house.parts, world.owner.on(world.draft.id), ben));
    const auto copy = copy_application(house.parts, *house.program(), world.ben.on(world.draft.id), "en",
                                       {house.defence, "192.0.2.7"});
    REQUIRE(copy);
    const auto id = LinkSecret::id_of(copy->text).value();
    CHECK_FALSE(world.refusal(world.ben.on(id), Right::own));
    CHECK(world.refusal(world.owner.on(id), Right::read) == ErrorKind::not_found);
    CHECK(world.stored(world.ben.on(id)).answers.text("email") == "ben@example.org");
  });
}

TEST_CASE("mail that has not left when an application is handed over goes to its new owner") {
  for_each_database([](db::Database& database) {
    World world(database);
    House& house = world.house;
    const MemberId ben = world.join(world.ben);
    world.submit_it(world.owner);
    const auto to = [&](const char* email) {
      return database.read([&](db::Tx& tx) { return tx.query(rows::mail_to, "submitted", email).size(); });
    };
    CHECK(to("amina@example.org") == 1);
    REQUIRE(hand_over(house.parts, world.owner.on(world.draft.id), ben));
    CHECK(to("amina@example.org") == 0);
    CHECK(to("ben@example.org") == 1);
  });
}

TEST_CASE("an invitation that was accepted is accepted once more by the same person, and by nobody else") {
  for_each_database([](db::Database& database) {
    World world(database);
    const MemberId id = world.ask("ben@example.org");
    const std::string link = world.link_of(id);
    REQUIRE(accept_invitation(world.house.parts, link, world.ben.id, world.ben.emails));
    CHECK(accept_invitation(world.house.parts, link, world.ben.id, world.ben.emails).value() == world.draft.id);
    CHECK(accept_invitation(world.house.parts, link, world.eve.id, world.eve.emails).error().kind ==
          ErrorKind::conflict);
  });
}
