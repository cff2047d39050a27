// Who may call what: the table of docs/permissions.md against the routes as they are, and against what they answer to
// each kind of viewer. A route without a row fails.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "app/opened_house.h"

using namespace bursary;
using app::body_of, app::changes_something, app::is_api, app::name_of, app::OpenedHouse;

namespace {

// Columns of the table, in its order.
struct Kind {
  const char* name;
  std::optional<int> role;
  bool person, strong;
};
constexpr Kind kKinds[] = {
    {"nobody", std::nullopt, false, false},
    {"by mail", std::nullopt, true, false},
    {"staff by mail", 0, true, false},
    {"applicant", std::nullopt, true, true},
    {"reviewer", 2, true, true},
    {"safety reviewer", 3, true, true},
    {"auditor", 4, true, true},
    {"coordinator", 1, true, true},
    {"administrator", 0, true, true},
};

// Columns of the API's table: who has a token with which scopes, made by somebody of which role.
struct TokenKind {
  const char* name;
  std::optional<int> role;
  const char* scopes;
};
constexpr const char* kEveryScope =
    "read_applications export_applications screen_applications decide_applications read_messages send_messages "
    "read_audit manage_people manage_program";
constexpr TokenKind kTokenKinds[] = {
    {"read", 0, "read_applications"},
    {"export", 0, "export_applications"},
    {"screen", 0, "screen_applications"},
    {"decide", 0, "decide_applications"},
    {"messages", 0, "read_messages"},
    {"send", 0, "send_messages"},
    {"audit", 0, "read_audit"},
    {"people", 0, "manage_people"},
    {"program", 0, "manage_program"},
    {"all, by an administrator", 0, kEveryScope},
    {"all, by a coordinator", 1, kEveryScope},
    {"all, by an auditor", 4, kEveryScope},
    {"all, by a reviewer", 2, kEveryScope},
    {"all, role taken", std::nullopt, kEveryScope},
};

const std::string kPage = std::string(BURSARY_SOURCE_DIR) + "/docs/permissions.md";

bool is_table_line(const std::string& line) {
  return line.starts_with("| GET ") || line.starts_with("| POST ") || line.starts_with("| DELETE ") ||
         line.starts_with("| PUT ") || line.starts_with("| PATCH ");
}

// "| GET /staff | read_applications | … |": a mark where the viewer passes the gate.
std::string row_of(const OpenedHouse& opened, const web::Route& route, const std::vector<std::string>& sessions) {
  std::string row = fmt::format("| {} | {}{} |", name_of(route), web::to_string(route.permission),
                                route.proof == web::Proof::recent ? ", recent" : "");
  for (const std::string& session : sessions) {
    bool passes = false;
    if (route.permission == web::Permission::anyone || route.permission == web::Permission::holder) {
      passes = true;
    } else if (route.permission != web::Permission::operate && !session.empty()) {
      const auto viewer = accounts::open_sessions(opened.house->accounts())
                              ->find(std::string_view(session).substr(std::string_view("__Host-session=").size()),
                                     opened.house->clock().now());
      passes = viewer && (route.permission == web::Permission::person || viewer->may(web::to_string(route.permission)));
    }
    row += passes ? " ● |" : "   |";
  }
  return row;
}

// The same of a route of the API: what its token's scopes and its maker's role have in common.
std::string api_row_of(const OpenedHouse& opened, const web::Route& route, const std::vector<std::string>& tokens) {
  std::string row = fmt::format("| {} | {} |", name_of(route), web::to_string(route.permission));
  for (const std::string& token : tokens) {
    const auto viewer = accounts::open_sessions(opened.house->accounts())
                            ->find_token(std::string_view(token).substr(std::string_view("Bearer ").size()),
                                         opened.house->clock().now());
    REQUIRE(viewer);
    const bool passes = route.permission == web::Permission::anyone || viewer->may(web::to_string(route.permission));
    row += passes ? " ● |" : "   |";
  }
  return row;
}

std::vector<std::string> documented() {
  std::vector<std::string> rows;
  std::ifstream file(kPage);
  for (std::string line; std::getline(file, line);) {
    if (is_table_line(line)) rows.push_back(line);
  }
  return rows;
}

// With BURSARY_WRITE_DOCS=1 the page's rows are written anew, to be read before they are committed.
void write_rows(const std::vector<std::string>& rows) {
  std::ifstream file(kPage);
  std::string text;
  int tables = 0;  // the pages', then the API's
  for (std::string line; std::getline(file, line);) {
    if (is_table_line(line)) continue;
    text += line + "\n";
    if (!line.starts_with("|---")) continue;
    ++tables;
    for (const std::string& row : rows) {
      const bool of_api = row.find(" /api/v1") != std::string::npos;
      if (of_api == (tables == 2)) text += row + "\n";
    }
  }
  std::ofstream(kPage) << text;
}

std::vector<std::string> sessions(const OpenedHouse& opened) {
  std::vector<std::string> all;
  int number = 0;
  for (const Kind& kind : kKinds) {
    all.push_back(kind.person ? opened.session_of(fmt::format("viewer{}@example.org", number++), kind.role, kind.strong)
                              : std::string());
  }
  return all;
}

std::vector<std::string> tokens(const OpenedHouse& opened) {
  std::vector<std::string> all;
  int number = 0;
  for (const TokenKind& kind : kTokenKinds)
    all.push_back(opened.token_of(fmt::format("maker{}@example.org", number++), kind.role, kind.scopes));
  return all;
}

constexpr const char* kPlanted = "zephyrquartz";  // in every answer of somebody's application

applications::Submitted plant(const OpenedHouse& opened, const std::string& email) {
  const auto program = opened.house->programs().current();
  applications::SubmitRequest request;
  request.locale = "en";
  forms::Answers& answers = request.answers;
  answers.set("first_name", std::string("Zephyrquartz"));
  answers.set("last_name", std::string("Zephyrquartz"));
  answers.set("email", email);
  answers.set("institution", std::string("University of Zephyrquartz"));
  answers.set("country", std::string("KE"));
  answers.set("research_areas", std::vector<std::string>{"alignment"});
  answers.set("project_description", std::string("We study zephyrquartz under perturbed prompts."));
  answers.set("model_types", std::vector<std::string>{"natural-language"});
  answers.set("timeline", std::string("6 months"));
  answers.set("budget", std::string("USD 5,000"));
  answers.set("investigators", std::string("2"));
  for (const forms::Section& section : program->form.sections) {
    for (const forms::Question& question : section.questions) {
      if (question.type == forms::QuestionType::consent)
        answers.set(question.key, program->form.consent_version(question));
    }
  }
  auto submitted = applications::submit(opened.house->applications(), request);
  REQUIRE(submitted);
  return std::move(*submitted);
}

bool leaks(const web::Response& response) {
  const auto holds = [](std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text.find(kPlanted) != std::string::npos;
  };
  for (const auto& [name, value] : response.headers.lines()) {
    if (holds(value)) return true;
  }
  return holds(body_of(response));
}

}  // namespace

