#include "html/markdown_scan.h"

#include <doctest/doctest.h>

namespace bursary::html {
namespace {

using Kind = MarkdownFinding::Kind;

TEST_CASE("links, pictures and raw HTML are found with their lines") {
  const MarkdownScan scan =
      scan_markdown("One\n\nTwo [a](/a) and\n[b](https://b.example/)\n\n- ![c](/c.png)\n\nis <b>bold</b>\n");
  REQUIRE(scan.findings.size() == 5);
  CHECK(scan.findings[0].kind == Kind::link);
  CHECK(scan.findings[0].line == 2);
  CHECK(scan.findings[0].target == "/a");
  CHECK(scan.findings[1].line == 3);
  CHECK(scan.findings[1].target == "https://b.example/");
  CHECK(scan.findings[2].kind == Kind::image);
  CHECK(scan.findings[2].line == 5);
  CHECK(scan.findings[3].kind == Kind::raw_html);
  CHECK(scan.findings[3].line == 7);
  CHECK_FALSE(scan.too_deep);
}

TEST_CASE("code is no HTML, and a placeholder may be a link's target") {
  CHECK(scan_markdown("`<b>` and\n\n    <div>\n").findings.empty());
  const MarkdownScan scan = scan_markdown("[Open it]({link})");
  REQUIRE(scan.findings.size() == 1);
  CHECK(scan.findings[0].target == "{link}");
}

TEST_CASE("a text that nests too deep is told, not followed") {
  CHECK(scan_markdown(std::string(5000, '>') + " deep").too_deep);
  CHECK_FALSE(scan_markdown("> > quoted twice").too_deep);
}

}  // namespace
}  // namespace bursary::html
