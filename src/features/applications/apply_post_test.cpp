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
  explicit Given(const HouseOptions& options = {}) : house(*sqlite.database, options) {}
};

}  // namespace

TEST_CASE("submit leads to a confirmation that says reference, next step and date") {
  Given given;
  const web::Response posted = given.site.post("/apply", given.site.good_fields());
  REQUIRE(posted.status == 303);
  const std::string path = location_of(posted);
  REQUIRE(path.starts_with("/application/"));
  const web::Response page = given.site.get(path);
  CHECK(page.status == 200);
  const std::string body = body_of(page);
  CHECK(has(body, "Application received"));
  CHECK(has(body, "16 April 2026"));  // 45 days later
  CHECK(has(body, "amina@example.org"));
  CHECK(has(body, "We study how models follow instructions under perturbed prompts."));
  CHECK(has(body, "noindex"));
  CHECK(given.house.count("application where state = 1") == 1);
  CHECK(has(body_of(given.site.get(path, "es")), "Solicitud recibida"));
}

TEST_CASE("a replayed post leads to the same confirmation") {
  Given given;
  auto fields = given.site.good_fields();
  fields.emplace_back("_key", std::string(32, 'a'));
  const std::string first = location_of(given.site.post("/apply", fields));
  CHECK(location_of(given.site.post("/apply", fields)) == first);
  put(fields, "_key", "");
  const std::string other = location_of(given.site.post("/apply", fields));
  CHECK(other != first);
  CHECK(location_of(given.site.post("/apply", fields)) == other);
  CHECK(given.house.count("application") == 2);
  given.house.clock.advance(2h);
  const web::Response late = given.site.post("/apply", fields);
  CHECK(late.status == 200);
  CHECK(has(body_of(late), "We have this application already"));
  CHECK_FALSE(has(body_of(late), "/application/"));
  CHECK(given.house.count("application") == 2);
}

TEST_CASE("every required question left out is named, what was typed stays, nothing is stored") {
  Given given;
  for (const char* key :
       {"first_name", "last_name", "email", "institution", "country", "research_areas", "project_description",
        "model_types", "timeline", "budget", "investigators", "accept_policy", "accept_processing"}) {
    INFO(key);
    auto fields = given.site.good_fields();
    std::erase_if(fields, [&](const auto& field) { return field.first == key; });
    const web::Response response = given.site.post("/apply", fields);
    CHECK(response.status == 422);
    const std::string body = body_of(response);
    CHECK(has(body, "<title>Error: "));
    CHECK(has(body, "href=\"#" + std::string(key) + "\""));
    CHECK((std::string(key) == "institution" || has(body, "University of Nairobi")));
  }
  CHECK(given.house.count("application") == 0);
}

