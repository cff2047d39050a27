// Every route, asked as nobody and as an administrator, with what is fit and with what is not: what holds for all of
// them whatever they do.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <map>

#include "app/opened_house.h"
#include "features/messages/desk.h"

using namespace bursary;
using app::body_of, app::changes_something, app::is_api, app::name_of, app::OpenedHouse;

namespace {

constexpr const char* kOrigin = "https://apply.example.org";

// What others have broken in with. None is an address, a reference or a number.
const std::vector<std::string> hostile = {
    "' or 1=1 --",
    "\"; drop table application; --",
    "1); delete from event; --",
    "\\'; select pg_sleep(9); --",
    "%' union select hash from session --",
    "-9223372036854775808",
    "99999999999999999999999999",
    "{{7*7}}",
    "${7*7}",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "../../../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "\r\nSet-Cookie: stolen=1",
    "\u202Eevil",
};
// Every name that some page or call of ours looks at, and some that none does.
constexpr const char* kNames[] = {
    "q",      "text",   "country", "area",   "state", "flag",     "from",      "until",  "cursor",    "before",
    "after",  "limit",  "page",    "open",   "next",  "done",     "with",      "format", "year",      "kind",
    "person", "action", "who",     "column", "sort",  "language", "lang",      "email",  "reference", "references",
    "member", "shown",  "_action", "act",    "row",   "as_of",    "all",       "name",   "note",      "reason",
    "role",   "id",     "url",     "kinds",  "scope", "days",     "criterion", "answer", "appeal",    "letter"};

bool is_ours(std::string_view name) {
  return !name.starts_with("sqlite_") && name != "setting" && name != "session" && name != "event" &&
         name != "audit_backlog";
}

// A digest of everything that is stored, but sessions (their activity) and events (a download is one), table by table.
std::map<std::string, std::string> stored(const OpenedHouse& opened) {
  std::map<std::string, std::string> digests;
  opened.house->database().read([&](db::Tx& tx) {
    std::vector<std::string> tables;
    for (const db::Row row : tx.query_composed("select name from sqlite_master where type = 'table'", {}))
      if (is_ours(row.text(0))) tables.push_back(row.text(0));
    for (const std::string& table : tables) {
      std::string columns;
      for (const db::Row row : tx.query_composed("select name from pragma_table_info('" + table + "')", {}))
        columns += fmt::format("{}quote(\"{}\")", columns.empty() ? "" : " || ',' || ", row.text(0));
      std::string whole;
      for (const db::Row row :
           tx.query_composed(fmt::format("select {} as line from \"{}\" order by 1", columns, table), {}))
        whole += row.text(0) + '\n';
      digests[table] = to_hex(bytes_of(sha256(whole)));
    }
    return true;
  });
  return digests;
}

std::string plant(const OpenedHouse& opened) {
  const auto program = opened.house->programs().current();
  applications::SubmitRequest request;
  request.locale = "en";
  forms::Answers& answers = request.answers;
  const std::pair<const char*, const char*> texts[] = {{"first_name", "Amina"},
                                                       {"last_name", "Otieno"},
                                                       {"email", "amina@example.org"},
                                                       {"institution", "University of Nairobi"},
                                                       {"country", "KE"},
                                                       {"project_description", "We study how models follow rules."},
                                                       {"timeline", "6 months"},
                                                       {"budget", "USD 5,000"},
                                                       {"investigators", "2"}};
  for (const auto& [key, value] : texts) answers.set(key, std::string(value));
  answers.set("research_areas", std::vector<std::string>{"alignment"});
  answers.set("model_types", std::vector<std::string>{"natural-language"});
  for (const forms::Section& section : program->form.sections) {
    for (const forms::Question& question : section.questions) {
      if (question.type == forms::QuestionType::consent)
        answers.set(question.key, program->form.consent_version(question));
    }
  }
  const auto submitted = applications::submit(opened.house->applications(), request);
  REQUIRE(submitted);
  const applications::Parts& house = opened.house->applications();
  const messages::DeskParts desk{house.database, house.clock,          house.random, house.ids,
                                 house.programs, house.public_address, house.secret};
  // Unread: looking at it is no reading.
  REQUIRE(house.database.write([&](db::Tx& tx) {
    return messages::write_to_staff(tx, desk, submitted->application.id.value, "When will you decide?", std::nullopt);
  }));
  return submitted->application.reference;
}

std::string header_of(const web::Response& response, std::string_view name) {
  return std::string(response.headers.find(name).value_or(""));
}
bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

void check_cookie(const std::string& cookie) {
  CAPTURE(cookie);
  CHECK(cookie.starts_with("__Host-"));
  CHECK(holds(cookie, "; Secure"));
  CHECK(holds(cookie, "; HttpOnly"));
  CHECK(holds(cookie, "; SameSite=Lax"));
  CHECK(holds(cookie, "; Path=/"));
  CHECK_FALSE(holds(cookie, "Domain"));
}

void check_headers(const web::Response& response) {
  const std::string policy = header_of(response, "Content-Security-Policy");
  CHECK(holds(policy, "default-src 'none'"));
  CHECK(holds(policy, "frame-ancestors 'none'"));
  CHECK_FALSE(holds(policy, "unsafe"));
  const bool boxed = holds(policy, "sandbox");
  CHECK((boxed || holds(policy, "object-src 'none'")));
  CHECK((boxed || holds(policy, "base-uri 'none'")));
  CHECK(header_of(response, "X-Content-Type-Options") == "nosniff");
  CHECK(header_of(response, "Strict-Transport-Security").starts_with("max-age="));
  CHECK_FALSE(header_of(response, "Referrer-Policy").empty());
  CHECK_FALSE(header_of(response, "Permissions-Policy").empty());
  CHECK_FALSE(header_of(response, "Cross-Origin-Opener-Policy").empty());
  for (const auto& [name, value] : response.headers.lines()) {
    if (name == "Set-Cookie") check_cookie(value);
  }
}

constexpr const char* kEveryScope =
    "read_applications export_applications screen_applications decide_applications read_messages send_messages "
    "read_audit manage_people manage_program";

// A house with an application, and who asks it.
struct Crawl {
  OpenedHouse opened;
  std::string reference = plant(opened);
  std::string token = opened.token_of("maker@example.org", 0, kEveryScope);
  std::string session = opened.session();