TEST_CASE("docs/permissions.md has a row for every route, and says who passes") {
  const OpenedHouse opened;
  const std::vector<std::string> viewers = sessions(opened), asking = tokens(opened);
  std::vector<std::string> rows;
  for (const auto& route : opened.house->router().routes())
    rows.push_back(is_api(*route) ? api_row_of(opened, *route, asking) : row_of(opened, *route, viewers));
  std::sort(rows.begin(), rows.end());
  if (std::getenv("BURSARY_WRITE_DOCS") != nullptr) write_rows(rows);
  const std::vector<std::string> page = documented();
  for (const std::string& row : rows)
    CHECK_MESSAGE(std::ranges::find(page, row) != page.end(), "missing or changed: " << row);
  for (const std::string& row : page)
    CHECK_MESSAGE(std::ranges::find(rows, row) != rows.end(), "there is no such route: " << row);
}

TEST_CASE("who may not is told that it is not there, in every way to ask") {
  const OpenedHouse opened;
  const auto submitted = plant(opened, "zephyrquartz@example.org");
  const std::vector<std::string> viewers = sessions(opened);
  const auto fill = [&](const std::string& name) {
    return name == "reference" ? submitted.application.reference : std::string("0123456789");
  };
  for (const auto& route : opened.house->router().routes()) {
    if (route->permission == web::Permission::anyone || route->permission == web::Permission::holder) continue;
    if (is_api(*route)) continue;
    for (std::size_t i = 0; i < viewers.size(); ++i) {
      CAPTURE(name_of(*route));
      CAPTURE(kKinds[i].name);
      web::Request asked = opened.to(*route, "https://apply.example.org", fill);
      if (!viewers[i].empty()) asked.headers.add("Cookie", viewers[i]);
      const std::string row = row_of(opened, *route, {viewers[i]});
      const bool passes = row.find("●") != std::string::npos;
      const web::Response response = opened.house->pipeline().handle(asked);
      if (passes) {
        // Past the gate: whatever it answers, not for want of a right.
        if (changes_something(*route)) CHECK(response.status == 403);  // for want of the form's token
        continue;
      }
      const bool led = route->permission == web::Permission::person && !changes_something(*route);
      CHECK(response.status == (led ? 303 : 404));
      CHECK_FALSE(leaks(response));
      // The page of what is not there says the same to everybody.
      if (!led && !changes_something(*route)) {
        web::Request nothing = opened.request(
            web::Method::get, route->path.starts_with("/staff") ? "/staff/nothing/like/this" : "/nothing-like-this");
        if (!viewers[i].empty()) nothing.headers.add("Cookie", viewers[i]);
        CHECK(body_of(opened.house->pipeline().handle(nothing)) == body_of(response));
      }
    }
  }
}

