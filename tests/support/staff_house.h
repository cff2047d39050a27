// A program on a fresh database with staff, submitted applications and a browser of theirs, for the tests of features
// that staff work with. The feature adds its routes.
#pragma once
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "features/applications/applications.h"
#include "features/applications/staff.h"
#include "features/messages/messages.h"
#include "features/site/site.h"
#include "tests/support/databases.h"
#include "web/form_data.h"
#include "web/pipeline.h"

namespace bursary::testing {

inline constexpr web::PersonId kAna{71}, kBen{72};
inline constexpr std::string_view kCoordinator[] = {
    "staff", "read_applications", "screen_applications", "decide_applications", "read_messages", "send_messages"};
inline constexpr std::string_view kAdministrator[] = {"staff", "manage_program", "manage_people"};
inline constexpr std::string_view kAuditor[] = {"staff", "read_applications", "read_messages", "read_audit"};

// Whoever `cookie` says: "ana", "ben" (coordinators), "auditor", "ada" (an administrator); an applicant who is logged
// in: "81:amina@example.org", their person and a verified address.
class StaffSessions final : public web::Sessions {
 public:
  std::optional<web::Viewer> find(std::string_view secret, Instant now) override {
    web::Viewer viewer;
    viewer.strong = true;
    viewer.proved_at = now;
    if (secret == "ana" || secret == "ben") {
      viewer.person = secret == "ana" ? kAna : kBen;
      viewer.name = secret == "ana" ? "Ana Lima" : "Ben";
      for (const std::string_view name : kCoordinator) viewer.permissions.emplace(name);
    } else if (secret == "auditor") {
      viewer.person = web::PersonId{73};
      for (const std::string_view name : kAuditor) viewer.permissions.emplace(name);
    } else if (secret == "ada") {
      viewer.person = kAna;
      for (const std::string_view name : kAdministrator) viewer.permissions.emplace(name);
    } else if (const std::size_t colon = secret.find(':'); colon != std::string_view::npos) {
      viewer.person = web::PersonId{std::stoll(std::string(secret.substr(0, colon)))};
      viewer.emails = {std::string(secret.substr(colon + 1))};
    } else {
      return std::nullopt;
    }
    return viewer;
  }
  // A token of theirs, with all that they may.
  std::optional<web::Viewer> find_token(std::string_view token, Instant now) override {
    auto viewer = find(token, now);
    if (viewer) viewer->token = viewer->person->value;
    return viewer;
  }
};

struct StaffHouse {
  explicit StaffHouse(db::Database& opened)
      : database(opened),
        ids(clock, 0),
        versions(opened),
        signing_key(SigningKey::from_seed(std::string(32, 'k'))),
        programs(open_programs()),
        parts{opened,
              clock,
              random,
              ids,
              *programs,
              versions,
              signing_key,
              "https://apply.example.org",
              std::string(32, 's')} {
    constexpr db::Query<2> kPerson{"trial.person", "insert into person (id, name, created_at) values (?1, ?2, 0)",
                                   "insert into person (id, name, created_at) values ($1, $2, 0)"};
    REQUIRE(database.write([&](db::Tx& tx) -> Result<bool> {
      tx.execute(kPerson, kAna, "Ana Lima");
      tx.execute(kPerson, kBen, "Ben");
      tx.execute(kPerson, 73, "Ada");
      tx.execute(kPerson, 81, "Amina Otieno");
      tx.execute(kPerson, 82, "Bo");
      return true;
    }));
  }

  static std::unique_ptr<programs::Programs> open_programs() {
    std::vector<programs::Problem> problems;
    return std::move(programs::Programs::open({}, problems).value());
  }

