#include <doctest/doctest.h>

#include "features/applications/test_house.h"

using namespace bursary;
using namespace bursary::applications;
using namespace std::chrono_literals;

namespace {

struct Given {
  testing::SqliteForTest sqlite;
  House house;
  Site site{house};
  std::string path, token;  // of a draft of good answers
  explicit Given(const HouseOptions& options = {}) : house(*sqlite.database, options) {
    const web::Response saved = site.post("/apply/draft", site.good_fields(), true);
    REQUIRE(saved.status == 201);
    path = between(body_of(saved), "\"link\":\"", "\"");
    token = between(body_of(saved), "\"token\":\"", "\"");
    REQUIRE(path.starts_with("/draft/"));
  }
  Site::Fields fields(const std::string& action, int version) const {
    Site::Fields out = site.good_fields();
    out.emplace_back("_token", token);
    out.emplace_back("_version", std::to_string(version));
    out.emplace_back("_action", action);
    return out;
  }
  std::string link() const { return path.substr(7); }
};

}  // namespace

TEST_CASE("autosave answers as the page expects") {
  Given given;
  auto fields = given.fields("autosave", 1);
  put(fields, "comments", "one");
  const web::Response saved = given.site.post(given.path, fields, true);
  CHECK(saved.status == 200);
  CHECK(between(body_of(saved), "\"version\":", ",") == "2");
  CHECK(has(body_of(saved), "\"saved_at\":\"2026-03-02T10:00:00Z\""));
  CHECK(between(body_of(saved), "\"token\":\"", "\"") == given.token);

  // Stale: what is stored, lists as lists.
  put(fields, "comments", "two");
  const web::Response stale = given.site.post(given.path, fields, true);
  CHECK(stale.status == 409);
  CHECK(between(body_of(stale), "\"version\":", ",") == "2");
  CHECK(has(body_of(stale), "\"comments\":\"one\""));
  CHECK(has(body_of(stale), "\"research_areas\":[\"alignment\",\"robustness\"]"));

  // Incomplete is fine, misshapen is not.
  CHECK(given.site
            .post(given.path,
                  {{"first_name", "A"}, {"_token", given.token}, {"_version", "2"}, {"_action", "autosave"}}, true)
            .status == 200);
  const web::Response unknown = given.site.post(
      given.path, {{"salary", "1"}, {"_token", given.token}, {"_version", "3"}, {"_action", "autosave"}}, true);
  CHECK(unknown.status == 422);
  CHECK(between(body_of(unknown), "\"title\":\"", "\"").find("salary") != std::string::npos);
  CHECK(given.house.count("event") == 1);
}

TEST_CASE("without the draft's token nothing is saved or submitted, and the text stays") {
  Given given;
  for (const char* token : {"", "wrong"}) {
    auto fields = given.fields("save", 1);
    put(fields, "_token", token);
    put(fields, "comments", "typed text");
    const web::Response refused = given.site.post(given.path, fields);
    CHECK(refused.status == 403);
    CHECK(has(body_of(refused), "typed text"));
    put(fields, "_action", "submit");
    CHECK(given.site.post(given.path, fields).status == 403);
    put(fields, "_action", "autosave");
    CHECK(given.site.post(given.path, fields, true).status == 403);
  }
  CHECK(given.house.count("application where state = 0 and version = 1") == 1);
}

TEST_CASE("two tabs without script see both texts and lose none") {
  Given given;
  auto theirs = given.fields("save", 1);
  put(theirs, "comments", "their text");
  CHECK(given.site.post(given.path, theirs).status == 303);
  auto mine = given.fields("save", 1);
  put(mine, "comments", "my text");
  const web::Response conflict = given.site.post(given.path, mine);
  CHECK(conflict.status == 409);
  const std::string body = body_of(conflict);
  CHECK(has(body, "their text"));
  CHECK(has(body, "my text"));
  CHECK(has(body, "name=\"_version\" value=\"2\""));
  // Sent again from that page it is saved.
  put(mine, "_version", "2");
  CHECK(given.site.post(given.path, mine).status == 303);
  CHECK(has(body_of(given.site.get(given.path)), "my text"));
  // Submitting from a stale page meets the same conflict.
  auto stale = given.fields("submit", 1);
  put(stale, "comments", "a third");
  CHECK(given.site.post(given.path, stale).status == 409);
  CHECK(given.house.count("submission") == 0);
}

TEST_CASE("submitting a draft: its page and link lead on, a second post is no second application") {
  Given given;
  const web::Response posted = given.site.post(given.path, given.fields("submit", 1));
  REQUIRE(posted.status == 303);
  CHECK(location_of(posted) == "/application/" + given.link());
  CHECK(location_of(given.site.post(given.path, given.fields("submit", 1))) == "/application/" + given.link());
  CHECK(location_of(given.site.get(given.path)) == "/application/" + given.link());
  CHECK(location_of(given.site.get(given.path + "/check")) == "/application/" + given.link());
  CHECK(given.house.count("application") == 1);
  CHECK(given.house.count("message") == 1);

  // Another tab still holds the form with another text.
  auto other = given.fields("save", 1);
  put(other, "comments", "typed in another tab");
  const web::Response late = given.site.post(given.path, other);
  CHECK(late.status == 409);
  CHECK(has(body_of(late), "typed in another tab"));
  CHECK(has(body_of(late), "action=\"/apply\""));
  put(other, "_action", "autosave");
  CHECK(given.site.post(given.path, other, true).status == 410);
}