TEST_CASE("a token is told that it is not there, word for word as for what never was, where its scopes do not reach") {
  const OpenedHouse opened;
  const auto submitted = plant(opened, "zephyrquartz@example.org");
  const std::vector<std::string> asking = tokens(opened);
  const auto fill = [&](const std::string& name) {
    return name == "reference" ? submitted.application.reference : std::string("0123456789");
  };
  int refused = 0;
  for (const auto& route : opened.house->router().routes()) {
    if (!is_api(*route) || route->permission == web::Permission::anyone) continue;
    web::Request stranger = opened.to(*route, "", fill);
    CHECK(opened.house->pipeline().handle(stranger).status == 401);
    for (std::size_t i = 0; i < asking.size(); ++i) {
      CAPTURE(name_of(*route));
      CAPTURE(kTokenKinds[i].name);
      web::Request asked = opened.to(*route, "", fill);
      asked.headers.add("Authorization", asking[i]);
      const web::Response response = opened.house->pipeline().handle(asked);
      CHECK(response.status != 401);
      CHECK(response.headers.find("Set-Cookie") == std::nullopt);
      if (api_row_of(opened, *route, {asking[i]}).find("●") != std::string::npos) continue;
      CHECK(response.status == 404);
      CHECK_FALSE(leaks(response));
      web::Request nothing = opened.request(web::Method::get, "/api/v1/nothing/like/this");
      nothing.headers.add("Authorization", asking[i]);
      CHECK(body_of(opened.house->pipeline().handle(nothing)) == body_of(response));
      ++refused;
    }
  }
  CHECK(refused >= 10);
}

