// Screening by the API: every act of the page, refused as the API refuses.
#include <boost/json.hpp>

#include "features/api/api.h"
#include "features/screening/sanctions.h"
#include "features/screening/screening.h"
#include "tests/support/staff_house.h"

using namespace bursary;
using namespace bursary::screening;
using namespace bursary::testing;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

struct House : StaffHouse {
  explicit House(db::Database& opened)
      : StaffHouse(opened),
        sanctions(std::filesystem::path{}),
        screening{parts, sanctions},
        api{opened, clock, "c", "https://a.example"} {
    add_api_routes(router, screening, api);
  }
  web::Response act(const applications::Application& application, const std::string& where, const std::string& body,
                    std::string_view who = "ana", const Fields& headers = {}) {
    return call(web::Method::post, "/applications/" + application.reference + where, body, who, headers);
  }
  json::object read(const applications::Application& application) {
    const web::Response response = call(web::Method::get, "/applications/" + application.reference + "/screening");
    REQUIRE(response.status == 200);
    return json::parse(text(response)).as_object();
  }
  static std::string pointer(const web::Response& response) {
    const json::object told = json::parse(text(response)).as_object();
    if (!told.contains("errors")) return {};
    return std::string(told.at("errors").as_array().at(0).at("pointer").as_string());
  }

  SanctionsFile sanctions;
  Parts screening;
  api::Parts api;
};

}  // namespace

TEST_CASE("API: from step to step, as the table of moves has it") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto one = house.submit();
    struct {
      const char* body;
      int status;
      State then;
    } const steps[] = {
        {R"({"act":"take_back"})", 409, State::submitted},
        {R"({"act":"take_up","seen":"screening"})", 409, State::submitted},
        {R"({"act":"take_up"})", 200, State::screening},
        {R"({"act":"take_up"})", 409, State::screening},
        {R"({"act":"send_to_review"})", 200, State::in_review},
        {R"({"act":"take_back"})", 200, State::screening},
        {R"({"act":"hold","text":"Waits.","until":"2026-03-01T00:00:00Z"})", 422, State::screening},
        {R"({"act":"hold","text":"Waits."})", 422, State::screening},
        {R"({"act":"hold","until":"2026-04-01T00:00:00Z"})", 422, State::screening},
        {R"({"act":"hold","text":"Waits.","until":"2026-04-01T00:00:00Z"})", 200, State::on_hold},
        {R"({"act":"end_hold"})", 200, State::screening},
        {R"({"act":"decide"})", 400, State::screening},
        {R"({"act":"return","text":"","until":"2026-04-01T00:00:00Z"})", 422, State::screening},
        {R"({"act":"return","text":"Say more.","until":"2026-04-01T00:00:00Z"})", 200, State::returned},
    };
    for (const auto& step : steps) {
      CAPTURE(step.body);
      const web::Response response = house.act(one, "/moves", step.body);
      CHECK(response.status == step.status);
      if (step.status == 422) CHECK_FALSE(House::pointer(response).empty());
      CHECK(house.state_of(one.id) == step.then);
      house.clock.advance(1s);
    }
    CHECK(house.mail_of(one.id).size() == 2);  // received, and asked to change
    CHECK(house.read(one).at("change_requests").as_array().at(0).at("text") == "Say more.");
  });
}

TEST_CASE("API: notes, flags, checks; told by pointer what is wrong, and nothing to who may not") {
  for_each_database([](db::Database& database) {
    House house(database);
    const auto one = house.submit();
    const web::Response noted = house.act(one, "/notes", R"({"text":"Zephyr quartz."})");
    CHECK(noted.status == 201);
    const std::string note = "/applications/" + one.reference + "/notes/" +
                             std::string(json::parse(House::text(noted)).at("note").as_string());
    CHECK(House::pointer(house.act(one, "/notes", R"({"text":"  "})")) == "/text");
    CHECK(house.call(web::Method::put, note, R"({"text":"Mended."})", "ben").status == 404);  // another's
    CHECK(house.call(web::Method::put, note, R"({"text":"Mended."})").status == 200);
    house.clock.advance(1h);
    CHECK(house.call(web::Method::put, note, R"({"text":"Late."})").status == 409);
    CHECK(house.read(one).at("notes").as_array().at(0).at("text") == "Mended.");

    const web::Response seen = house.call(web::Method::get, "/applications/" + one.reference + "/screening");
    const std::string etag(seen.headers.find("ETag").value_or(""));
    CHECK(house.act(one, "/flags", R"({"flag":"attention","reason":"Look."})", "ana", {{"If-Match", etag}}).status ==
          201);
    CHECK(house.act(one, "/flags", R"({"flag":"attention","reason":"Look."})").status == 409);
    CHECK(house.act(one, "/flags/attention/remove", R"({"reason":"x"})", "ana", {{"If-Match", etag}}).status == 412);
    CHECK(House::pointer(house.act(one, "/flags", R"({"flag":"honeypot","reason":"Made up."})")) == "/flag");
    CHECK(House::pointer(house.act(one, "/flags", R"({"flag":"policy_conflict","reason":""})")) == "/reason");
    CHECK(house.act(one, "/flags/king/remove", R"({"reason":"x"})").status == 404);
    CHECK(house.act(one, "/flags/attention/remove", R"({"reason":"Fine."})").status == 200);
    CHECK(House::pointer(house.act(one, "/checks", R"({"kind":"orcid","outcome":"confirmed","subject":"1"})")) ==
          "/subject");
    CHECK(House::pointer(house.act(one, "/checks", R"({"kind":"other","outcome":"refuted"})")) == "/remark");
    CHECK(house.act(one, "/checks", R"({"kind":"other","outcome":"confirmed"})").status == 201);

    for (const char* who : {"auditor", "ada"}) {
      CHECK(house.act(one, "/notes", R"({"text":"x"})", who).status == 404);
      CHECK(house.act(one, "/moves", R"({"act":"take_up"})", who).status == 404);
    }
    const web::Response refused =
        house.call(web::Method::get, "/applications/" + one.reference + "/screening", {}, "ada");
    CHECK(refused.status == 404);
    CHECK_FALSE(has(House::text(refused), "Mended"));
    // Who only reads sees the notes: an auditor.
    CHECK(has(House::text(house.call(web::Method::get, "/applications/" + one.reference + "/screening", {}, "auditor")),
              "Mended"));
  });
}