TEST_CASE("answers that are not fit are saved in the draft and named") {
  Given given;
  auto fields = given.fields("submit", 1);
  put(fields, "budget", "");
  put(fields, "comments", "kept");
  const web::Response refused = given.site.post(given.path, fields);
  CHECK(refused.status == 422);
  CHECK(has(body_of(refused), "href=\"#budget\""));
  CHECK(has(body_of(refused), "name=\"_version\" value=\"2\""));
  CHECK(has(body_of(given.site.get(given.path)), "kept"));
  CHECK(given.house.count("submission") == 0);
}

TEST_CASE("the page of the answers submits what it showed, and only that") {
  Given given;
  const std::string check = body_of(given.site.get(given.path + "/check"));
  CHECK(has(check, "name=\"_stored\" value=\"1\""));
  auto changed = given.fields("save", 1);
  put(changed, "comments", "changed after it was looked through");
  CHECK(given.site.post(given.path, changed).status == 303);
  const Site::Fields from_check = {{"_token", given.token}, {"_version", "1"}, {"_stored", "1"}, {"_action", "submit"}};
  const web::Response stale = given.site.post(given.path, from_check);
  CHECK(stale.status == 409);
  CHECK(given.house.count("submission") == 0);
  const web::Response posted = given.site.post(
      given.path, {{"_token", given.token}, {"_version", "2"}, {"_stored", "1"}, {"_action", "submit"}});
  REQUIRE(posted.status == 303);
  CHECK(has(body_of(given.site.get(location_of(posted))), "changed after it was looked through"));
}

TEST_CASE("the link is mailed on request, and a wrong address is told beside the field") {
  Given given;
  const Site::Fields wrong = {{"_token", given.token}, {"_email", "nobody"}, {"_action", "mail_link"}};
  const web::Response refused = given.site.post(given.path, wrong);
  CHECK(refused.status == 422);
  CHECK(has(body_of(refused), "value=\"nobody\""));
  CHECK(has(body_of(refused), "aria-invalid=\"true\""));
  const web::Response mailed =
      given.site.post(given.path, {{"_token", given.token}, {"_email", "new@example.org"}, {"_action", "mail_link"}});
  REQUIRE(mailed.status == 303);
  CHECK(has(body_of(given.site.get(location_of(mailed))), "sent the link to new@example.org"));
  CHECK(given.house.count("message where recipient = 'new@example.org' and template = 'draft_link'") == 1);
  CHECK(has(body_of(given.site.get(given.path)), "We study how models"));  // the other answers are as they were
}

TEST_CASE("wrong and ended links say what happened") {
  Given given;
  const std::string foreign = LinkSecret::make(ApplicationId{123456789}, given.house.random).text;
  for (const std::string& link : {foreign, std::string("x"), given.link() + "0"}) {
    CHECK(given.site.get("/draft/" + link).status == 404);
    CHECK(given.site.get("/draft/" + link + "/check").status == 404);
    CHECK(given.site.get("/application/" + link).status == 404);
    CHECK(given.site.post("/draft/" + link, given.fields("save", 1)).status == 404);
  }
  CHECK(location_of(given.site.get("/application/" + given.link())) == given.path);
  given.house.clock.advance(24h * 91);
  CHECK(run_draft_expiry(given.house.parts, 10).expired == 1);
  const web::Response ended = given.site.get(given.path);
  CHECK(ended.status == 410);
  CHECK(has(body_of(ended), "This draft has been deleted"));
  CHECK(given.site.post(given.path, given.fields("autosave", 1), true).status == 410);
  CHECK(given.site.post(given.path, given.fields("save", 1)).status == 410);
}

TEST_CASE("no GET changes anything") {
  Given given;
  const std::string application = location_of(given.site.post("/apply", given.site.good_fields("b@example.org")));
  const auto state = [&] {
    std::string out;
    for (const char* table :
         {"application", "draft", "event", "message", "submission", "submission_key", "file", "flag", "lease"}) {
      out += std::to_string(given.house.count(table)) + " ";
    }
    return out + std::to_string(given.house.database.read([](db::Tx& tx) {
             return tx.query_composed("select sum(version) from application", {}).at(0).integer(0);
           }));
  };
  const std::string before = state();
  for (const std::string& path :
       {given.path, given.path + "/saved", given.path + "/check", application, application + "/receipt",
        application + "/answers.pdf", std::string("/receipt"), given.path + "/file/nothing"}) {
    const int status = given.site.get(path).status;
    INFO(path, " ", status);
    CHECK((status == 200 || (status == 404 && path.ends_with("nothing"))));
  }
  CHECK(state() == before);
}
