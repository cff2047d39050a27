// The pages of decisions as coordinators, an auditor and applicants meet them.
#include "features/decisions/decisions.h"
#include "features/defence/defence.h"
#include "tests/support/staff_house.h"

using namespace bursary;
using namespace bursary::decisions;
using namespace bursary::testing;
using namespace std::chrono_literals;

namespace {

struct House : StaffHouse {
  explicit House(db::Database& opened) : StaffHouse(opened), decisions{parts, 600s} {
    site::add_routes(router, *programs);
    applications::add_routes(router, parts, defence);
    add_routes(router, decisions);
  }
  std::string path(const applications::Application& application) const {
    return "/staff/applications/" + application.reference + "/decision";
  }
  std::string told(const applications::Application& application) const {
    return "/application/" + links.at(application.id.value) + "/decision";
  }
  applications::Application reviewed() {
    const auto application = submit();
    place(application.id, {State::screening, State::in_review});
    return application;
  }
  static defence::Settings calm() {
    defence::Settings settings;
    settings.enabled = false;
    return settings;
  }
  defence::Defence defence{clock, random, std::string(32, 'd'), calm()};
  Parts decisions;
};

}  // namespace

TEST_CASE("decided on the page, kept as typed when refused, and on to the next") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto first = house.reviewed(), second = house.reviewed();
    const auto refused = house.post(
        house.path(first),
        {{"_action", "decide"}, {"_seen", "in_review"}, {"kind", "decline"}, {"reason", ""}, {"note", "Half <read>"}});
    CHECK(refused.status == 422);
    CHECK(has(StaffHouse::text(refused), "Choose the ground for the decline."));
    CHECK(has(StaffHouse::text(refused), "Half &lt;read&gt;"));
    CHECK(house.post(house.path(first), {{"_action", "decide"}}).status == 422);
    const auto decided = house.post(house.path(first), {{"_action", "decide_next"},
                                                        {"_seen", "in_review"},
                                                        {"kind", "decline"},
                                                        {"criterion", "limited-funds"},
                                                        {"reason", "Not this time."}});
    CHECK(StaffHouse::to(decided) == house.path(second) + "?done=decided_before");
    const std::string page = StaffHouse::text(house.get(house.path(first)));
    CHECK(has(page, "Pending decision"));
    CHECK(has(page, "Not this time."));
    CHECK(has(page, "[private link]"));
    CHECK(has(page, "Save the change"));
    // Somebody else's page of before.
    CHECK(house.post(house.path(first), {{"_action", "decide"}, {"_seen", "in_review"}, {"kind", "award"}}, "ben")
              .status == 409);
    CHECK(house.post(house.path(first), {{"_action", "undo"}}, "auditor").status == 404);
    CHECK_FALSE(has(StaffHouse::text(house.get(house.path(first), "auditor")), "name=\"_action\""));
  });
}

TEST_CASE("a pending decision is told to its applicant by no page") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.reviewed();
    const std::string link = house.links.at(application.id.value);
    const auto before = StaffHouse::text(house.get("/application/" + link, ""));
    REQUIRE(decide(house.decisions, {application.id, State::in_review, kAna},
                   {Kind::decline, "risk-too-high", "SECRETREASON", "SECRETNOTE"}));
    const auto pending = StaffHouse::text(house.get("/application/" + link, ""));
    CHECK(pending == before);
    CHECK(house.get(house.told(application), "").status == 404);
    REQUIRE(make_release(house.decisions, kAna, database.read([&](db::Tx& tx) {
      return all_pending(tx, house.programs->current()->slug, std::nullopt, house.clock.now());
    })));
    CHECK(StaffHouse::text(house.get("/application/" + link, "")) == before);
    CHECK(house.get(house.told(application), "").status == 404);
    for (const char* page : {"", "/receipt", "/receipt?with=answers"}) {
      const auto said = StaffHouse::text(house.get("/application/" + link + page, ""));
      CHECK_FALSE(has(said, "SECRET"));
      CHECK_FALSE(has(said, "decided"));
    }
    house.clock.advance(1h);
    REQUIRE(run_releases(house.decisions, 10) == 1);
    const auto told = StaffHouse::text(house.get(house.told(application), ""));
    CHECK(has(told, "SECRETREASON"));
    CHECK(has(told, "The risks outweigh what would be learned"));
    CHECK_FALSE(has(told, "SECRETNOTE"));
    CHECK_FALSE(has(told, "Ana"));
    CHECK(has(StaffHouse::text(house.get("/application/" + link, "")), "/decision\""));
  });
}

