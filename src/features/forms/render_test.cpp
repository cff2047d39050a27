#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "features/forms/test_form.h"

namespace bursary::forms {
namespace {

struct Page {
  Definition form = test_form();
  Answers answers = {};
  std::vector<FieldError> problems = {}, warned = {};
  std::string locale = "en";
  std::string files = {};
  std::vector<std::string> institutions = {};

  FormView view() const { return {form, answers, locale, problems, warned, files, institutions}; }
  const html::Phrasebook& phrases() const { return locale == "es" ? spanish() : english(); }
  // With runs of spaces as one: how a tag is spaced is nobody's business.
  std::string fields() const {
    const html::SafeHtml drawn = render_fields(view(), phrases());
    std::string out;
    for (const char c : drawn.str()) {
      if (c != ' ' || !out.ends_with(' ')) out += c;
    }
    return out;
  }
};

bool has(const std::string& html, std::string_view part) { return html.find(part) != std::string::npos; }
std::size_t count(const std::string& html, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = html.find(part); at != std::string::npos; at = html.find(part, at + 1)) ++found;
  return found;
}

// Puts the pages into a folder for html-validate, a browser and the eye: BURSARY_PAGES=folder.
void keep(const std::string& name, const std::string& html) {
  if (const char* folder = std::getenv("BURSARY_PAGES"))
    std::ofstream(std::string(folder) + "/" + name + ".html") << html;
}

}  // namespace

TEST_CASE("each question has its label, its input of that name, and says what is optional") {
  const std::string html = Page{}.fields();
  keep("empty", html);
  keep("rules", client_rules(test_form(), "en", english()));
  const Definition form = test_form();
  for (const Section& section : form.sections) {
    CHECK(has(html, "<section class=\"form-section\" id=\"section-" + section.key + "\" data-section=\"" + section.key +
                        "\""));
    for (const Question& question : section.questions) {
      CAPTURE(question.key);
      CHECK(count(html, " id=\"" + question.key + "\"") == 1);
      CHECK(has(html, " name=\"" + question.key + "\""));
      CHECK(has(html, "data-question=\"" + question.key + "\"" + (question.required ? " data-required" : "")));
    }
  }
  CHECK(has(html, "<label class=\"field__label\" for=\"first_name\">First name</label>"));
  CHECK(has(html,
            "<legend class=\"field__label\">Career stage <span class=\"field__optional\">(optional)</span></legend>"));
  CHECK(has(html, "autocomplete=\"given-name\""));
  CHECK(has(html, "Details <span class=\"field__optional\">(optional)</span></h2>"));
  CHECK(has(html, "type=\"email\""));
  CHECK_FALSE(has(html, " required"));  // novalidate: the messages are ours
  CHECK(count(html, "aria-required=\"true\"") == 9);
}

TEST_CASE("inputs name what describes them, and nothing that is not there") {
  const std::string html = Page{}.fields();
  CHECK(has(html, "aria-describedby=\"duration-hint\""));
  CHECK(has(html, "id=\"duration-hint\">e.g.: 3 months, 6 months</p>"));
  CHECK(has(html, "aria-describedby=\"description-limit\""));
  CHECK(has(html,
            "id=\"description-limit\" data-behaviour=\"word_count\" data-for=\"description\" data-unit=\"words\" "
            "data-limit=\"20\">Up to 20 words.</p>"));
  CHECK(has(
      html,
      "id=\"areas\" name=\"areas\" type=\"checkbox\" value=\"alignment\" aria-describedby=\"areas-alignment-about\""));
  CHECK(has(html, "id=\"areas-alignment-about\"><p>What <em>objective</em>?</p>"));
  CHECK(has(html, "We answer to this address only."));
}

TEST_CASE("a country list has its prompt, its order and marks what is not supported") {
  Page page;
  page.answers.set("country", std::string("KE"));
  const std::string html = page.fields();
  CHECK(has(html, "<option value=\"\">Select a country…</option>\n<option value=\"FR\">France</option>"));
  CHECK(has(html, "<option value=\"KE\" selected>Kenya</option>"));
  CHECK(has(html, "<option value=\"KP\" data-unsupported=\"North Korea\">North Korea (not supported)</option>"));
  page.locale = "es";
  CHECK(has(page.fields(), "<option value=\"FR\">Francia</option>"));
}

