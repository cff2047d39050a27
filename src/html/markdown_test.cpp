#include <doctest/doctest.h>

#include <chrono>

#include "html/markdown_words.h"
#include "html/writer.h"

using namespace bursary::html;

namespace {

std::string html(std::string_view source) { return markdown(source).str(); }

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("Markdown becomes HTML that fits under a page's own heading") {
  CHECK(html("# One\n\n###### Six") == "<h2>One</h2>\n<h6>Six</h6>\n");
  CHECK(html("a **b** *c* `d<` ~~e~~") == "<p>a <strong>b</strong> <em>c</em> <code>d&lt;</code> <del>e</del></p>\n");
  CHECK(html("- a\n- b") == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
  CHECK(html("3. a\n4. b") == "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n");
  CHECK(html("> a\n\n---\n\n    b & c") ==
        "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>\n<pre><code>b &amp; c\n</code></pre>\n");
  CHECK(html("a  \nb\nc") == "<p>a<br>\nb\nc</p>\n");
  CHECK(html("&eacute; &amp; &#233; &nbsp;&unknown; &#0; &#x1F600;") ==
        "<p>&amp;eacute; &amp; é \u00A0&amp;unknown; &amp;#0; \U0001F600</p>\n");
  CHECK(html("") == "");
}

TEST_CASE("tables say what their headings head") {
  CHECK(html("| a | b |\n|---|--:|\n| 1 | 2 |") ==
        "<div class=\"table-scroll\" tabindex=\"0\">\n<table class=\"table\">\n<thead>\n"
        "<tr><th scope=\"col\">a</th><th scope=\"col\" class=\"table__number\">b</th></tr>\n</thead>\n<tbody>\n"
        "<tr><td>1</td><td class=\"table__number\">2</td></tr>\n</tbody>\n</table>\n</div>\n");
}

TEST_CASE("links are filtered and foreign ones marked") {
  CHECK(html("[a](/b)") == "<p><a href=\"/b\">a</a></p>\n");
  CHECK(html("[a](/b \"t\\\"<\")") == "<p><a href=\"/b\" title=\"t&quot;&lt;\">a</a></p>\n");
  CHECK(html("[a](https://example.org/?x=1&y=2)") ==
        "<p><a href=\"https://example.org/?x=1&amp;y=2\" rel=\"noopener\">a</a></p>\n");
  CHECK(html("<https://example.org>") ==
        "<p><a href=\"https://example.org\" rel=\"noopener\">https://example.org</a></p>\n");
  CHECK(html("<a@example.org>") == "<p><a href=\"mailto:a@example.org\">a@example.org</a></p>\n");
  CHECK(html("https://example.org") == "<p>https://example.org</p>\n");
}

TEST_CASE("pictures come from this site or stay words") {
  CHECK(html("![a *b* \"c\"](/p.png)") == "<p><img loading=\"lazy\" src=\"/p.png\" alt=\"a b &quot;c&quot;\"></p>\n");
  CHECK(html("![a](https://evil.example/p.png) b") == "<p>a b</p>\n");
  CHECK(html("![a ![b](/q.png) c](/p.png)") == "<p><img loading=\"lazy\" src=\"/p.png\" alt=\"a b c\"></p>\n");
  CHECK(html("![a ![b](/q.png) c](//evil/p.png) d") == "<p>a b c d</p>\n");
  CHECK(html("[![a](//evil/p.png)](javascript:x)") == "<p><a href=\"#\">a</a></p>\n");
}

TEST_CASE("nothing in Markdown becomes script") {
  for (const char* source : {"<script>alert(1)</script>",
                             "a <img src=x onerror=alert(1)> b",
                             "<div>\n<script>x</script>\n</div>",
                             "<!-- --><script>",
                             "[a](javascript:alert(1))",
                             "[a](JAVASCRIPT:alert(1))",
                             "[a](<java\tscript:alert(1)>)",
                             "[a](&#106;avascript:alert(1))",
                             "[a](&#x6A;avascript&#58;alert(1))",
                             "[a](javascript&colon;alert(1))",
                             "[a](data:text/html;base64,PHNjcmlwdD4=)",
                             "[a](vbscript:x)",
                             "[a](//evil.example)",
                             "[a](/\\evil.example)",
                             "[a]: javascript:alert(1)\n\n[a]",
                             "<javascript:alert(1)>",
                             "![a](javascript:alert(1))",
                             "![a](x\" onerror=\"alert(1))",
                             "[a](/x\"onclick=alert(1))",
                             "[a](/x 'y\" onclick=\"alert(1)')",
                             "[a]( javascript:alert(1))",
                             "[a](\x01javascript:alert(1))",
                             "```\"><script>\nx\n```",
                             "`<script>`",
                             "| <script> |\n|---|\n| <script> |",
                             "# <script>",
                             "[<script>](/a)",
                             "[![x](javascript:alert(1))](javascript:alert(2))",
                             "&lt;script&gt;",
                             "<a href=\"javascript:x\">"}) {
    CAPTURE(source);
    const std::string out = html(source);
    CHECK(out.find("<script") == std::string::npos);
    CHECK(out.find("<img src=x") == std::string::npos);
    CHECK(out.find("=\"javascript") == std::string::npos);
    CHECK(out.find("=\"JAVASCRIPT") == std::string::npos);
    CHECK(out.find("=\"data:") == std::string::npos);
    CHECK(out.find("=\"//") == std::string::npos);
    CHECK(out.find("=\"/\\") == std::string::npos);
    CHECK(out.find("\" onclick") == std::string::npos);
    CHECK(out.find("\" onerror") == std::string::npos);
    CHECK(out.find("<!--") == std::string::npos);
  }
}

TEST_CASE("a link that md4c closes without opening it is not closed in the page") {
  CHECK(html("![pic](/p.[png)ic](/p.[png)") == "<p><img loading=\"lazy\" src=\"/p.[png\" alt=\"pic\">ic</p>\n");
  CHECK(markdown_to_text("![pic](/p.[png)ic](/p.[png)") == "picic\n");
}

TEST_CASE("broken bytes are mended") {
  CHECK(html("a\xFF"
             "b") == "<p>a\uFFFDb</p>\n");
  CHECK(html(std::string_view("a\0b", 3)) == "<p>a\uFFFDb</p>\n");
}

TEST_CASE("time and size stay in proportion to the input") {
  const std::string inputs[] = {repeated("*a ", 60'000),
                                repeated("[", 100'000),
                                repeated("[a](", 50'000),
                                repeated("![", 100'000),
                                repeated("> ", 50'000),
                                repeated("`", 50'000) + "a",
                                repeated("`a ", 60'000),
                                repeated("<", 100'000),
                                repeated("<!--", 50'000),
                                repeated("_a*", 60'000),
                                repeated("~~a ", 60'000),
                                repeated("- ", 50'000),
                                repeated("&#", 80'000),
                                repeated("| ", 50'000) + "\n" + repeated("|-", 50'000) + "\n" + repeated("|\n", 50'000),
                                "[a]: /" + std::string(50'000, 'x') + "\n\n" + repeated("[a] ", 50'000),
                                repeated("[a]: /b\n", 30'000),
                                repeated("a\n=\n", 50'000),
                                repeated("<?", 100'000),
                                repeated("<!A ", 60'000),
                                repeated("[^\\]", 60'000),
                                repeated("*_", 80'000) + "a" + repeated("_*", 80'000),
                                repeated("  ", 100'000)};
  for (const std::string& input : inputs) {
    CAPTURE(input.substr(0, 12));
    const auto start = std::chrono::steady_clock::now();
    const std::string out = html(input);
    const std::string text = markdown_to_text(input);
    const auto took = std::chrono::steady_clock::now() - start;
    CHECK(out.size() <= 17 * input.size() + std::size_t{128} * 1024);
    CHECK(text.size() <= 9 * input.size() + std::size_t{128} * 1024);
    CHECK(took < std::chrono::seconds(5));  // ours are well under one; a quadratic case takes minutes
  }
}

TEST_CASE("what is too large or too deep is shown as it was typed") {
  const std::string large(kLargestMarkdown + 1, 'a');
  CHECK(html("<b>" + large).starts_with("<pre>&lt;b&gt;aaa"));
  CHECK(html(repeated("> ", 100) + "a").starts_with("<pre>&gt; &gt; "));
  CHECK(html(repeated("> ", 60) + "a").starts_with("<blockquote>\n<blockquote>"));
  // One long definition, referred to often: the output would be the product of both.
  const std::string blown = "[a]: /" + std::string(20'000, 'x') + "\n\n" + repeated("[a] ", 20'000);
  CHECK(html(blown).starts_with("<pre>[a]: /xxx"));
  CHECK(markdown_to_text(blown).starts_with("[a]: /xxx"));
}

TEST_CASE("words alone say nothing of where links lead") {
  CHECK(markdown_words("I follow the [Research *Policy*](/policy).") == "I follow the Research Policy.\n");
}

TEST_CASE("the plain part of a mail reads well") {
  CHECK(markdown_to_text("# Title\n\nDear *you*,\n\n- one\n- two\n  - deeper\n\n1. a\n2. b\n\nSee [here](/x) or "
                         "<https://example.org> &amp; <a@example.org>.") ==
        "Title\n\nDear you,\n\n- one\n- two\n  - deeper\n\n1. a\n2. b\n\nSee here (/x) or https://example.org & "
        "a@example.org.\n");
  CHECK(markdown_to_text("a  \nb\n\n---\n\n    code\n") == "a\nb\n\n---\n\ncode\n");
  CHECK(markdown_to_text("<b>x</b>") == "<b>x</b>\n");
  // Lines are broken in the source for whoever edits it; the reader's program breaks them where it needs to.
  CHECK(markdown_to_text("a sentence\nof two lines\n\n- an item\n  of two") ==
        "a sentence of two lines\n\n- an item of two\n");
  CHECK(markdown_to_text("") == "");
}
