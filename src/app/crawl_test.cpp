// Every route, asked as nobody and as an administrator, with what is fit and with what is not: what holds for all of
// them whatever they do.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <map>

#include "app/planted_house.h"

using namespace bursary;
using app::body_of, app::changes_something, app::name_of, app::OpenedHouse, app::PlantedHouse;
namespace json = boost::json;

namespace {

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
    "q",         "text",      "country",    "area",       "state",   "flag",    "from",  "until",    "cursor",
    "before",    "after",     "limit",      "page",       "open",    "next",    "done",  "with",     "format",
    "year",      "kind",      "person",     "action",     "who",     "column",  "sort",  "language", "lang",
    "email",     "reference", "references", "member",     "shown",   "_action", "act",   "row",      "as_of",
    "all",       "name",      "note",       "reason",     "role",    "id",      "url",   "kinds",    "scope",
    "days",      "criterion", "answer",     "appeal",     "letter",  "seen",    "_seen", "decision", "delivery",
    "_shown_at", "version",   "relation",   "may_submit", "subject", "outcome"};
// What a post must never be able to say: who, of what program, how strong.
constexpr const char* kNotAsked =
    "&program=1&permission=1&person_id=1&application_id=1&strength=1&state=5&flags=7&role=0&granted_by=1&verified_at=1";

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

std::string hostile_form(const std::string& word) {
  std::string body;
  for (const char* name : kNames) body += "&" + std::string(name) + "=" + web::percent_encode(word);
  return body;
}

std::vector<std::string> captures_of(const web::Route& route) {
  std::vector<std::string> names;
  for (std::size_t at = route.path.find('{'); at != std::string::npos; at = route.path.find('{', at + 1))
    names.push_back(route.path.substr(at + 1, route.path.find('}', at) - at - 1));
  return names;
}

// The word in each place of the path with the others as planted, in every parameter, in every header.
std::vector<web::Request> hostile_requests(const PlantedHouse& planted, const web::Route& route,
                                           const std::string& cookie, const std::string& word) {
  std::vector<web::Request> made;
  for (const std::string& capture : captures_of(route)) {
    web::Request in_path = planted.as(cookie, route);
    in_path.path =
        planted
            .to(route, "", [&](const std::string& name) { return name == capture ? word : planted.place(route, name); })
            .path;
    made.push_back(in_path);
  }
  web::Request in_query = planted.as(cookie, route);
  in_query.query = hostile_form(word).substr(1);
  made.push_back(in_query);
  web::Request in_headers = planted.as_nobody(route);
  in_headers.headers.add("Authorization", "Bearer " + word);
  in_headers.headers.add("Cookie", "__Host-session=" + word);
  for (const char* name : {"Accept-Language", "If-None-Match", "X-Forwarded-For", "Referer", "Accept", "User-Agent"})
    in_headers.headers.add(name, word);
  made.push_back(in_headers);
  return made;
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

void send_harmless(const PlantedHouse& planted, web::Request request, const std::string& body) {
  request.body = std::make_shared<web::MemoryBody>(body);
  const web::Response response = planted.ask(request);
  check_harmless(response);
  check_headers(response);
}

std::string token_field(const PlantedHouse& planted, const std::string& cookie) {
  return "_token=" + web::form_token(planted.house->folder().secrets().form, cookie.substr(cookie.find('=') + 1));
}

// What a schema asks for, with as little as it takes.
json::value sample_of(const web::Schema& schema) {
  using Kind = web::Schema::Kind;
  switch (schema.kind) {
    case Kind::named:
      return sample_of(*schema.definition);
    case Kind::object: {
      json::object made;
      for (const web::Member& member : schema.members) {
        if (member.required) made[member.name] = sample_of(member.schema);
      }
      return made;
    }
    case Kind::list:
      return json::array{sample_of(schema.items.front())};
    case Kind::boolean:
      return true;
    case Kind::integer:
    case Kind::number:
      return schema.least.value_or(1);
    case Kind::text:
    case Kind::any:
      break;
  }
  if (!schema.choices.empty()) return json::value(schema.choices.front());
  return json::value(schema.format == "date-time" ? "2030-01-01T00:00:00Z" : "word");
}

// A body that is fit, but for one member with the word in it; in lists and objects inside too.
std::vector<json::value> hostile_bodies(const web::Schema& schema, const std::string& word) {
  using Kind = web::Schema::Kind;
  if (schema.kind == Kind::named) return hostile_bodies(*schema.definition, word);
  std::vector<json::value> made = {json::value(word)};
  if (schema.kind == Kind::list) {
    for (const json::value& item : hostile_bodies(schema.items.front(), word)) made.emplace_back(json::array{item});
  }
  if (schema.kind != Kind::object) return made;
  for (const web::Member& member : schema.members) {
    for (const json::value& value : hostile_bodies(member.schema, word)) {
      json::object body = sample_of(schema).as_object();
      body[member.name] = value;
      made.emplace_back(std::move(body));
    }
  }
  return made;
}

void check_same(const std::map<std::string, std::string>& before, std::map<std::string, std::string> after,
                const std::string& where) {
  after["service_token"] = before.at("service_token");  // when it was used last, to the hour
  for (const auto& [table, digest] : before) CHECK_MESSAGE(after.at(table) == digest, where << ": " << table);
}

// Null: a route that takes no JSON.
const web::Schema* takes_of(const web::Route& route) {
  if (!changes_something(route) || !route.operation) return nullptr;
  const auto& takes = route.operation->takes;
  return takes ? &*takes : nullptr;
}

}  // namespace