  std::string fill(const std::string& name) const { return name == "reference" ? reference : "1"; }
  web::Request as_nobody(const web::Route& route) const {
    return opened.to(route, kOrigin, [this](const std::string& name) { return fill(name); });
  }
  void sign(web::Request& request, const web::Route& route, const std::string& cookie) const {
    request.headers.add(is_api(route) ? "Authorization" : "Cookie", is_api(route) ? token : cookie);
  }
  web::Request as_administrator(const web::Route& route) const {
    web::Request request = as_nobody(route);
    sign(request, route, session);
    return request;
  }
  web::Response ask(const web::Request& request) const { return opened.house->pipeline().handle(request); }
  const auto& routes() const { return opened.house->router().routes(); }
};

std::string hostile_form(const std::string& word) {
  std::string body;
  for (const char* name : kNames) body += "&" + std::string(name) + "=" + web::percent_encode(word);
  return body;
}

std::string hostile_json(const std::string& word) {
  boost::json::object json;
  for (const char* name : kNames) json[name] = word;
  return boost::json::serialize(json);
}

// The word in the path, in every parameter, in every header.
std::vector<web::Request> hostile_requests(const Crawl& crawl, const web::Route& route, const std::string& word) {
  web::Request in_path = crawl.opened.to(route, kOrigin, [&](const std::string&) { return word; });
  crawl.sign(in_path, route, crawl.session);
  web::Request in_query = crawl.as_administrator(route);
  in_query.query = hostile_form(word).substr(1);
  web::Request in_headers = crawl.as_nobody(route);
  in_headers.headers.add("Authorization", "Bearer " + word);
  in_headers.headers.add("Cookie", "__Host-session=" + word);
  for (const char* name : {"Accept-Language", "If-None-Match", "X-Forwarded-For", "Referer", "Accept", "User-Agent"})
    in_headers.headers.add(name, word);
  return {in_path, in_query, in_headers};
}

// It has no script of ours, breaks nothing and sets nothing.
void check_harmless(const web::Response& response) {
  CHECK(response.status < 500);
  CHECK_FALSE(holds(header_of(response, "Set-Cookie"), "stolen"));
  const std::string body = body_of(response);
  if (!header_of(response, "Content-Type").starts_with("text/html")) return;
  CHECK_FALSE(holds(body, "<script>alert(1)"));
  CHECK_FALSE(holds(body, "<img src=x"));
}

void post_hostile(const Crawl& crawl, const web::Route& route, const std::string& cookie, const std::string& word) {
  web::Request posted = crawl.as_nobody(route);
  const std::string secret = cookie.substr(cookie.find('=') + 1);
  std::string body = "_token=" + web::form_token(crawl.opened.house->folder().secrets().form, secret);
  body += hostile_form(word) + "&program=1&permission=1&person_id=1&application_id=1&strength=1&version=1";
  const bool is_json = route.body == web::BodyKind::json;
  posted.body = std::make_shared<web::MemoryBody>(is_json ? hostile_json(word) : body);
  crawl.sign(posted, route, cookie);
  const web::Response response = crawl.ask(posted);
  check_harmless(response);
  check_headers(response);
}

void check_same(const std::map<std::string, std::string>& before, std::map<std::string, std::string> after,
                const std::string& where) {
  after["service_token"] = before.at("service_token");  // when it was used last, to the hour
  for (const auto& [table, digest] : before) CHECK_MESSAGE(after.at(table) == digest, where << ": " << table);
}

}  // namespace