  applications::Application submit(const std::vector<std::pair<std::string, std::string>>& given = {}) {
    const forms::Definition& form = programs->current()->form;
    forms::Answers answers;
    answers.set("first_name", std::string("Amina"));
    answers.set("last_name", std::string("Otieno"));
    answers.set("email", "person" + std::to_string(++count) + "@example.org");
    answers.set("institution", std::string("University of Nairobi"));
    answers.set("country", std::string("KE"));
    answers.set("research_areas", std::vector<std::string>{"alignment"});
    answers.set("project_description", "We study how models follow instructions, part " + std::to_string(count) + ".");
    answers.set("model_types", std::vector<std::string>{"natural-language"});
    answers.set("timeline", std::string("6 months"));
    answers.set("budget", std::string("USD 5,000"));
    answers.set("investigators", std::string("2"));
    for (const forms::Section& section : form.sections) {
      for (const forms::Question& question : section.questions) {
        if (question.type == forms::QuestionType::consent) answers.set(question.key, form.consent_version(question));
      }
    }
    for (const auto& [key, value] : given) answers.set(key, value);
    applications::SubmitRequest request;
    request.locale = "en";
    request.answers = answers;
    const auto submitted = applications::submit(parts, request);
    REQUIRE(submitted);
    links[submitted->application.id.value] = submitted->link;
    return submitted->application;
  }
  void place(applications::ApplicationId id, std::initializer_list<applications::State> states) {
    for (const applications::State state : states) {
      REQUIRE(database.write([&](db::Tx& tx) {
        return applications::move(tx, ids, clock.now(), id, {state, audit::By::staff(kAna)});
      }));
    }
  }
  applications::State state_of(applications::ApplicationId id) {
    return database.read([&](db::Tx& tx) { return applications::find_by_id(tx, id)->state; });
  }
  std::vector<messages::Message> mail_of(applications::ApplicationId id) {
    return database.read([&](db::Tx& tx) { return messages::messages_of(tx, id.value); });
  }
  std::int64_t count_of(const std::string& from_where) {
    return database.read(
        [&](db::Tx& tx) { return tx.query_composed("select count(*) from " + from_where, {}).at(0).integer(0); });
  }

  // Routes must have been added.
  web::Response get(const std::string& path_and_query, std::string_view who = "ana") {
    web::Request request;
    const std::size_t question = path_and_query.find('?');
    request.path = path_and_query.substr(0, question);
    if (question != std::string::npos) request.query = path_and_query.substr(question + 1);
    return handle(std::move(request), who);
  }
  using Fields = std::vector<std::pair<std::string, std::string>>;
  web::Response post(const std::string& path, Fields fields, std::string_view who = "ana") {
    web::Request request;
    request.method = web::Method::post;
    request.path = path;
    request.headers.add("Sec-Fetch-Site", "same-origin");
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    if (!who.empty()) fields.emplace_back("_token", web::form_token(std::string(32, 'f'), who));
    std::string body;
    for (const auto& [name, value] : fields) {
      body += (body.empty() ? "" : "&") + web::percent_encode(name) + "=" + web::percent_encode(value);
    }
    request.body = std::make_shared<web::MemoryBody>(body);
    return handle(std::move(request), who);
  }
  // By a service token of `who`; `path` behind /api/v1. Header lines beside.
  web::Response call(web::Method method, const std::string& path, const std::string& body = {},
                     std::string_view who = "ana", const Fields& headers = {}) {
    web::Request request;
    request.method = method;
    const std::size_t question = path.find('?');
    request.path = "/api/v1" + path.substr(0, question);
    if (question != std::string::npos) request.query = path.substr(question + 1);
    request.headers.add("Authorization", "Bearer " + std::string(who));
    for (const auto& [name, value] : headers) request.headers.add(name, value);
    if (!body.empty()) {
      request.headers.add("Content-Type", "application/json");
      request.body = std::make_shared<web::MemoryBody>(body);
    }
    return handle(std::move(request), {});
  }
  static std::string text(const web::Response& response) {
    const auto* body = std::get_if<std::string>(&response.body);
    return body == nullptr ? std::string() : *body;
  }
  static std::string to(const web::Response& response) {
    return std::string(response.headers.find("Location").value_or(""));
  }

  db::Database& database;
  FakeClock clock{*parse_rfc3339("2026-03-02T10:00:00Z")};
  SystemRandom random;
  IdSource ids;
  applications::FormVersions versions;
  SigningKey signing_key;
  std::unique_ptr<programs::Programs> programs;
  applications::Parts parts;
  web::Router router;
  StaffSessions sessions;
  std::map<std::int64_t, std::string> links;  // private ones, by application
  int count = 0;

 private:
  web::Response handle(web::Request request, std::string_view who) {
    request.headers.add("Accept-Language", "en");
    if (!who.empty()) request.headers.add("Cookie", "__Host-session=" + std::string(who));
    request.secure = true;
    request.peer = "203.0.113.7";
    request.received = clock.now();
    const web::Pipeline pipeline(web::PipelineParts{
        .router = router,
        .clock = clock,
        .sessions = sessions,
        .phrasebooks = [this] { return programs->current()->phrasebooks; },
        .error_page =
            [this](const web::Request& r, const web::Context& context, int status, const Error& error) {
              return site::error_page(*programs->current(), r, context, status, error);
            },
        .form_secret = std::string(32, 'f')});
    return pipeline.handle(request);
  }
};

inline bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace bursary::testing