// What nothing was planted for: no file was uploaded, no provider is configured, nothing is published yet, nobody is
// named whose data is asked for, and figures are for this machine alone.
constexpr std::string_view kUnplanted[] = {"/file/{token}",         "/files/{token}",    "/with/{provider}",
                                           "/with/{provider}/back", "/transparency/csv", "/metrics",
                                           "/staff/privacy/export"};
bool is_planted(const web::Route& route) {
  return std::ranges::none_of(kUnplanted, [&](std::string_view end) { return route.path.ends_with(end); });
}
// But whoever accepts the planted invitation.
constexpr const char* kRoles =
    "role_grant g where not exists (select 1 from person_email e where e.person_id = g.person_id and e.email = "
    "'new@example.org')";

TEST_CASE("what is planted is reached: each page and each reading answers whom it is for") {
  const PlantedHouse planted;
  for (const auto& route : planted.routes()) {
    if (changes_something(*route) || !is_planted(*route)) continue;
    std::string seen;
    for (const web::Request& asked :
         {planted.as_nobody(*route), planted.as(planted.applicant, *route), planted.as(planted.staff, *route)})
      seen += fmt::format(" {}", planted.ask(asked).status);
    CHECK_MESSAGE(holds(seen, " 200"), name_of(*route) << seen);
  }
}

TEST_CASE("every answer of every route has the security headers, and its cookies are this host's alone") {
  const PlantedHouse planted;
  std::map<int, int> seen;
  for (const auto& route : planted.routes()) {
    CAPTURE(name_of(*route));
    const std::string fresh = planted.session();  // a route may end it
    for (const web::Request& asked :
         {planted.as_nobody(*route), planted.as(planted.applicant, *route), planted.as(fresh, *route)}) {
      const web::Response response = planted.ask(asked);
      CHECK(response.status < 500);
      check_headers(response);
      ++seen[response.status];
    }
  }
  for (const int status : {200, 303, 401, 403, 404}) CHECK(seen[status] > 0);
}

TEST_CASE("no GET changes what is stored") {
  const PlantedHouse planted;
  const auto before = stored(planted);
  REQUIRE(before.size() > 30);
  for (const auto& route : planted.routes()) {
    if (changes_something(*route)) continue;
    for (const web::Request& asked :
         {planted.as_nobody(*route), planted.as(planted.applicant, *route), planted.as(planted.staff, *route)})
      (void)body_of(planted.ask(asked));
    check_same(before, stored(planted), name_of(*route));
  }
}