TEST_CASE("every answer of every route has the security headers, and its cookies are this host's alone") {
  const Crawl crawl;
  std::map<int, int> seen;
  for (const auto& route : crawl.routes()) {
    CAPTURE(name_of(*route));
    web::Request administrator = crawl.as_nobody(*route);
    crawl.sign(administrator, *route, crawl.opened.session());  // fresh: a route may end it
    for (const web::Request& asked : {crawl.as_nobody(*route), administrator}) {
      const web::Response response = crawl.ask(asked);
      CHECK(response.status < 500);
      check_headers(response);
      ++seen[response.status];
    }
  }
  for (const int status : {200, 303, 401, 403, 404}) CHECK(seen[status] > 0);
}

TEST_CASE("no GET changes what is stored") {
  const Crawl crawl;
  const auto before = stored(crawl.opened);
  REQUIRE(before.size() > 30);
  for (const auto& route : crawl.routes()) {
    if (changes_something(*route)) continue;
    (void)body_of(crawl.ask(crawl.as_nobody(*route)));
    (void)body_of(crawl.ask(crawl.as_administrator(*route)));
    check_same(before, stored(crawl.opened), name_of(*route));
  }
}

TEST_CASE("hostile words in every parameter, path and header are words") {
  const Crawl crawl;
  const auto before = stored(crawl.opened);
  for (const auto& route : crawl.routes()) {
    if (changes_something(*route)) continue;
    CAPTURE(name_of(*route));
    for (const std::string& word : hostile) {
      CAPTURE(word);
      for (const web::Request& asked : hostile_requests(crawl, *route, word)) check_harmless(crawl.ask(asked));
    }
  }
  check_same(before, stored(crawl.opened), "afterwards");
}

TEST_CASE("hostile words in every field of every post are words, and no column is set by naming it") {
  const Crawl crawl;
  const std::string applicant = crawl.opened.session_of("applicant@example.org", std::nullopt, true);
  const auto before = stored(crawl.opened);
  for (const auto& route : crawl.routes()) {
    if (!changes_something(*route) || route->body == web::BodyKind::none) continue;
    CAPTURE(name_of(*route));
    const std::string staff = crawl.opened.session();  // fresh: a route may end it
    for (const std::string& word : hostile) {
      CAPTURE(word);
      post_hostile(crawl, *route, staff, word);
      post_hostile(crawl, *route, applicant, word);
    }
  }
  const auto after = stored(crawl.opened);
  for (const std::string table : {"application", "submission", "role_grant", "decision", "webhook", "draft"})
    CHECK_MESSAGE(after.at(table) == before.at(table), table);
}