TEST_CASE("another's application is found by nobody who may not read it: by page, search, count, export, file, error") {
  const OpenedHouse opened;
  const auto submitted = plant(opened, "zephyrquartz@example.org");
  queue::IndexJob index(opened.house->queue(), *std::make_unique<db::JobWrites>());
  while (index.run_once(100).indexed > 0) {
  }
  const std::vector<std::string> viewers = sessions(opened);
  const std::string reference = submitted.application.reference;
  std::vector<std::string> ways = {"/staff?q=zephyrquartz",
                                   "/staff?text=zephyrquartz",
                                   "/staff?country=KE",
                                   "/staff?q=country:KE",
                                   "/staff?q=" + reference,
                                   "/staff/export?format=csv",
                                   "/staff/export?format=jsonl",
                                   "/staff/export?format=csv&q=zephyrquartz",
                                   "/staff/applications/" + reference,
                                   "/staff/applications/" + reference + "/file/x",
                                   "/search?q=zephyrquartz",
                                   "/my",
                                   "/my/account",
                                   "/application/" + reference,
                                   "/draft/" + reference};
  for (const auto& route : opened.house->router().routes()) {
    if (changes_something(*route) || is_api(*route) || route->permission == web::Permission::operate) continue;
    ways.push_back(
        opened
            .to(*route, "", [&](const std::string& name) { return name == "reference" ? reference : std::string("1"); })
            .path);
  }
  int read = 0;
  for (const std::string& way : ways) {
    for (std::size_t i = 0; i < viewers.size(); ++i) {
      CAPTURE(way);
      CAPTURE(kKinds[i].name);
      web::Request asked = opened.request(web::Method::get, way);
      if (!viewers[i].empty()) asked.headers.add("Cookie", viewers[i]);
      const web::Response response = opened.house->pipeline().handle(asked);
      const bool may = kKinds[i].strong && (kKinds[i].role == 0 || kKinds[i].role == 1 || kKinds[i].role == 4);
      if (may) {
        read += response.status == 200 && leaks(response) ? 1 : 0;
      } else if (way.find("zephyrquartz") == std::string::npos) {
        CHECK_FALSE(leaks(response));
      } else {
        // What was searched for is said back; nothing else is.
        CHECK(body_of(response).find("University of") == std::string::npos);
        CHECK(body_of(response).find(reference) == std::string::npos);
      }
    }
  }
  // What could leak is there: staff who may read it find it.
  CHECK(read >= 12);
}

TEST_CASE("by the API another's application is found by no token that may not read it") {
  const OpenedHouse opened;
  const auto submitted = plant(opened, "zephyrquartz@example.org");
  queue::IndexJob index(opened.house->queue(), *std::make_unique<db::JobWrites>());
  while (index.run_once(100).indexed > 0) {
  }
  const std::string reference = submitted.application.reference;
  std::vector<std::string> ways = {"/api/v1/applications?q=zephyrquartz", "/api/v1/applications?q=country:KE",
                                   "/api/v1/applications?q=" + reference, "/api/v1/applications?q=zephyrquartz:1",
                                   "/api/v1/applications?zephyrquartz=1"};
  for (const auto& route : opened.house->router().routes()) {
    if (!is_api(*route) || changes_something(*route)) continue;
    ways.push_back(
        opened
            .to(*route, "", [&](const std::string& name) { return name == "reference" ? reference : std::string("1"); })
            .path);
  }
  int read = 0, made = 0;
  for (const TokenKind& kind : kTokenKinds) {
    const std::string token = opened.token_of(fmt::format("{}@example.net", ++made), kind.role, kind.scopes);
    const auto viewer = accounts::open_sessions(opened.house->accounts())
                            ->find_token(std::string_view(token).substr(std::string_view("Bearer ").size()),
                                         opened.house->clock().now());
    REQUIRE(viewer);
    const bool may =
        viewer->may("read_applications") || viewer->may("export_applications") || viewer->may("read_messages");
    for (const std::string& way : ways) {
      CAPTURE(way);
      CAPTURE(kind.name);
      web::Request asked = opened.request(web::Method::get, way);
      asked.headers.add("Authorization", token);
      const web::Response response = opened.house->pipeline().handle(asked);
      CHECK(response.status < 500);
      if (!may) CHECK_FALSE(leaks(response));
      if (may && response.status == 200 && leaks(response)) ++read;
    }
  }
  CHECK(read >= 3);
}
