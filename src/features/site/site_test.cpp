#include "features/site/site.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

namespace bursary::site {
namespace {

std::shared_ptr<const programs::Program> default_program() {
  programs::Loaded loaded = programs::load(programs::built_in_program());
  for (const programs::Problem& problem : loaded.problems) {
    if (problem.severity == programs::Problem::Severity::error) MESSAGE(programs::to_line(problem));
  }
  REQUIRE(loaded.program != nullptr);
  return loaded.program;
}

// The pages of one address by language.
std::string body_of(const std::vector<web::PublicPage>& pages, std::string_view path, std::string_view locale) {
  for (const web::PublicPage& page : pages) {
    if (page.path == path && page.locale == locale) return page.body;
  }
  return {};
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// Written where BURSARY_DUMP_PAGES says, for a look at them in a browser.
void dump(const std::vector<web::PublicPage>& pages) {
  const char* folder = std::getenv("BURSARY_DUMP_PAGES");
  if (folder == nullptr) return;
  for (const web::PublicPage& page : pages) {
    std::string name = page.path == "/" ? "/index" : page.path;
    for (char& c : name) c = c == '/' ? '_' : c;
    const std::string file = fmt::format("{}/{}{}", folder, page.locale.empty() ? "" : page.locale, name);
    std::FILE* out = std::fopen(file.c_str(), "wb");
    if (out == nullptr) continue;
    std::fwrite(page.body.data(), 1, page.body.size(), out);
    std::fclose(out);
  }
}

}  // namespace

TEST_CASE("every public page stands in the layout, in each language") {
  const auto program = default_program();
  const auto pages = public_pages(*program, "https://apply.example.org");
  dump(pages);
  std::size_t documents = 0;
  for (const web::PublicPage& page : pages) {
    if (page.locale.empty()) continue;
    ++documents;
    CAPTURE(page.path);
    CAPTURE(page.locale);
    CHECK(page.body.starts_with("<!doctype html>"));
    CHECK(holds(page.body, fmt::format("<html lang=\"{}\" dir=\"ltr\">", page.locale)));
    CHECK(count(page.body, "<h1") == 1);
    CHECK(count(page.body, "<title>") == 1);
    CHECK(count(page.body, "id=\"main\"") == 1);
    CHECK(holds(page.body, "<meta name=\"description\" content=\""));
    CHECK(holds(page.body, "<link rel=\"canonical\" href=\"https://apply.example.org/"));
    CHECK(holds(page.body, "hreflang=\"x-default\""));
    CHECK_FALSE(holds(page.body, " style="));
    CHECK_FALSE(holds(page.body, "<script>"));
    CHECK_FALSE(holds(page.body, "http://"));
    // A key without words would be shown as itself.
    CHECK_FALSE(holds(page.body, ">site."));
    CHECK_FALSE(holds(page.body, "\"site."));
  }
  CHECK(documents == 2 * (program->pages.size() - 1 + 6));
}

TEST_CASE("the header has the program's groups in order, search, log in and sign up") {
  const auto program = default_program();
  const std::string home = body_of(public_pages(*program), "/", "en");
  std::size_t at = 0;
  for (const char* part :
       {"<summary>Research</summary>", "<summary>Product</summary>", "<summary>Developers</summary>",
        "class=\"menu__single\" href=\"/safety\"", "<summary>Company</summary>", "href=\"/?lang=es\"",
        "href=\"/log-in\"", "href=\"/sign-up\"", "popovertarget=\"site-search\"", "action=\"/search\""}) {
    CAPTURE(part);
    const std::size_t found = home.find(part, at);
    REQUIRE(found != std::string::npos);
    at = found;
  }
  CHECK(holds(home, "© 2023–2026 Example Lab"));
  CHECK(home.find("class=\"skip\" href=\"#main\"") < home.find("<header"));
}

TEST_CASE("the form's page says the same in each language and ends in Submit") {
  const auto program = default_program();
  const auto pages = public_pages(*program);
  const std::string form = body_of(pages, "/apply", "en");
  CHECK(holds(form, "<h1>Researcher Access Program application</h1>"));
  CHECK(holds(form, "<title>Researcher Access Program application – Example Lab</title>"));
  CHECK(form.find("id=\"information\">Information</h2>") < form.find("<form class=\"apply__form\""));
  CHECK(holds(form, "novalidate"));
  CHECK(holds(form, "data-behaviour=\"autosave validate proof submit_once\""));
  CHECK(holds(form, fmt::format("name=\"_form_version\" value=\"{}\"", program->form_version)));
  CHECK(holds(form, "name=\"_key\" value=\"\""));
  CHECK(holds(form, "name=\"_website\" type=\"text\" tabindex=\"-1\""));
  CHECK_FALSE(holds(form, "multipart/form-data"));
  const std::size_t submit = form.find("value=\"submit\">Submit</button>");
  CHECK(submit < form.find("value=\"check\">Check my answers first</button>"));
  CHECK(submit < form.find("value=\"save\">Save and come back later</button>"));
  CHECK(submit > form.rfind("data-question=\""));
  CHECK(count(body_of(pages, "/apply", "es"), "data-question=\"") == count(form, "data-question=\""));
}

TEST_CASE("a draft's page keeps its secret parts and its state") {
  const auto program = default_program();
  forms::Answers answers;
  answers.set("first_name", std::string("<Ana>"));
  const ApplyView view{.definition = program->form,
                       .answers = answers,
                       .form_version = "v1",
                       .problems = {{"email", "problem.fields"}},
                       .warnings = {},
                       .action = "/draft/abc",
                       .token = "tok\"en",
                       .version = 7,
                       .key = "k",
                       .saved_at = parse_rfc3339("2026-03-01T14:02:00Z"),
                       .expires_at = parse_rfc3339("2026-05-30T14:02:00Z"),
                       .file_link_prefix = {},
                       .conflicts = {{"last_name", "Last name", "<mine>", ""}},
                       .notice = Phrase("problem.unavailable"),
                       .error_notice = true,
                       .extra = {}};
  const html::Phrasebook& english = program->phrasebooks->get("en");
  const std::string body = apply_body(*program, english, view).str();
  CHECK(apply_title(*program, english, view) == "Error: Researcher Access Program application");
  CHECK(holds(body, "action=\"/draft/abc\""));
  CHECK(holds(body, "data-autosave-url=\"/draft/abc\""));
  CHECK(holds(body, "name=\"_token\" value=\"tok&quot;en\""));
  CHECK(holds(body, "name=\"_version\" value=\"7\""));
  CHECK(holds(body, "value=\"&lt;Ana&gt;\""));
  CHECK(holds(body, "&lt;mine&gt;"));
  CHECK(holds(body, "Saved 1 March 2026"));
  CHECK(holds(body, "kept until 30 May 2026"));
  CHECK(holds(body, "error-summary"));
  CHECK(holds(body, "notice--error"));
  CHECK(holds(body, "data-state=\"started\""));
  CHECK_FALSE(holds(body, "<Ana>"));
  const web::Context context{english, {}, {}, {}, {}, {}};
  PageHead head;
  head.title = apply_title(*program, english, view);
  head.indexable = false;
  const html::SafeHtml whole = document(*program, context, head, apply_body(*program, english, view));
  CHECK(holds(whole.str(), "<title>Error: Researcher Access Program application – Example Lab</title>"));
  dump({{"/draft", "en", "text/html", whole.str(), false}});
}

TEST_CASE("assets are named by their content") {
  const std::string style = asset_path("site.css");
  CHECK(style.starts_with("/assets/site-"));
  CHECK(style.ends_with(".css"));
  CHECK(style.size() == std::string_view("/assets/site-0123456789.css").size());
  CHECK_THROWS(asset_path("nothing.css"));
  bool found = false;
  for (const web::PublicPage& page : public_pages(*default_program())) {
    if (page.path == style) {
      found = true;
      CHECK(page.immutable);
      CHECK(page.media_type == "text/css; charset=utf-8");
      CHECK(page.locale.empty());
    }
  }
  CHECK(found);
}

TEST_CASE("staff pages have their own header, density and no index") {
  const auto program = default_program();
  web::Context context{program->phrasebooks->get("en"), {}, {}, {}, "token", {}};
  context.viewer.person = web::PersonId{7};
  context.viewer.name = "Kim <x>";
  PageHead head;
  head.title = "Applications";
  head.path = "/staff?state=submitted";
  head.staff = true;
  const std::string page = document(*program, context, head, {}).str();
  CHECK(holds(page, asset_path("console.css")));
  CHECK(holds(page, "noindex"));
  CHECK(holds(page, "Kim &lt;x&gt;"));
  CHECK(holds(page, "name=\"_token\" value=\"token\""));
  CHECK(holds(page, "href=\"/staff?state=submitted&amp;lang=es\""));
  CHECK_FALSE(holds(page, "Log in"));
}

}  // namespace bursary::site
