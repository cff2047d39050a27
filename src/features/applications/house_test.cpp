#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "features/applications/test_house.h"
#include "features/site/site.h"

namespace bursary::applications {
namespace {

constexpr Instant kStart{1'772'445'600'000'000};  // 2026-03-02T10:00:00Z

class NoSessions final : public web::Sessions {
 public:
  std::optional<web::Viewer> find(std::string_view, Instant) override { return std::nullopt; }
};

std::string write_program(const std::vector<HouseOptions::Change>& changes, const std::filesystem::path& folder) {
  programs::Files files = programs::built_in_program();
  for (const auto& change : changes) {
    REQUIRE_MESSAGE(files.contains(change.file), change.file);
    std::string& text = files[change.file];
    if (change.from.empty()) {
      text += change.to;
      continue;
    }
    const std::size_t at = text.find(change.from);
    REQUIRE_MESSAGE(at != std::string::npos, change.from);
    text.replace(at, change.from.size(), change.to);
  }
  for (const auto& [path, text] : files) {
    const std::filesystem::path file = folder / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  return folder.string();
}

}  // namespace

defence::Settings HouseOptions::calm() {
  defence::Settings settings;
  settings.enabled = false;
  return settings;
}

House::House(db::Database& opened, const HouseOptions& options)
    : clock(kStart),
      ids(clock, 0),
      folder(options.changes.empty() ? nullptr : std::make_unique<testing::TempFolder>()),
      versions(opened),
      signing_key(SigningKey::from_seed(std::string(32, 'k'))),
      defence(clock, random, std::string(32, 'd'), options.defence),
      parts{opened,
            clock,
            random,
            ids,
            *[&] {
              std::vector<programs::Problem> problems;
              auto loaded = programs::Programs::open(
                  folder ? std::filesystem::path(write_program(options.changes, folder->path()))
                         : std::filesystem::path(),
                  problems);
              for (const programs::Problem& problem : problems) INFO(programs::to_line(problem));
              for (const programs::Problem& problem : problems) {
                if (problem.severity == programs::Problem::Severity::error) FAIL_CHECK(programs::to_line(problem));
              }
              REQUIRE(loaded.has_value());
              programs = std::move(*loaded);
              return programs.get();
            }(),
            versions,
            signing_key,
            "https://apply.example.org",
            std::string(32, 's')},
      database(opened) {}

forms::Answers House::good_answers(const std::string& email) const {
  const forms::Definition& form = program()->form;
  forms::Answers answers;
  answers.set("first_name", std::string("Amina"));
  answers.set("last_name", std::string("Otieno"));
  answers.set("email", email);
  answers.set("institution", std::string("University of Nairobi"));
  answers.set("country", std::string("KE"));
  answers.set("research_areas", std::vector<std::string>{"alignment", "robustness"});
  answers.set("project_description", std::string("We study how models follow instructions under perturbed prompts."));
  answers.set("model_types", std::vector<std::string>{"natural-language"});
  answers.set("timeline", std::string("6 months"));
  answers.set("budget", std::string("USD 5,000"));
  answers.set("investigators", std::string("2"));
  for (const forms::Section& section : form.sections) {
    for (const forms::Question& question : section.questions) {
      if (question.type == forms::QuestionType::consent) answers.set(question.key, form.consent_version(question));
    }
  }
  return answers;
}

SubmitRequest House::good_request(const std::string& email) const {
  SubmitRequest request;
  request.locale = "en";
  request.answers = good_answers(email);
  return request;
}

std::int64_t House::count(const char* table) {
  const std::string text = std::string("select count(*) from ") + table;
  return database.read([&](db::Tx& tx) { return tx.query_composed(text, {}).at(0).integer(0); });
}

Site::Site(House& h) : house(h), sessions(std::make_unique<NoSessions>()) {
  add_routes(router, house.parts, house.defence);
  pipeline = std::make_unique<web::Pipeline>(web::PipelineParts{
      .router = router,
      .clock = house.clock,
      .sessions = *sessions,
      .phrasebooks = [this] { return house.program()->phrasebooks; },
      .error_page =
          [this](const web::Request& request, const web::Context& context, int status, const Error& error) {
            return site::error_page(*house.program(), request, context, status, error);
          },
      .form_secret = std::string(32, 'f')});
}

web::Response Site::get(const std::string& path_and_query, const std::string& language) const {
  web::Request request;
  const std::size_t question = path_and_query.find('?');
  request.path = path_and_query.substr(0, question);
  if (question != std::string::npos) request.query = path_and_query.substr(question + 1);
  request.headers.add("Accept-Language", language);
  request.peer = "203.0.113.7";
  request.received = house.clock.now();
  return pipeline->handle(request);
}

web::Response Site::post_body(const std::string& path, const std::string& media_type, const std::string& body,
                              bool json) const {
  web::Request request;
  request.method = web::Method::post;
  request.path = path;
  request.headers.add("Accept-Language", "en");
  request.headers.add("Sec-Fetch-Site", "same-origin");
  request.headers.add("Content-Type", media_type);
  if (json) request.headers.add("Accept", "application/json");
  request.body = std::make_shared<web::MemoryBody>(body);
  request.peer = "203.0.113.7";
  request.received = house.clock.now();
  return pipeline->handle(request);
}

web::Response Site::post(const std::string& path, const Fields& fields, bool json) const {
  std::string body;
  for (const auto& [name, value] : fields) {
    if (!body.empty()) body += '&';
    body += web::percent_encode(name) + "=" + web::percent_encode(value);
  }
  return post_body(path, "application/x-www-form-urlencoded", body, json);
}

Site::Fields Site::good_fields(const std::string& email) const {
  Fields fields;
  const forms::Answers answers = house.good_answers(email);
  for (const auto& [key, answer] : answers.all()) {
    if (const auto* text = std::get_if<std::string>(&answer)) fields.emplace_back(key, *text);
    if (const auto* several = std::get_if<std::vector<std::string>>(&answer)) {
      for (const std::string& value : *several) fields.emplace_back(key, value);
    }
  }
  fields.emplace_back("_form_version", house.program()->form_version);
  return fields;
}

void put(Site::Fields& fields, const std::string& name, const std::string& value) {
  std::erase_if(fields, [&](const auto& field) { return field.first == name; });
  fields.emplace_back(name, value);
}

std::string body_of(const web::Response& response) {
  const auto* text = std::get_if<std::string>(&response.body);
  return text == nullptr ? std::string() : *text;
}

std::string location_of(const web::Response& response) {
  return std::string(response.headers.find("Location").value_or(""));
}

std::string between(const std::string& text, const std::string& before, const std::string& after) {
  const std::size_t start = text.find(before);
  if (start == std::string::npos) return {};
  const std::size_t end = text.find(after, start + before.size());
  return end == std::string::npos ? std::string() : text.substr(start + before.size(), end - start - before.size());
}

}  // namespace bursary::applications
