#include <doctest/doctest.h>

#include "features/messages/test_program.h"

using namespace bursary;
using namespace bursary::messages;

namespace {

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Words words_with(const std::string& name) {
  Message message = testing::submitted_message();
  message.placeholders["name"] = name;
  return words_of(*testing::test_program(), message, testing::tell_link).value();
}

}  // namespace

TEST_CASE("a message reads well in both parts") {
  const Words words = words_of(*testing::test_program(), testing::submitted_message(), testing::tell_link).value();
  CHECK(words.subject == "We have your application RA-7K3M-Q9XT5");
  CHECK(words.plain ==
        "Dear Amina Odhiambo,\n\nyour application to the Researcher Access Program came in on 1 March 2026, 10:30 CET. "
        "Its "
        "reference is RA-7K3M-Q9XT5.\n\nWhat happens next\n\n- We read it and decide by 12 April 2026.\n- Until then, "
        "see what you "
        "sent (https://apply.example.org/applications/0123-abc).\n\nSomething is wrong? Write to help@example.org.\n");
  CHECK(holds(words.html.str(), "<strong>RA-7K3M-Q9XT5</strong>"));
  CHECK(holds(words.html.str(), "href=\"https://apply.example.org/applications/0123-abc\""));
  CHECK_FALSE(holds(words.html.str(), ".invalid"));
  CHECK_FALSE(holds(words.plain, "\uE000"));
}

TEST_CASE("who is not its recipient sees a message with its private link masked") {
  const Words words = words_of(*testing::test_program(), testing::submitted_message()).value();
  CHECK(holds(words.plain, "see what you sent ([private link])."));
  CHECK(holds(words.html.str(), "<a href=\"#\" rel=\"noopener\">see what you sent</a>"));
  Message draft = testing::submitted_message();
  draft.template_key = "draft_link";
  draft.locale = "es";
  const Words bare = words_of(*testing::test_program(), draft).value();
  CHECK(bare.plain.starts_with("[enlace privado]\n"));
  CHECK(holds(bare.html.str(), "<a href=\"#\" rel=\"noopener\">[enlace privado]</a>"));
  for (const std::string& text : {words.plain, words.html.str(), bare.plain, bare.html.str()}) {
    CHECK_FALSE(holds(text, "0123-abc"));
    CHECK_FALSE(holds(text, ".invalid"));
  }
}

TEST_CASE("a private link that cannot be told leaves no message") {
  Message message = testing::submitted_message();
  message.links = {{"link", {"application", 41}}};
  const Result<Words> words = words_of(*testing::test_program(), message, testing::tell_link);
  REQUIRE_FALSE(words);
  CHECK(words.error().kind == ErrorKind::not_found);
  // A link of our own making that is no address becomes nothing, not markup.
  message.links = {{"link", {"\"><script>", 42}}};
  const Words broken = words_of(*testing::test_program(), message, testing::tell_link).value();
  CHECK_FALSE(holds(broken.html.str(), "script"));
}

TEST_CASE("it speaks the recipient's language, and English where that is missing") {
  Message message = testing::submitted_message();
  message.locale = "es";
  CHECK(words_of(*testing::test_program(), message).value().subject == "Hemos recibido su solicitud RA-7K3M-Q9XT5");
  CHECK(holds(words_of(*testing::test_program(), message).value().plain, "1 de marzo de 2026"));
  message.locale = "fr";
  CHECK(words_of(*testing::test_program(), message).value().subject == "We have your application RA-7K3M-Q9XT5");
}

TEST_CASE("what a stranger typed is never Markdown, HTML or a link") {
  const Words words = words_with(
      "**bold** [click](https://evil.example) <script>alert(1)</script> <https://evil.example> `x` # h &amp; \\*");
  const std::string& html = words.html.str();
  CHECK_FALSE(holds(html, "<strong>bold"));
  CHECK_FALSE(holds(html, "<script"));
  CHECK_FALSE(holds(html, "evil.example\""));
  CHECK_FALSE(holds(html, "https://evil"));  // not even as text that a mail program would link
  CHECK_FALSE(holds(words.plain, "https://evil"));
  CHECK_FALSE(holds(words.plain, "evil.example"));
  CHECK(holds(html, "&amp;amp;"));
  CHECK(holds(words.plain, "**bold** [click]"));  // as typed
  // One link: the program's own.
  CHECK(html.find("<a ") == html.rfind("<a "));
}

