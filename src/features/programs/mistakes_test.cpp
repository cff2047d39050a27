// Every kind of mistake, one row each: how to make it, and where and how it is told. The rows that concern the form are
// in form_mistakes_test.cpp.
#include "features/programs/mistake.h"

namespace bursary::programs {
std::vector<Mistake> general_mistakes() {
  return {
      // Files
      {"missing-file", "program.toml", "", "docs/formats", [](Files& f) { f.erase("program.toml"); }},
      {"missing-file", "texts/eligibility.md", "", "docs/formats", [](Files& f) { f.erase("texts/eligibility.md"); }},
      {"bad-utf8", "texts/eligibility.md", "caf\xE9", "UTF-8",
       [](Files& f) { f["texts/eligibility.md"] = "Good\ncaf\xE9\n"; }},
      {"file-too-large", "pages/policy.md", "", "split",
       [](Files& f) { f["pages/policy.md"] += std::string(300'000, 'x'); }},
      {"program-too-large", "program.toml", "", "2000 files",
       [](Files& f) {
         for (int i = 0; i < 2000; ++i) f[fmt::format("locales/x{}.toml", i)] = "";
       }},
      {"syntax-error", "navigation.toml", "title = Home", "quotes",
       [](Files& f) { replace(f, "navigation.toml", "title = \"Home\"", "title = Home"); }},
      {"syntax-error", "pages/policy.md", "title = Policy", "quotes",
       [](Files& f) { replace(f, "pages/policy.md", "\"Policy\"", "Policy"); }},
      {"syntax-error", "navigation.toml", "[!]", "quotes", [](Files& f) { f["navigation.toml"] += "[!]\n"; }},
      {"syntax-error", "es/navigation.toml", "Índice", "quotes",
       [](Files& f) { f["es/navigation.toml"] += "Índice = \"Index\"\n"; }},
      {"too-deep", "form.toml", "a.a.a", "flatter",
       [](Files& f) { f["form.toml"] += "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a = 1\n"; }},
      {"too-deep", "questions.toml", "[[[[", "flatter",
       [](Files& f) { f["questions.toml"] += "\nx = " + std::string(1000, '[') + std::string(1000, ']') + "\n"; }},
      {"unused-file", "notes.txt", "", "name and folder", [](Files& f) { f["notes.txt"] = "?"; }, Kind::warning},
      {"head-missing", "pages/policy.md", "Be good", "+++", [](Files& f) { f["pages/policy.md"] = "Be good.\n"; },
       Kind::with_others},

      // Keys and values
      {"unknown-key", "program.toml", "contact_mail", "\"contact_email\"",
       [](Files& f) { replace(f, "program.toml", "contact_email", "contact_mail"); }, Kind::with_others},
      {"missing-key", "program.toml", "slug", "host = \"…\"",
       [](Files& f) { replace(f, "program.toml", "host = \"A Host\"\n", ""); }, Kind::with_others},
      {"wrong-type", "program.toml", "name = 5", "a text in quotes",
       [](Files& f) { replace(f, "program.toml", "name = \"Small Program\"", "name = 5"); }, Kind::with_others},
      {"wrong-type", "es/countries.toml", "KE = 1", "texts in quotes",
       [](Files& f) { replace(f, "es/countries.toml", "\"Kenia\"", "1"); }},
      {"empty-text", "program.toml", "summary", "Write the text",
       [](Files& f) { replace(f, "program.toml", "A program for tests.", " \\t "); }},
      {"empty-text", "pages/terms.md", "", "below the head",
       [](Files& f) { replace(f, "pages/terms.md", "Be fair.\n", ""); }},
      {"hidden-characters", "texts/eligibility.md", "Every", "by hand",
       [](Files& f) {
         f["texts/eligibility.md"] =
             "Every\xE2\x80\xAE"
             "body.\n";
       }},
      {"text-too-long", "questions.toml", "answer", "link to it",
       [](Files& f) { replace(f, "questions.toml", "Everybody.", std::string(20'001, 'x')); }},
      {"line-break", "program.toml", "tests.\n", "one line",
       [](Files& f) { replace(f, "program.toml", "\"A program for tests.\"", "\"\"\"A program for\ntests.\n\"\"\""); }},
      {"negative-number", "program.toml", "draft_days", "from 1 to 730",
       [](Files& f) { f["program.toml"] += "draft_days = -5\n"; }},
      {"out-of-range", "program.toml", "draft_days", "from 1 to 730",
       [](Files& f) { f["program.toml"] += "draft_days = 5000\n"; }},
      {"bad-word", "program.toml", "maybe", "\"warn\"",
       [](Files& f) { replace(f, "program.toml", "\"warn\"", "\"maybe\""); }},

      // The program
      {"bad-slug", "program.toml", "slug", "small letters",
       [](Files& f) { replace(f, "program.toml", "\"small\"", "\"Small One\""); }},
      {"bad-email", "program.toml", "small at", "one address",
       [](Files& f) { replace(f, "program.toml", "small@example.org", "small at example.org"); }},
      {"bad-reference-prefix", "program.toml", "S1P", "capital letters",
       [](Files& f) { replace(f, "program.toml", "\"SP\"", "\"S1P\""); }},
      {"time-zone-unknown", "program.toml", "Nairobbery", "IANA",
       [](Files& f) { replace(f, "program.toml", "Africa/Nairobi", "Africa/Nairobbery"); }},
      {"bad-date", "program.toml", "opens", "without quotes",
       [](Files& f) { f["program.toml"] += "opens = \"soon\"\n"; }},
      {"syntax-error", "program.toml", "opens", "Mend", [](Files& f) { f["program.toml"] += "opens = 2026-02-30\n"; },
       Kind::with_others},
      {"closes-before-opens", "program.toml", "closes", "later moment",
       [](Files& f) { f["program.toml"] += "opens = 2026-03-02\ncloses = 2026-03-01\n"; }},
      {"locale-unknown", "program.toml", "locales", "BCP 47",
       [](Files& f) { replace(f, "program.toml", "[\"en\", \"es\"]", "[\"en\", \"es\", \"qqx\"]"); }},
      {"locale-without-english", "program.toml", "locales", "\"en\"",
       [](Files& f) { replace(f, "program.toml", "[\"en\", \"es\"]", "[\"es\"]"); }},
      {"duplicate-locale", "program.toml", "locales", "once",
       [](Files& f) { replace(f, "program.toml", "[\"en\", \"es\"]", "[\"en\", \"es\", \"es\"]"); }},
      {"locale-unlisted", "es/countries.toml", "", "locales in program.toml",
       [](Files& f) { replace(f, "program.toml", "[\"en\", \"es\"]", "[\"en\"]"); }, Kind::warning},

      // Translations
      {"missing-translation", "es/form.toml", "", "questions.given.label",
       [](Files& f) { replace(f, "es/form.toml", "given.label = \"Nombre\"\n", ""); }, Kind::warning},
      {"missing-translation", "es/pages/policy.md", "", "Write the file",
       [](Files& f) { f.erase("es/pages/policy.md"); }, Kind::warning},
      {"missing-translation", "es/mail/submitted.md", "", "English is sent",
       [](Files& f) { f.erase("es/mail/submitted.md"); }, Kind::warning},
      {"translation-unknown", "es/form.toml", "given.lable", "as it stands in the English file",
       [](Files& f) { f["es/form.toml"] += "given.lable = \"Nombre\"\n"; }},
      {"translation-unknown", "es/pages/polizy.md", "", "as the English one",
       [](Files& f) { f["es/pages/polizy.md"] = f["es/pages/policy.md"]; }},
      {"phrase-unknown", "locales/en.toml", "nothing", "Take the line away",
       [](Files& f) { f["locales/en.toml"] = "nothing.of_the_kind = \"?\"\n"; }},
      {"phrase-placeholder", "locales/es.toml", "broken", "braces",
       [](Files& f) { f["locales/es.toml"] = "[programs.problem]\nbroken = \"{count} errores\"\n"; }},

      // Pages, links, Markdown
      {"page-missing", "pages/privacy.md", "", "Write pages/privacy.md",
       [](Files& f) { f.erase("pages/privacy.md"), f.erase("es/pages/privacy.md"); }},
      {"duplicate-slug", "pages/terms2.md", "slug", "another slug",
       [](Files& f) {
         f["pages/terms2.md"] = "+++\nslug = \"terms\"\ntitle = \"T\"\ndescription = \"D\"\n+++\n\nText\n";
         f["es/pages/terms2.md"] = f["es/pages/terms.md"];
       }},
      {"reserved-slug", "pages/apply/now.md", "", "another slug",
       [](Files& f) {
         f["pages/apply/now.md"] = f["pages/terms.md"];
         f["es/pages/apply/now.md"] = f["es/pages/terms.md"];
       }},
      {"bad-slug", "pages/Über uns.md", "", "small letters",
       [](Files& f) {
         f["pages/Über uns.md"] = f["pages/terms.md"];
         f["es/pages/Über uns.md"] = f["es/pages/terms.md"];
       }},
      {"dead-link", "texts/information.md", "/polizy", "\"/policy\"",
       [](Files& f) { replace(f, "texts/information.md", "/policy", "/polizy"); }},
      {"dead-link", "navigation.toml", "/term\"", "\"/terms\"",
       [](Files& f) { replace(f, "navigation.toml", "/terms\"", "/term\""); }},
      {"dead-link", "pages/home.md", "#emial", "\"email\"",
       [](Files& f) { replace(f, "pages/home.md", "#email", "#emial"); }},
      {"bad-link", "texts/eligibility.md", "javascript", "https://",
       [](Files& f) { f["texts/eligibility.md"] = "One\n\nTwo [x](javascript:alert(1))\n"; }},
      {"bad-link", "navigation.toml", "policy", "one /",
       [](Files& f) { replace(f, "navigation.toml", "/policy", "//policy"); }},
      {"markdown-html", "texts/eligibility.md", "<b>", "tags",
       [](Files& f) { f["texts/eligibility.md"] = "A\n\nis <b>bold</b>\n"; }},
      {"markdown-html", "questions.toml", "<div>", "tags",
       [](Files& f) { replace(f, "questions.toml", "\"Everybody.\"", "\"\"\"\nA\n\n<div>\n</div>\n\"\"\""); }},
      {"markdown-image", "pages/terms.md", "![", "in words",
       [](Files& f) { replace(f, "pages/terms.md", "Be fair.", "![a](https://example.org/a.png)"); }},
      {"markdown-deep", "texts/eligibility.md", ">", "flatter",
       [](Files& f) { f["texts/eligibility.md"] = std::string(200, '>') + " deep\n"; }},
      {"group-empty", "navigation.toml", "[[footer]]", "take the group away",
       [](Files& f) {
         replace(f, "navigation.toml", "links = [{ label = \"Terms\", href = \"/terms\" }]", "links = []"),
             replace(f, "es/navigation.toml", "Terms = \"Condiciones\"\n", "");
       }},
      {"duplicate-answer", "questions.toml", "key = \"who\"\nquestion = \"Again", "of its own",
       [](Files& f) {
         f["questions.toml"] += "[[question]]\nkey = \"who\"\nquestion = \"Again?\"\nanswer = \"Yes.\"\n";
       }},

      // Countries and institutions
      {"bad-country-code", "countries.toml", "Kenya", "ISO 3166-1",
       [](Files& f) {
         replace(f, "countries.toml", "\"KE\"", "\"Kenya\""), replace(f, "es/countries.toml", "KE", "Kenya");
       }},
      {"duplicate-country", "countries.toml", "\"KE\"\nname = \"Kenya again", "Take one",
       [](Files& f) { f["countries.toml"] += "\n[[country]]\ncode = \"KE\"\nname = \"Kenya again\"\n"; }},
      {"duplicate-institution", "institutions.txt", "university of", "Take one",
       [](Files& f) { f["institutions.txt"] += "university of nairobi\n"; }, Kind::warning},

      // Mail
      {"mail-missing", "mail/submitted.md", "", "subject", [](Files& f) { f.erase("mail/submitted.md"); }},
      {"placeholder-unknown", "mail/submitted.md", "{nmae}", "{name}",
       [](Files& f) { replace(f, "mail/submitted.md", "{name}", "{nmae}"); }},
      {"placeholder-unknown", "es/mail/draft_link.md", "{ alone", "There are",
       [](Files& f) { f["es/mail/draft_link.md"] += "\nA brace { alone\n"; }},
      {"placeholder-missing", "mail/draft_link.md", "Open it", "{link}",
       [](Files& f) { replace(f, "mail/draft_link.md", "({link})", "(https://example.org/)"); }},
      {"placeholder-not-link", "mail/submitted.md", "[me]", "Lead it to {link}",
       [](Files& f) { f["mail/submitted.md"] += "\n[me]({name})\n"; }},
      {"placeholder-in-subject", "mail/draft_link.md", "subject", "locked",
       [](Files& f) { replace(f, "mail/draft_link.md", "Your draft", "Your draft {link}"); }},
      {"mail-link", "mail/draft_link.md", "/policy", "{link}",
       [](Files& f) { f["mail/draft_link.md"] += "\n[policy](/policy)\n"; }},
  };
}

namespace {

TEST_CASE("every mistake is told with its code, its place and a mend") {
  for (const Mistake& mistake : general_mistakes()) check_mistake(mistake);
}

TEST_CASE("the small program has no mistake") {
  const Loaded loaded = load(small_program());
  for (const Problem& problem : loaded.problems) FAIL_CHECK(to_line(problem));
  REQUIRE(loaded.program != nullptr);
  CHECK(loaded.program->name.in("es") == "Programa pequeño");
}

TEST_CASE("all mistakes are told in one run, in the order of file and line") {
  Files files = small_program();
  replace(files, "form.toml", "type = \"email\"", "type = \"e-mail\"");
  replace(files, "program.toml", "Africa/Nairobi", "Nowhere");
  replace(files, "form.toml", "\"First name\"", "\"\"");
  files.erase("mail/submitted.md");
  std::vector<std::string> lines;
  for (const Problem& problem : load(files).problems) {
    lines.push_back(fmt::format("{}:{}:{}", problem.file, problem.line, problem.code));
  }
  const auto at = [&](std::string_view wanted) {
    return std::find(lines.begin(), lines.end(), wanted) - lines.begin();
  };
  const auto size = static_cast<std::ptrdiff_t>(lines.size());
  REQUIRE(at("program.toml:7:time-zone-unknown") < size);
  CHECK(at("form.toml:13:empty-text") < at("form.toml:18:question-type-unknown"));
  CHECK(at("form.toml:18:question-type-unknown") < at("mail/submitted.md:0:mail-missing"));
  CHECK(at("mail/submitted.md:0:mail-missing") < at("program.toml:7:time-zone-unknown"));
}

TEST_CASE("a problem reads as file, line, kind, what, code and mend") {
  const Problem problem{Problem::Severity::warning, "unused-file", "a.md", 3, "Nothing reads it.", "Take it away."};
  CHECK(to_line(problem) == "a.md:3: warning: Nothing reads it. (unused-file)\n    mend: Take it away.");
  const Problem whole{Problem::Severity::error, "missing-file", "a.md", 0, "There is none.", "Write it."};
  CHECK(to_line(whole) == "a.md: error: There is none. (missing-file)\n    mend: Write it.");
}

}  // namespace
}  // namespace bursary::programs