TEST_CASE("hostile words in every parameter, path and header are words") {
  const PlantedHouse planted;
  const auto before = stored(planted);
  for (const auto& route : planted.routes()) {
    if (changes_something(*route)) continue;
    CAPTURE(name_of(*route));
    for (const std::string& word : hostile) {
      CAPTURE(word);
      for (const std::string& cookie : {planted.staff, planted.applicant}) {
        for (const web::Request& asked : hostile_requests(planted, *route, cookie, word))
          check_harmless(planted.ask(asked));
      }
    }
  }
  check_same(before, stored(planted), "afterwards");
}

// Words in all fields at once, on rows that are not there: nothing may be stored.
TEST_CASE("no column is set by naming it") {
  const OpenedHouse opened;
  const std::string token = opened.token_of("maker@example.org", 0, "manage_people manage_program");
  const std::string applicant = opened.session_of("applicant@example.org", std::nullopt, true);
  const auto before = stored(opened);
  for (const auto& route : opened.house->router().routes()) {
    if (!changes_something(*route) || route->body != web::BodyKind::form) continue;
    CAPTURE(name_of(*route));
    for (const std::string& cookie : {opened.session(), applicant}) {
      for (const std::string& word : hostile) {
        web::Request posted = opened.to(*route, "https://apply.example.org", [](const std::string&) { return "1"; });
        posted.headers.add("Cookie", cookie);
        posted.body = std::make_shared<web::MemoryBody>(
            "_token=" + web::form_token(opened.house->folder().secrets().form, cookie.substr(cookie.find('=') + 1)) +
            hostile_form(word) + kNotAsked);
        check_harmless(opened.house->pipeline().handle(posted));
      }
    }
  }
  const auto after = stored(opened);
  for (const std::string table : {"application", "submission", "role_grant", "decision", "webhook", "draft"})
    CHECK_MESSAGE(after.at(table) == before.at(table), table);
}

TEST_CASE("hostile words in every field of every form are words") {
  const PlantedHouse planted;
  const std::int64_t roles = planted.count_of(kRoles);
  std::size_t turn = 0;
  for (const auto& route : planted.routes()) {
    if (!changes_something(*route) || route->body != web::BodyKind::form) continue;
    CAPTURE(name_of(*route));
    for (const std::string& cookie : {planted.session(), planted.applicant}) {
      const std::string token = token_field(planted, cookie);
      send_harmless(planted, planted.as(cookie, *route), token + kNotAsked);
      for (const std::string& word : hostile)
        send_harmless(planted, planted.as(cookie, *route), token + hostile_form(word));
      // One at a time reaches further.
      for (const char* name : kNames) {
        const std::string& word = hostile[++turn % hostile.size()];
        CAPTURE(std::string(name));
        CAPTURE(word);
        send_harmless(planted, planted.as(cookie, *route), token + "&" + name + "=" + web::percent_encode(word));
      }
    }
  }
  CHECK(planted.count_of(kRoles) == roles);
}

TEST_CASE("hostile words in each member of every body that a program sends are words, and no other member is taken") {
  const PlantedHouse planted;
  const std::int64_t roles = planted.count_of(kRoles);
  for (const auto& route : planted.routes()) {
    const web::Schema* takes = takes_of(*route);
    if (takes == nullptr) continue;
    CAPTURE(name_of(*route));
    for (const std::string& word : hostile) {
      for (const json::value& body : hostile_bodies(*takes, word)) {
        const std::string text = json::serialize(body);
        CAPTURE(text);
        send_harmless(planted, planted.as({}, *route), text);
      }
    }
    for (const char* name : {"program", "person_id", "application_id", "strength", "granted_by", "created_at"}) {
      json::object body = sample_of(*takes).as_object();
      body[name] = 1;
      const std::string text = json::serialize(body);
      CAPTURE(text);
      web::Request posted = planted.as({}, *route);
      posted.body = std::make_shared<web::MemoryBody>(text);
      CHECK(planted.ask(posted).status == 400);
    }
  }
  CHECK(planted.count_of(kRoles) == roles);
}