TEST_CASE("conditions are stated for those without JavaScript") {
  const std::string html = Page{}.fields();
  CHECK(has(html, "data-behaviour=\"reveal\" data-shown-when=\"models\" data-shown-values=\"\""));
  CHECK(has(html, "Answer this only if you answered “Restricted models”."));
  CHECK(has(html, "data-required-when=\"stage\" data-required-values=\"staff\""));
  CHECK(has(html, "Needed if you chose “Staff” in “Career stage”, otherwise optional."));
}

TEST_CASE("what was typed stays, escaped") {
  Page page;
  page.answers = good_answers();
  page.answers.set("first_name", std::string("\"><script>"));
  page.answers.set("description", std::string("</textarea><b>"));
  page.answers.set("start", std::string("soon"));
  const std::string html = page.fields();
  keep("filled", html);
  CHECK(has(html, "value=\"&quot;&gt;&lt;script&gt;\""));
  CHECK(has(html, ">\n&lt;/textarea&gt;&lt;b&gt;</textarea>"));
  CHECK(has(html, "value=\"alignment\" checked"));
  CHECK(has(html, "value=\"0123456789ab\" checked"));
  CHECK(has(html, "id=\"start\" name=\"start\" type=\"text\" value=\"soon\""));
  CHECK_FALSE(has(html, "<script>"));
}

TEST_CASE("a problem stands beside its field and in the summary in the same words") {
  Page page;
  page.answers.set("description", std::string("word"));
  page.problems = check_answers(page.form, page.answers);
  page.problems.push_back({"<b>", {"forms.problem.unknown_field", {{"field", "<b>"}}}});
  const std::string html = page.fields();
  keep("errors", html);
  CHECK(has(html,
            "<p class=\"field__error\" id=\"first_name-error\"><span class=\"visually-hidden\">Error:</span> Enter "
            "your first name</p>"));
  CHECK(has(html, "aria-invalid=\"true\" aria-describedby=\"first_name-limit first_name-error\""));
  CHECK(has(html,
            "<fieldset class=\"field field--error\" data-question=\"areas\" data-required "
            "aria-describedby=\"areas-limit areas-error\">"));
  CHECK_FALSE(has(html, "description-error"));
  const std::string summary = render_error_summary(page.view(), english()).str();
  keep("summary", summary);
  CHECK(has(summary, "There is a problem</h2>"));
  CHECK(has(summary, "<a href=\"#first_name\">Enter your first name</a>"));
  CHECK(has(summary, "<li>“&lt;b&gt;” is no question of this form. Load the page again and send it once more.</li>"));
  page.problems.clear();
  CHECK(render_error_summary(page.view(), english()).empty());
}

TEST_CASE("a warning stands under its field and marks nothing as wrong") {
  Page page;
  page.answers.set("country", std::string("KP"));
  page.warned = warnings(page.form, page.answers);
  const std::string html = page.fields();
  CHECK(has(
      html,
      "<p class=\"field__warning\" id=\"country-warning\">Our API is not yet available in this country or region."));
  CHECK_FALSE(has(html, "aria-invalid"));
}

TEST_CASE("kept files are listed with a box to remove each") {
  Page page;
  page.files = "/draft/abc/files/";
  page.answers.set("cv", std::vector<FileAnswer>{{"f1", "my <cv>.pdf", "application/pdf", 1'500'000, "00"}});
  const std::string html = page.fields();
  CHECK(has(html, "<a href=\"/draft/abc/files/f1\" download>my &lt;cv&gt;.pdf</a>"));
  CHECK(has(html, "name=\"_remove_cv\" type=\"checkbox\" value=\"f1\""));
  CHECK(has(html, "Remove<span class=\"visually-hidden\"> my &lt;cv&gt;.pdf</span>"));
  CHECK(has(html, "accept=\".pdf,.docx\""));
  CHECK(has(html, "PDF, DOCX, up to 1 MB."));
}

