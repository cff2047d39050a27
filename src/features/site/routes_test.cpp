#include <doctest/doctest.h>

#include "features/site/languages.h"
#include "features/site/robots.h"
#include "features/site/site.h"

namespace bursary::site {
namespace {

struct Site {
  std::vector<programs::Problem> problems;
  std::unique_ptr<programs::Programs> programs = std::move(programs::Programs::open({}, problems).value());
  web::Router router;
  Site() { add_routes(router, *programs); }

  web::Response get(std::string_view path, std::string query, std::string_view locale = "en") const {
    web::Request request;
    request.path = std::string(path);
    request.query = std::move(query);
    const web::Router::Match match = router.find(web::Method::get, path);
    REQUIRE(match.route != nullptr);
    CHECK(match.route->permission == web::Permission::anyone);
    const web::Context context{programs->current()->phrasebooks->get(locale), {}, {}, {}, {}, {}};
    return match.route->handler(request, context);
  }
};

std::string body(const web::Response& response) { return std::get<std::string>(response.body); }
bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

TEST_CASE("search finds pages, questions and countries, and says where they are") {
  const Site site;
  const std::string policy = body(site.get("/search", "q=research+policy"));
  CHECK(holds(policy, "href=\"/policy\""));
  CHECK(holds(policy, "<mark>Research</mark> <mark>Policy</mark>"));
  CHECK(policy.find("href=\"/policy\">") < policy.find("class=\"result__where\""));  // the page itself comes first
  CHECK(holds(policy, "noindex"));
  const std::string begun = body(site.get("/search", "q=research+pol"));
  CHECK(begun.find("href=\"/policy\">") < begun.find("class=\"result__where\""));
  CHECK_FALSE(holds(begun, "(/policy)"));
  const std::string kenya = body(site.get("/search", "q=kenya"));
  CHECK(holds(kenya, "href=\"/countries#country-KE\""));
  CHECK(holds(kenya, "1 result for “kenya”"));
}

TEST_CASE("what is searched for is never markup") {
  const Site site;
  const std::string page = body(site.get("/search", "q=%3Cscript%3Ealert(1)%3C/script%3E%22%27"));
  CHECK_FALSE(holds(page, "<script>alert"));
  CHECK(holds(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
  CHECK(holds(body(site.get("/search", "q=zzzzqqq")), "Nothing was found for “zzzzqqq”"));
  CHECK(site.get("/search", "").status == 200);
  CHECK(site.get("/search", "q=%FF").status == 200);
}

TEST_CASE("countries are filtered by any part of their name, without accents, or by their code") {
  const Site site;
  const std::string some = body(site.get("/countries/find", "q=KOREA"));
  CHECK(holds(some, "South Korea"));
  CHECK_FALSE(holds(some, "country-KE"));
  CHECK(holds(some, "value=\"KOREA\""));
  CHECK(holds(body(site.get("/countries/find", "q=ivoire")), "id=\"country-CI\""));
  CHECK(holds(body(site.get("/countries/find", "q=ke")), "id=\"country-KE\""));
  const std::string none = body(site.get("/countries/find", "q=%3Cb%3Enowhere"));
  CHECK(holds(none, "“&lt;b&gt;nowhere”"));
  CHECK_FALSE(holds(none, "<b>nowhere"));
  CHECK(holds(body(site.get("/countries/find", "q=kenia", "es")), "id=\"country-KE\""));
}

TEST_CASE("errors are pages of the site that say what to do") {
  const Site site;
  const auto program = site.programs->current();
  const web::Context context{program->phrasebooks->get("en"), {}, {}, {}, {}, {}};
  web::Request request;
  request.path = "/nothing";
  request.id = "req<1>";
  for (const int status : {400, 403, 404, 405, 408, 409, 413, 415, 422, 429, 431, 500, 503}) {
    CAPTURE(status);
    const web::Response response =
        error_page(*program, request, context, status, Error{ErrorKind::not_found, {}, "secret detail", {}});
    CHECK(response.status == status);
    const std::string page = body(response);
    CHECK(holds(page, "<h1>"));
    CHECK_FALSE(holds(page, "problem."));
    CHECK_FALSE(holds(page, "secret detail"));
    CHECK(holds(page, "req&lt;1&gt;"));
    CHECK(holds(page, "noindex"));
    CHECK(holds(page, "action=\"/search\""));
  }
  const web::Response told =
      error_page(*program, request, context, 404, Error{ErrorKind::not_found, "problem.no_such_draft", {}, {}});
  CHECK(holds(body(told), "We could not find that draft."));
}

TEST_CASE("the sitemap has each page in each language, escaped") {
  const std::string map = sitemap_xml("https://a.example", {"/", "/policy"}, {"en", "es"});
  CHECK(holds(map, "<loc>https://a.example/policy</loc>"));
  CHECK(holds(map, "<loc>https://a.example/policy?lang=es</loc>"));
  CHECK(holds(sitemap_xml("https://a.example", {"/a&b"}, {"en"}), "<loc>https://a.example/a&amp;b</loc>"));
  CHECK(robots_txt("").find("Sitemap") == std::string::npos);
  CHECK(holds(robots_txt("https://a.example"), "Sitemap: https://a.example/sitemap.xml\n"));
  CHECK(holds(robots_txt(""), "Disallow: /draft/\n"));
}

TEST_CASE("the language switch keeps the page and its question") {
  CHECK(in_language("/policy", "es") == "/policy?lang=es");
  CHECK(in_language("/search?q=a%20b", "es") == "/search?q=a%20b&lang=es");
  CHECK(in_language("/questions#why", "es") == "/questions?lang=es");
}

}  // namespace bursary::site