TEST_CASE("a text value that stands where a link leads becomes no address") {
  auto program = std::make_shared<programs::Program>(*testing::test_program());
  program->mail["submitted"].body = programs::LocalText("[here]({name}) and <{name}>");
  Message message = testing::submitted_message();
  for (const char* evil :
       {"javascript:alert(1)", "https://evil.example", "\" onclick=\"x", "x) [y](https://evil.example"}) {
    message.placeholders["name"] = evil;
    const std::string html = words_of(*program, message).value().html.str();
    CHECK_FALSE(holds(html, "href=\"javascript"));
    CHECK_FALSE(holds(html, "href=\"https"));
    CHECK_FALSE(holds(html, " onclick=\"x"));
  }
}

TEST_CASE("a link that is no http address is shown as text") {
  Message message = testing::submitted_message();
  message.links.clear();
  message.placeholders["link"] = "javascript:alert(1)";
  CHECK_FALSE(holds(words_of(*testing::test_program(), message).value().html.str(), "javascript:"));
  message.placeholders["link"] = "https://a.example/\"onmouseover=\"x";
  CHECK_FALSE(holds(words_of(*testing::test_program(), message).value().html.str(), "\"onmouseover=\""));
}

TEST_CASE("marks in a value or a template do nothing") {
  const Words words = words_with("\uE0003\uE001 https://link2.invalid {reference}");
  CHECK(holds(words.plain, "Dear 3 https:\u200B//link2.\u200Binvalid {reference},"));
}

TEST_CASE("no separator of lines hides in a value, and names of every script's domains stay text") {
  const Words words = words_with("A\u2028\u2066B\u0085\u2069 пример.рф www.例え.jp");
  CHECK(holds(words.plain, "Dear AB пример.\u200Bрф www.\u200B例え.\u200Bjp,"));
}

TEST_CASE("line ends, controls and direction marks of a value are tamed") {
  const Words words = words_with("A\r\n\r\n# B\x07\u202Egnp.exe");
  CHECK(holds(words.plain, "Dear A\n\n# Bgnp.\u200Bexe,"));
  CHECK(holds(words.html.str(), "Dear A<br>\n<br>\n# Bgnp."));
  Message message = testing::submitted_message();
  message.placeholders["reference"] = "X\r\nBcc: all@example.org";
  CHECK(words_of(*testing::test_program(), message).value().subject ==
        "We have your application X Bcc: all@example.\u200Borg");
}

TEST_CASE("a bare link is one, missing values are empty, other braces stay") {
  Message message = testing::submitted_message();
  message.template_key = "draft_link";
  message.links.clear();
  message.placeholders = {
      {"name", "J. R. O'Neil"}, {"link", "https://apply.example.org/draft/x"}, {"expires_date", "soon"}};
  const Words words = words_of(*testing::test_program(), message).value();
  CHECK(words.subject == "Your draft, J. R. O'Neil");
  CHECK(words.plain ==
        "https://apply.example.org/draft/x\n\nIt is kept until soon. J. R. O'Neil  {not a placeholder}\n");
  CHECK(holds(words.html.str(),
              "<a href=\"https://apply.example.org/draft/x\" rel=\"noopener\">https://apply.example.org/draft/x</a>"));
}

TEST_CASE("a template that the program lacks is told") {
  Message message = testing::submitted_message();
  message.template_key = "gone";
  const Result<Words> words = words_of(*testing::test_program(), message);
  REQUIRE_FALSE(words);
  CHECK(words.error().kind == ErrorKind::not_found);
}
