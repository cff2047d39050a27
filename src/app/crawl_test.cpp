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
const std::vector<std::string> kHostile = {
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
    "\xE2\x80\xAE"
    "evil",
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
        columns += (columns.empty() ? "quote(\"" : " || ',' || quote(\"") + row.text(0) + "\")";
      std::string whole;
      for (const db::Row row :
           tx.query_composed("select " + columns + " as line from \"" + table + "\" order by 1", {}))
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
  const std::pair<const char*, const char*> kTexts[] = {{"first_name", "Amina"},
                                                        {"last_name", "Otieno"},
                                                        {"email", "amina@example.org"},
                                                        {"institution", "University of Nairobi"},
                                                        {"country", "KE"},
                                                        {"project_description", "We study how models follow rules."},
                                                        {"timeline", "6 months"},
                                                        {"budget", "USD 5,000"},
                                                        {"investigators", "2"}};
  for (const auto& [key, value] : kTexts) answers.set(key, std::string(value));
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

void check_cookies(const web::Response& response) {
  for (const auto& [name, value] : response.headers.lines()) {
    if (name != "Set-Cookie") continue;
    CAPTURE(value);
    CHECK(value.starts_with("__Host-"));
    for (const char* part : {"; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"})
      CHECK(value.find(part) != std::string::npos);
    CHECK(value.find("Domain") == std::string::npos);
  }
}

void check_headers(const web::Response& response) {
  const auto header = [&](const char* name) { return std::string(response.headers.find(name).value_or("")); };
  const std::string policy = header("Content-Security-Policy");
  for (const char* part : {"default-src 'none'", "frame-ancestors 'none'"})
    CHECK(policy.find(part) != std::string::npos);
  CHECK(policy.find("unsafe") == std::string::npos);
  if (policy.find("sandbox") == std::string::npos) {
    for (const char* part : {"object-src 'none'", "base-uri 'none'"}) CHECK(policy.find(part) != std::string::npos);
  }
  CHECK(header("X-Content-Type-Options") == "nosniff");
  CHECK(header("Strict-Transport-Security").starts_with("max-age="));
  for (const char* name : {"Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"})
    CHECK_FALSE(header(name).empty());
  check_cookies(response);
}

// As nobody, and by a session or a token.
std::vector<web::Request> ways_to_ask(const OpenedHouse& opened, const web::Route& route, const std::string& reference,
                                      const std::string& session, const std::string& token) {
  const auto fill = [&](const std::string& name) { return name == "reference" ? reference : std::string("1"); };
  std::vector<web::Request> ways(2, opened.to(route, kOrigin, fill));
  ways[1].headers.add(is_api(route) ? "Authorization" : "Cookie", is_api(route) ? token : session);
  return ways;
}

constexpr const char* kEveryScope =
    "read_applications export_applications screen_applications decide_applications read_messages send_messages "
    "read_audit manage_people manage_program";

}  // namespace

TEST_CASE("every answer of every route has the security headers, and its cookies are this host's alone") {
  const OpenedHouse opened;
  const std::string reference = plant(opened), token = opened.token_of("maker@example.org", 0, kEveryScope);
  std::map<int, int> seen;
  for (const auto& route : opened.house->router().routes()) {
    for (web::Request& asked : ways_to_ask(opened, *route, reference, opened.session(), token)) {
      CAPTURE(name_of(*route));
      const web::Response response = opened.house->pipeline().handle(asked);
      CHECK(response.status < 500);
      check_headers(response);
      ++seen[response.status];
    }
  }
  for (const int status : {200, 303, 401, 403, 404}) CHECK(seen[status] > 0);
}

TEST_CASE("no GET changes what is stored") {
  const OpenedHouse opened;
  const std::string reference = plant(opened), token = opened.token_of("maker@example.org", 0, kEveryScope);
  const std::string session = opened.session();
  const auto before = stored(opened);
  REQUIRE(before.size() > 30);
  for (const auto& route : opened.house->router().routes()) {
    if (changes_something(*route)) continue;
    for (const web::Request& asked : ways_to_ask(opened, *route, reference, session, token))
      (void)body_of(opened.house->pipeline().handle(asked));
    auto now = stored(opened);
    // To the hour, when a token was used last.
    now["service_token"] = before.at("service_token");
    for (const auto& [table, digest] : before) CHECK_MESSAGE(now.at(table) == digest, name_of(*route) << ": " << table);
  }
}

