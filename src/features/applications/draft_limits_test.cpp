// What a program may fill the disk with through drafts, and what a person who meets the limit keeps.
#include <doctest/doctest.h>

#include "features/applications/test_house.h"

using namespace bursary;
using namespace bursary::applications;
using bursary::testing::for_each_database;
using namespace std::chrono_literals;

namespace {

HouseOptions limited(int drafts, int kilobytes) {
  HouseOptions options;
  options.defence.enabled = true;
  options.defence.drafts_per_address = drafts;
  options.defence.draft_kilobytes_per_address = kilobytes;
  return options;
}

struct Given {
  explicit Given(const HouseOptions& options) : house(*fresh.database, options), site(house) {}
  bursary::testing::SqliteForTest fresh;
  House house;
  Site site;
};

}  // namespace

TEST_CASE("past its limit of new drafts an address is told, and keeps what it typed") {
  Given given(limited(2, 1000));
  const auto autosave = [&](const std::string& name) {
    return given.site.post("/apply/draft", {{"first_name", name}, {"_action", "autosave"}}, true);
  };
  CHECK(autosave("Amina").status == 201);
  CHECK(given.site.post("/apply", {{"first_name", "Amina"}, {"_action", "save"}}).status == 303);

  const web::Response refused = autosave("Beatriz");
  CHECK(refused.status == 429);
  CHECK(refused.headers.has("Retry-After"));
  CHECK(has(body_of(refused), "So many drafts were saved just now"));
  for (const char* action : {"save", "check"}) {
    CAPTURE(action);
    const web::Response page = given.site.post("/apply", {{"first_name", "Beatriz"}, {"_action", action}});
    CHECK(page.status == 429);
    CHECK(page.headers.has("Retry-After"));
    CHECK(has(body_of(page), "So many drafts were saved just now"));
    CHECK(has(body_of(page), "value=\"Beatriz\""));
  }
  CHECK(given.house.count("application") == 2);
  // A whole application needs no draft.
  CHECK(given.site.post("/apply", given.site.good_fields()).status == 303);
  given.house.clock.advance(2h);
  CHECK(autosave("Beatriz").status == 201);
}

TEST_CASE("submissions that are held make no more drafts than anything else") {
  HouseOptions options = limited(2, 1000);
  options.defence.unproven_per_address = 0;
  Given given(options);
  for (int i = 0; i < 5; ++i) {
    const web::Response held =
        given.site.post("/apply", given.site.good_fields("a" + std::to_string(i) + "@b.example"));
    CHECK(held.status == 429);
    CHECK(has(body_of(held), "value=\"Amina\""));
    CHECK(has(body_of(held), i < 2 ? "action=\"/draft/" : "So many drafts were saved just now"));
  }
  CHECK(given.house.count("application") == 2);
}

TEST_CASE("a draft that grows counts by what it grows") {
  Given given(limited(10, 100));
  const web::Response first = given.site.post("/apply/draft", {{"first_name", "Amina"}, {"_action", "autosave"}}, true);
  REQUIRE(first.status == 201);
  const std::string path = between(body_of(first), "\"link\":\"", "\"");
  const std::string token = between(body_of(first), "\"token\":\"", "\"");
  int version = 1;
  const auto save = [&](std::size_t length, bool json = true) {
    const web::Response response = given.site.post(path,
                                                   {{"first_name", "Amina"},
                                                    {"project_description", std::string(length, 'x')},
                                                    {"_action", json ? "autosave" : "save"},
                                                    {"_version", std::to_string(version)},
                                                    {"_token", token}},
                                                   json);
    if (response.status == 200 || response.status == 303) ++version;
    return response;
  };
  CHECK(save(90 << 10).status == 200);
  for (int i = 0; i < 20; ++i) CHECK(save((90 << 10) - 20 * static_cast<std::size_t>(i)).status == 200);
  CHECK(save(99 << 10).status == 429);
  const web::Response page = save(99 << 10, false);
  CHECK(page.status == 429);
  CHECK(has(body_of(page), std::string(99 << 10, 'x')));  // as typed
  // What keeps it from being submitted is said all the same.
  const web::Response unfit = given.site.post(path, {{"first_name", "Amina"},
                                                     {"project_description", std::string(99 << 10, 'x')},
                                                     {"_action", "submit"},
                                                     {"_version", std::to_string(version)},
                                                     {"_token", token}});
  CHECK(unfit.status == 422);
  CHECK(has(body_of(unfit), "There is a problem"));
  CHECK(has(body_of(unfit), "href=\"#last_name\""));
  CHECK(has(body_of(unfit), "So many drafts were saved just now"));
  given.house.clock.advance(2h);
  CHECK(save(99 << 10, false).status == 303);
}

TEST_CASE("one draft holds a megabyte of text, and says so") {
  for_each_database([](db::Database& database) {
    House house(database);
    forms::Answers answers;
    answers.set("project_description", std::string(kLargestDraft - 1000, 'x'));
    const auto large = start_draft(house.parts, *house.program(), "en", answers, {});
    REQUIRE(large.has_value());
    answers.set("project_description", std::string(kLargestDraft, 'x'));
    const auto larger = save_draft(house.parts, large->link.text, 1, answers, {});
    REQUIRE_FALSE(larger.has_value());
    CHECK(larger.error().kind == ErrorKind::invalid);
    CHECK(larger.error().message.key == "applications.problem.draft_too_long");
    CHECK_FALSE(start_draft(house.parts, *house.program(), "en", answers, {}).has_value());
    CHECK(house.count("application") == 1);
  });
}

TEST_CASE("too long a draft keeps the page it came from, as page and as JSON") {
  Given given(HouseOptions{});
  const std::string text(kLargestDraft / 2, 'x');  // two of them are too much
  Site::Fields fields = {{"project_description", text}, {"timeline", text}, {"_action", "save"}};
  const web::Response page = given.site.post("/apply", fields);
  CHECK(page.status == 422);
  CHECK(has(body_of(page), "1024 KB of text"));
  CHECK(has(body_of(page), text));
  put(fields, "_action", "autosave");
  const web::Response autosaved = given.site.post("/apply/draft", fields, true);
  CHECK(autosaved.status == 422);
  CHECK(has(body_of(autosaved), "1024 KB of text"));
  CHECK(given.house.count("application") == 0);
}