TEST_CASE("bad input gets its message, keeps what was typed and changes nothing") {
  Given given;
  struct Bad {
    const char* name;
    const char* field;
    std::string value;
    const char* kept;  // must stand in the page again
  };
  const Bad all[] = {
      {"unknown option", "research_areas", "astrology", "Amina"},
      {"option of another question", "model_types", "alignment", "Amina"},
      {"country not listed", "country", "XX", "Amina"},
      {"wrong e-mail", "email", "amina at example", "amina at example"},
      {"too long", "project_description", std::string(100'000, 'x'), "Amina"},
      {"unknown field", "salary", "100", "Amina"},
      {"duplicate field", "first_name", "Second", "Otieno"},
      {"control character", "first_name", "Ami\x01na", "Otieno"},
      {"bidi control", "first_name", "Ami\xE2\x80\xAEna", "Otieno"},
      {"mass assignment", "state", "5", "Amina"},
      {"mass assignment", "reference", "RA-0000-00000", "Amina"},
      {"consent to another version", "accept_policy", "000000000000", "Amina"},
      {"unknown action", "_action", "award", "Amina"},
  };
  for (const Bad& bad : all) {
    INFO(bad.name, " ", bad.field);
    auto fields = given.site.good_fields();
    if (std::string(bad.name) == "duplicate field") {
      fields.emplace_back(bad.field, bad.value);
    } else {
      put(fields, bad.field, bad.value);
    }
    const web::Response response = given.site.post("/apply", fields);
    CHECK(response.status == 422);
    CHECK(has(body_of(response), bad.kept));
    CHECK(given.house.count("application") == 0);
    CHECK(given.house.count("submission_key") == 0);
  }
}

TEST_CASE("bytes that are no text are refused by field and the rest is kept") {
  Given given;
  for (const std::string& raw : {std::string("first_name=%FF%FE"), std::string("first_name=A%00B")}) {
    std::string body = raw + "&last_name=Otieno&_action=submit";
    const web::Response response = given.site.post_body("/apply", "application/x-www-form-urlencoded", body);
    CHECK(response.status == 422);
    CHECK(has(body_of(response), "Otieno"));
    CHECK(has(body_of(response), "href=\"#first_name\""));
  }
  // 10 MB in one field: too long to be received, said by name.
  const std::string huge = "last_name=Otieno&project_description=" + std::string(10u << 20, 'x');
  const web::Response response = given.site.post_body("/apply", "application/x-www-form-urlencoded", huge);
  CHECK(response.status == 422);
  CHECK(has(body_of(response), "Otieno"));
  CHECK(given.house.count("application") == 0);
}

TEST_CASE("a malformed post is refused as a whole") {
  Given given;
  struct Bad {
    const char* type;
    std::string body;
    int status;
  };
  const Bad all[] = {
      {"application/x-www-form-urlencoded", "first_name=%zz", 400},
      {"multipart/form-data", "nothing", 400},
      {"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ncut", 400},
      {"application/json", "{}", 415},
      {"text/plain", "first_name=Amina", 415},
      {"application/x-www-form-urlencoded", std::string((32u << 20) + 1, 'x'), 413},
  };
  for (const Bad& bad : all) {
    INFO(bad.type, " ", bad.body.substr(0, 40));
    CHECK(given.site.post_body("/apply", bad.type, bad.body).status == bad.status);
  }
  CHECK(given.house.count("application") == 0);
}

TEST_CASE("HTML and formulas are text") {
  Given given;
  auto fields = given.site.good_fields();
  put(fields, "first_name", "=HYPERLINK(\"x\")");
  put(fields, "comments", "<script>alert(1)</script><b>\"'&");
  const web::Response posted = given.site.post("/apply", fields);
  REQUIRE(posted.status == 303);
  const std::string body = body_of(given.site.get(location_of(posted)));
  CHECK_FALSE(has(body, "<script>alert"));
  CHECK(has(body, "&lt;script&gt;alert(1)"));
}

TEST_CASE("a stale form takes what fits, shows the rest, and submits nothing") {
  testing::SqliteForTest sqlite;
  House old_house(*sqlite.database);
  old_house.versions.keep(*old_house.program(), old_house.ids, old_house.clock.now());
  const std::string old_version = old_house.program()->form_version;
  House house(*sqlite.database, {.changes = {{"form.toml", "key = \"comments\"", "key = \"remarks\""},
                                             {"es/form.toml", "[questions.comments]", "[questions.remarks]"}}});
  const Site site(house);
  REQUIRE(house.program()->form_version != old_version);
  auto fields = site.good_fields();
  put(fields, "_form_version", old_version);
  put(fields, "comments", "a word that would be lost");
  const web::Response response = site.post("/apply", fields);
  CHECK(response.status == 409);
  const std::string body = body_of(response);
  CHECK(has(body, "a word that would be lost"));
  CHECK(has(body, "The form has changed"));
  CHECK(has(body, "value=\"Amina\""));
  CHECK(has(body, house.program()->form_version));
  CHECK(house.count("application") == 0);

  // A version that nobody knows: the field's own name stands for its label.
  put(fields, "_form_version", std::string(64, 'f'));
  const web::Response unknown = site.post("/apply", fields);
  CHECK(unknown.status == 409);
  CHECK(has(body_of(unknown), "a word that would be lost"));

  // Autosave of a page made from the older form keeps that form.
  put(fields, "_form_version", old_version);
  const web::Response saved = site.post("/apply/draft", fields, true);
  REQUIRE(saved.status == 201);
  const std::string link = between(body_of(saved), "\"link\":\"", "\"");
  CHECK(has(body_of(site.get(link)), "a word that would be lost"));
}

TEST_CASE("what comes after the end is kept as a draft and told so") {
  const std::string closed = "decision_days = 45\nopens = 2026-01-01T09:00:00\ncloses = 2026-03-01T12:00:00";
  Given given({.changes = {{"program.toml", "decision_days = 45", closed}}});
  const web::Response response = given.site.post("/apply", given.site.good_fields());
  CHECK(response.status == 403);
  const std::string body = body_of(response);
  CHECK(has(body, "ended on 1 March 2026"));
  const std::string link = between(body, "action=\"/draft/", "\"");
  REQUIRE(link.size() == 36);
  CHECK(given.house.count("application where state = 0") == 1);
  CHECK(given.house.count("application where state = 1") == 0);
  CHECK(has(body_of(given.site.get("/draft/" + link)), "value=\"Amina\""));
}

TEST_CASE("a flood is answered with 429 and a draft") {
  HouseOptions options;
  options.defence.enabled = true;
  options.defence.unproven_per_address = 2;
  Given given(options);
  int taken = 0;
  for (int i = 0; i < 4; ++i) {
    given.house.clock.advance(1s);
    const web::Response response =
        given.site.post("/apply", given.site.good_fields("a" + std::to_string(i) + "@example.org"));
    if (response.status == 303) {
      ++taken;
      continue;
    }
    CHECK(response.status == 429);
    CHECK(response.headers.has("Retry-After"));
    CHECK(has(body_of(response), "action=\"/draft/"));
    CHECK(has(body_of(response), "value=\"Amina\""));
  }
  CHECK(taken == 2);
  CHECK(given.house.count("application where state = 1") == 2);
  CHECK(given.house.count("application where state = 0") == 2);
  CHECK(given.house.count("flag where kind = 2") == 2);  // taken without proof: told to staff
  // With a proof it is taken.
  auto fields = given.site.good_fields("b@example.org");
  fields.emplace_back("_proof", defence::solve(given.house.defence.challenge()));
  CHECK(given.site.post("/apply", fields).status == 303);
  CHECK(given.house.count("flag where kind = 2") == 2);
  // A filled honeypot is taken and flagged.
  auto trapped = given.site.good_fields("c@example.org");
  trapped.emplace_back("_proof", defence::solve(given.house.defence.challenge()));
  trapped.emplace_back("_website", "https://spam.example");
  CHECK(given.site.post("/apply", trapped).status == 303);
  CHECK(given.house.count("flag where kind = 3") == 1);
}

TEST_CASE("save and check make a draft without an e-mail, and lead to its pages") {
  Given given;
  const web::Response saved = given.site.post("/apply", {{"first_name", "Amina"}, {"_action", "save"}});
  REQUIRE(saved.status == 303);
  const std::string path = location_of(saved);
  REQUIRE(path.ends_with("/saved"));
  const std::string body = body_of(given.site.get(path));
  CHECK(has(body, "https://apply.example.org/draft/"));
  CHECK(has(body, "31 May 2026"));

  const web::Response unfit = given.site.post("/apply", {{"first_name", "Amina"}, {"_action", "check"}});
  CHECK(unfit.status == 422);
  CHECK(has(body_of(unfit), "action=\"/draft/"));
  auto fields = given.site.good_fields();
  put(fields, "_action", "check");
  const web::Response fit = given.site.post("/apply", fields);
  REQUIRE(fit.status == 303);
  CHECK(location_of(fit).ends_with("/check"));
  const std::string check = body_of(given.site.get(location_of(fit)));
  CHECK(has(check, "Check your answers"));
  CHECK(has(check, "#budget"));
  CHECK(has(check, "Not provided"));
}

TEST_CASE("a post from another site does nothing") {
  Given given;
  web::Request request;
  request.method = web::Method::post;
  request.path = "/apply";
  request.headers.add("Origin", "https://evil.example");
  request.headers.add("Host", "apply.example.org");
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.body = std::make_shared<web::MemoryBody>("first_name=Eve&_action=save");
  CHECK(given.site.pipeline->handle(request).status == 403);
  CHECK(given.house.count("application") == 0);
}