TEST_CASE("the list sums what is asked, shows real messages, and releases what was shown") {
  for_each_database([](db::Database& database) {
    House house(database);
    CHECK(has(StaffHouse::text(house.get("/staff/decisions")), "No decision is pending."));
    std::vector<applications::Application> all;
    for (int i = 0; i < 3; ++i) {
      all.push_back(house.reviewed());
      REQUIRE(decide(house.decisions, {all.back().id, State::in_review, kAna}, {Kind::award, {}, "Well done.", {}}));
    }
    const std::string page = StaffHouse::text(house.get("/staff/decisions"));
    CHECK(has(page, "US$15,000"));
    CHECK(has(page, "Release all pending (3)"));
    CHECK(has(page, "Good news about your application " + all[0].reference));
    CHECK(has(page, "10 minutes later"));
    const std::string shown = to_rfc3339(house.clock.now());
    house.clock.advance(1min);
    const auto late = house.reviewed();
    REQUIRE(decide(house.decisions, {late.id, State::in_review, kBen}, {Kind::award, {}, {}, {}}));
    const auto made = house.post("/staff/decisions/releases", {{"_action", "all"}, {"_shown_at", shown}});
    REQUIRE(made.status == 303);
    CHECK(house.count_of("decision where state = 1") == 3);
    const std::string release = StaffHouse::text(house.get(StaffHouse::to(made)));
    CHECK(has(release, "Undo the release"));
    CHECK(has(release, "Keep back"));
    CHECK(house.post("/staff/decisions/releases", {{"_action", "chosen"}}).status == 422);
    CHECK(house.post("/staff/decisions/releases", {{"_action", "all"}, {"_shown_at", shown}}).status == 422);
    const auto undone = house.post(StaffHouse::to(made) + "/undo", {});
    CHECK(undone.status == 303);
    CHECK(has(StaffHouse::text(house.get(StaffHouse::to(made))), "nothing was sent"));
    CHECK(house.post(StaffHouse::to(made) + "/undo", {}).status == 409);
    CHECK(house.count_of("message where state = 5") == 0);
    CHECK(house.post("/staff/decisions/releases", {{"_action", "all"}, {"_shown_at", shown}}, "auditor").status == 404);
    CHECK(house.get("/staff/decisions/releases/12345").status == 404);
  });
}

TEST_CASE("many: previewed with sums and a message, decided with a result for each") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto a = house.reviewed(), b = house.reviewed(), gone = house.submit();
    REQUIRE(database.write([&](db::Tx& tx) {
      return applications::move(tx, house.ids, house.clock.now(), gone.id, {State::withdrawn, audit::By::applicant()});
    }));
    const std::string references =
        a.reference + "\n" + b.reference + " " + gone.reference + " RA-0000-00000 " + a.reference;
    StaffHouse::Fields fields = {{"references", references}, {"kind", "decline"}, {"criterion", "limited-funds"}};
    auto refused = fields;
    refused.emplace_back("_action", "preview");
    CHECK(house.post("/staff/decisions/many", refused).status == 422);
    fields.emplace_back("reason", "There was not enough.");
    auto asked = fields;
    asked.emplace_back("_action", "preview");
    const std::string page = StaffHouse::text(house.post("/staff/decisions/many", asked));
    CHECK(has(page, "Decide on 2"));
    CHECK(has(page, "US$10,000"));
    CHECK(has(page, "There is no such application"));
    CHECK(has(page, "Cannot be decided now"));
    CHECK(house.count_of("decision") == 0);
    auto apply = fields;
    apply.emplace_back("_action", "apply");
    apply.emplace_back("seen", a.reference + ":in_review " + b.reference + ":in_review");
    house.place(b.id, {State::screening});  // meanwhile
    const auto done = house.post("/staff/decisions/many", apply);
    CHECK(has(StaffHouse::text(done), "1 decided, 1 not."));
    CHECK(house.state_of(a.id) == State::decided);
    CHECK(house.state_of(b.id) == State::screening);
  });
}