TEST_CASE("hostile words in every parameter, path and header are words") {
  const OpenedHouse opened;
  const std::string reference = plant(opened), token = opened.token_of("maker@example.org", 0, kEveryScope);
  const std::string session = opened.session();
  const auto before = stored(opened);
  for (const auto& route : opened.house->router().routes()) {
    if (changes_something(*route)) continue;
    for (const std::string& word : kHostile) {
      CAPTURE(name_of(*route));
      CAPTURE(word);
      web::Request in_path = opened.to(*route, kOrigin, [&](const std::string&) { return word; });
      web::Request in_query = ways_to_ask(opened, *route, reference, session, token)[1];
      for (const char* name : kNames)
        in_query.query += (in_query.query.empty() ? "" : "&") + std::string(name) + "=" + web::percent_encode(word);
      in_path.headers.add(is_api(*route) ? "Authorization" : "Cookie", is_api(*route) ? token : session);
      web::Request in_headers = ways_to_ask(opened, *route, reference, session, token)[0];
      for (const char* name : {"Authorization", "Cookie", "Accept-Language", "If-None-Match", "X-Forwarded-For",
                               "Referer", "Accept", "User-Agent"})
        in_headers.headers.add(name, std::string(name) == "Authorization" ? "Bearer " + word
                                     : std::string(name) == "Cookie"      ? "__Host-session=" + word
                                                                          : word);
      for (const web::Request& asked : {in_path, in_query, in_headers}) {
        const web::Response response = opened.house->pipeline().handle(asked);
        CHECK(response.status < 500);
        const bool page = response.headers.find("Content-Type").value_or("").starts_with("text/html");
        const std::string body = body_of(response);
        if (page) CHECK(body.find(kHostile[9]) == std::string::npos);
        if (page) CHECK(body.find("<img src=x") == std::string::npos);
        CHECK(response.headers.find("Set-Cookie").value_or("").find("stolen") == std::string::npos);
      }
    }
  }
  auto after = stored(opened);
  after["service_token"] = before.at("service_token");
  for (const auto& [table, digest] : before) CHECK_MESSAGE(after.at(table) == digest, table);
}

TEST_CASE("hostile words in every field of every post are words, and no column is set by naming it") {
  const OpenedHouse opened;
  const std::string reference = plant(opened), token = opened.token_of("maker@example.org", 0, kEveryScope);
  const std::string applicant = opened.session_of("applicant@example.org", std::nullopt, true);
  const std::string secret = opened.house->folder().secrets().form;
  const auto before = stored(opened);
  for (const auto& route : opened.house->router().routes()) {
    if (!changes_something(*route) || route->body == web::BodyKind::none) continue;
    // Some of these end the session that they come by.
    const std::string staff = opened.session();
    for (const std::string& cookie : {staff, applicant}) {
      for (const std::string& word : kHostile) {
        CAPTURE(name_of(*route));
        CAPTURE(word);
        const auto fill = [&](const std::string& name) { return name == "reference" ? reference : std::string("1"); };
        web::Request posted = opened.to(*route, kOrigin, fill);
        const std::string session = cookie.substr(cookie.find('=') + 1);
        std::string body = "_token=" + web::percent_encode(web::form_token(secret, session));
        for (const char* name : kNames) body += "&" + std::string(name) + "=" + web::percent_encode(word);
        for (const char* column :
             {"program", "permission", "person_id", "application_id", "role", "strength", "version"})
          body += "&" + std::string(column) + "=1";
        boost::json::object json;
        for (const char* name : kNames) json[name] = word;
        const bool is_json = route->body == web::BodyKind::json;
        posted.body = std::make_shared<web::MemoryBody>(is_json ? boost::json::serialize(json) : body);
        posted.headers.add(is_api(*route) ? "Authorization" : "Cookie", is_api(*route) ? token : cookie);
        const web::Response response = opened.house->pipeline().handle(posted);
        CHECK(response.status < 500);
        CHECK(body_of(response).find(kHostile[9]) == std::string::npos);
        check_headers(response);
      }
    }
  }
  const auto after = stored(opened);
  for (const std::string table : {"application", "submission", "role_grant", "decision", "webhook", "draft"})
    CHECK_MESSAGE(after.at(table) == before.at(table), table);
}
