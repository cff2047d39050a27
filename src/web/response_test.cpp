#include "web/response.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>

using namespace bursary;
using namespace bursary::web;

namespace {

std::string header(const Response& response, std::string_view name) {
  return std::string(response.headers.find(name).value_or("(none)"));
}

const html::Phrasebook& english() {
  static const html::Phrasebook book("en", {{"problem.fields", "Mend \"these\""}, {"x.long", "At most {limit}."}},
                                     nullptr);
  return book;
}

}  // namespace

TEST_CASE("redirects lead to this site") {
  CHECK(header(see_other("/apply?saved=1#top"), "Location") == "/apply?saved=1#top");
  CHECK(see_other("/apply").status == 303);
  for (const char* target :
       {"", "//evil.example", "/\\evil.example", "\\evil", "https://evil.example", "https://host@evil.example",
        "/%2fevil.example", "/%5cevil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: a=b", "/\tevil", "evil"}) {
    CAPTURE(target);
    CHECK(header(see_other(target), "Location") == "/");
  }
}

TEST_CASE("downloads are never pages") {
  const Response file = attachment("<script>", "text/html", "a\"b\r\n/é%.html");
  CHECK(header(file, "Content-Disposition") ==
        "attachment; filename=\"a_b_____.html\"; filename*=UTF-8''a%22b%0D%0A%2F%C3%A9%25.html");
  CHECK(header(file, "Content-Security-Policy") ==
        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; sandbox");
  CHECK(header(file, "Cache-Control") == "private, no-store");
  CHECK(header(attachment("", "text/csv", "applications.csv"), "Content-Disposition") ==
        "attachment; filename=\"applications.csv\"");
  CHECK(header(attachment("", "text/csv", ""), "Content-Disposition") == "attachment");
}

TEST_CASE("problems are told to programs as RFC 9457 says") {
  const Error error{
      ErrorKind::invalid, "problem.fields", "for the log", {{"email", Phrase("x.long", {{"limit", "9"}})}}};
  const Response response = problem(error, english(), "r-1");
  CHECK(response.status == 422);
  CHECK(header(response, "Content-Type") == "application/problem+json");
  const auto document = boost::json::parse(std::get<std::string>(response.body));
  CHECK(document == boost::json::parse(
                        R"({"type":"/problems/problem.fields","title":"Mend \"these\"","status":422,"request_id":"r-1",
                                           "errors":[{"field":"email","message":"At most 9."}]})"));
}

TEST_CASE("kinds of error are statuses") {
  CHECK(status_of(ErrorKind::not_found) == 404);
  CHECK(status_of(ErrorKind::forbidden) == 403);
  CHECK(status_of(ErrorKind::invalid) == 422);
  CHECK(status_of(ErrorKind::conflict) == 409);
  CHECK(status_of(ErrorKind::limit) == 429);
  CHECK(status_of(ErrorKind::unavailable) == 503);
  CHECK(status_of(Error{ErrorKind::invalid, "problem.media_type", {}, {}}) == 415);
  CHECK(status_of(Error{ErrorKind::invalid, "problem.form.truncated", {}, {}}) == 400);
}