TEST_CASE("many: six hundred at once, as the page itself posts them") {
  for_each_database([](db::Database& database) {
    House house(database);
    std::string references;
    for (int i = 0; i < 600; ++i) references += house.submit().reference + " ";
    StaffHouse::Fields fields = {{"references", references},
                                 {"kind", "decline"},
                                 {"criterion", "limited-funds"},
                                 {"reason", "There was not enough."},
                                 {"_action", "preview"}};
    const std::string page = StaffHouse::text(house.post("/staff/decisions/many", fields));
    CHECK(has(page, "Decide on 600"));
    const std::string_view before = R"(name="seen" value=")";
    REQUIRE(has(page, before));
    const std::size_t begin = page.find(before) + before.size();
    fields.back().second = "apply";
    fields.emplace_back("seen", page.substr(begin, page.find('"', begin) - begin));
    CHECK(has(StaffHouse::text(house.post("/staff/decisions/many", fields)), "600 decided, 0 not."));
    CHECK(house.count_of("decision where state = 0") == 600);
  });
}

TEST_CASE("many: a long word that is no reference is shown, cut between its characters") {
  for_each_database([](db::Database& database) {
    House house(database);
    std::string word;
    std::string head;  // Its first forty characters.
    for (int i = 0; i < 60; ++i) {
      word += "\u7814";
      if (i < 40) head = word;
    }
    const auto shown = house.post("/staff/decisions/many", {{"references", house.submit().reference + " " + word},
                                                            {"kind", "decline"},
                                                            {"criterion", "limited-funds"},
                                                            {"reason", "There was not enough."},
                                                            {"_action", "preview"}});
    CHECK(shown.status == 200);
    CHECK(has(StaffHouse::text(shown), head));
  });
}

TEST_CASE("an appeal from the applicant's own page, refused to the first decider") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.reviewed();
    REQUIRE(decide(house.decisions, {application.id, State::in_review, kAna},
                   {Kind::decline, "risk-too-high", "Too risky.", {}}));
    const auto chosen = database.read(
        [&](db::Tx& tx) { return all_pending(tx, house.programs->current()->slug, std::nullopt, house.clock.now()); });
    REQUIRE(make_release(house.decisions, kAna, chosen));
    house.clock.advance(1h);
    run_releases(house.decisions, 10);
    const std::string link = house.links.at(application.id.value);
    const std::string token = web::form_token(house.parts.secret, link);
    CHECK(house.post(house.told(application), {{"appeal", "Look"}}, "").status == 403);
    const auto empty = house.post(house.told(application), {{"appeal", " "}, {"_token", token}}, "");
    CHECK(empty.status == 422);
    const auto made = house.post(house.told(application), {{"appeal", "Look <again>"}, {"_token", token}}, "");
    CHECK(made.status == 303);
    CHECK(has(StaffHouse::text(house.get(StaffHouse::to(made), "")), "Look &lt;again&gt;"));
    CHECK(house.post(house.told(application), {{"appeal", "More"}, {"_token", token}}, "").status == 409);
    CHECK(has(StaffHouse::text(house.get(house.path(application), "ana")), "Somebody else must decide"));
    const auto appeal = database.read([&](db::Tx& tx) { return appeal_of(tx, application.id)->id.value; });
    const StaffHouse::Fields hear = {{"_action", "hear"}, {"appeal", std::to_string(appeal)}, {"answer", "We do."}};
    CHECK(house.post(house.path(application), hear, "ana").status == 403);
    CHECK(house.post(house.path(application), hear, "ben").status == 303);
    CHECK(house.state_of(application.id) == State::in_review);
    CHECK(has(StaffHouse::text(house.get(house.path(application), "ana")), "somebody else decides now"));
    CHECK(has(StaffHouse::text(house.get(house.told(application), "")), "in review again"));
  });
}

TEST_CASE("the overdue page names who waits, and says so when nobody does") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto application = house.submit();
    CHECK(has(StaffHouse::text(house.get("/staff/overdue")), "Nothing is overdue."));
    house.clock.advance(24h * 7);
    const std::string page = StaffHouse::text(house.get("/staff/overdue"));
    CHECK(has(page, application.reference));
    CHECK(has(page, "3 days late"));
    CHECK(house.get("/staff/overdue", "").status != 200);
  });
}