TEST_CASE("institutions are suggested, never demanded") {
  Page page;
  CHECK_FALSE(has(page.fields(), "<datalist"));
  page.institutions = {"Example & Sons"};
  const std::string html = page.fields();
  CHECK(has(html, "list=\"institution-list\""));
  CHECK(has(html, "<datalist id=\"institution-list\"><option value=\"Example &amp; Sons\"></option></datalist>"));
}

TEST_CASE("answers are read back in order with links to change them") {
  Page page;
  page.answers = good_answers();
  page.answers.set("links", std::string("https://example.org\n10.1000/182"));
  page.answers.set("description", std::string("a\n<b> https://example.com/x."));
  page.answers.set("cv", std::vector<FileAnswer>{{"f1", "cv.pdf", "application/pdf", 1024, "00"}});
  page.files = "/f/";
  const std::string html = render_answers(page.view(), english(), "/apply").str();
  keep("answers", html);
  CHECK(has(html,
            "<dt class=\"summary-list__key\">First name</dt><dd class=\"summary-list__value "
            "summary-list__value--long\">Ada</dd>"));
  CHECK(has(html, "<a href=\"/apply#first_name\">Change<span class=\"visually-hidden\"> First name</span></a>"));
  CHECK(has(html,
            "a\n&lt;b&gt; <a href=\"https://example.com/x\" rel=\"nofollow noreferrer\">https://example.com/x</a>."));
  CHECK(has(html, "<a href=\"https://doi.org/10.1000/182\" rel=\"nofollow noreferrer\">10.1000/182</a>"));
  CHECK(has(html, "<a href=\"/f/f1\" rel=\"nofollow noreferrer\">cv.pdf (1 KB)</a>"));
  CHECK(has(html, "<span class=\"muted\">Not provided</span>"));
  CHECK(has(html, ">Kenya</dd>"));
  CHECK_FALSE(has(html, "Why that model?"));  // not shown, so not read
  CHECK_FALSE(has(render_answers(page.view(), english(), "").str(), "Change"));
}

TEST_CASE("answers are lines of text for mail and print") {
  const auto lines = answer_lines(test_form(), good_answers(), "es", spanish());
  REQUIRE(lines.size() == 16);
  CHECK(lines[0].section == "Sobre usted");
  CHECK(lines[0].question == "Nombre");
  CHECK(lines[0].answer == "Ada");
  CHECK(lines[3].answer == "Kenya");
  CHECK(lines[5].answer == "Sin respuesta");
}

TEST_CASE("a consent says in words that and what was accepted, its version as a detail, wherever it is read") {
  Page page;
  page.answers = good_answers();
  const std::string html = render_answers(page.view(), english(), "").str();
  CHECK(has(html, ">Accepted\n<span class=\"muted small\">“I accept the policy.” Version 0123456789ab</span></dd>"));
  CHECK_FALSE(has(html, "(/policy)"));
  const auto lines = answer_lines(test_form(), good_answers(), "es", spanish());
  CHECK(lines.back().answer == "Aceptado\n«I accept the policy.» Versión 0123456789ab");
  page.answers.erase("policy");
  CHECK_FALSE(has(render_answers(page.view(), english(), "").str(), "Accepted"));
}

TEST_CASE("no id stands twice") {
  Page page;
  page.answers.set("cv", std::vector<FileAnswer>{{"f1", "a.pdf", "application/pdf", 1, "00"},
                                                 {"f2", "b.pdf", "application/pdf", 1, "00"}});
  page.problems = check_answers(page.form, page.answers);
  page.institutions = {"A"};
  const std::string html = page.fields();
  for (std::size_t at = html.find(" id=\""); at != std::string::npos; at = html.find(" id=\"", at + 1)) {
    const std::string id = html.substr(at, html.find('"', at + 5) - at + 1);
    CAPTURE(id);
    CHECK(count(html, id) == 1);
  }
}

}  // namespace bursary::forms
