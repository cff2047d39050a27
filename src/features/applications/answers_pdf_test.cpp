#include <doctest/doctest.h>

#include <chrono>

#include "features/applications/answers_pdf.h"

using namespace bursary;
using namespace bursary::applications;

namespace {

AnswersDocument document() {
  AnswersDocument out;
  out.title = "Application RA-7K3M-Q9XT5";
  out.facts = {"Researcher Access Program, Example Lab", "Submitted on 2 March 2026, 10:00 UTC"};
  out.unanswered = "Not provided";
  out.shortened = "The rest is on your page.";
  out.page_of = "Page {page} of {pages}";
  out.locale = "en";
  out.made_at = Instant{1'772'445'600'000'000};
  return out;
}

int pages_of(const std::string& pdf) {
  // "/Count 3" of the page tree.
  const std::size_t at = pdf.find("/Type /Pages");
  const std::size_t count = at == std::string::npos ? at : pdf.find("/Count ", at);
  return count == std::string::npos ? 0 : std::atoi(pdf.c_str() + count + 7);
}

}  // namespace

TEST_CASE("the same answers are the same file, in every script") {
  AnswersDocument given = document();
  given.lines = {{"Apply", "First name", "Amina"},
                 {"Apply", "Project", "Ελληνικά, кириллица, العربية, עברית, हिन्दी, 中文, 日本語, 한국어, emoji 🙂"},
                 {"Your situation", "Comments", ""}};
  const std::string pdf = answers_pdf(given);
  CHECK(pdf.starts_with("%PDF-1."));
  CHECK(pdf.substr(pdf.size() - 6).find("%%EOF") != std::string::npos);
  CHECK(pages_of(pdf) == 1);
  CHECK(answers_pdf(given) == pdf);
}

TEST_CASE("a long answer runs over pages, too long a one is cut within bounds") {
  AnswersDocument given = document();
  std::string text;
  while (text.size() < 20'000) text += "Models follow instructions less well when prompts are perturbed. ";
  given.lines = {{"Apply", "Project", text}};
  CHECK(pages_of(answers_pdf(given)) >= 4);

  const auto start = std::chrono::steady_clock::now();
  std::string lines;
  while (lines.size() < (1u << 20)) lines += "x\n\n";
  given.lines = {{"Apply", "Lines", lines}, {"Apply", "Never", "reached"}};
  CHECK(pages_of(answers_pdf(given)) == kMostPages);
  given.lines = {{"Apply", "Nothing", std::string(1u << 20, '\n')}};
  CHECK(pages_of(answers_pdf(given)) == 1);
  given.lines = {{"Apply", "One word", std::string(4u << 20, 'x')}};
  CHECK(pages_of(answers_pdf(given)) <= kMostPages);
  given.lines = {{"Apply", "Broken", std::string("\xFF\xC3(") + std::string(200'000, '\xE2')}};
  CHECK(answers_pdf(given).starts_with("%PDF-1."));
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
}
