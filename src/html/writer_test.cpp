#include "html/writer.h"

#include <doctest/doctest.h>

using namespace bursary;
using namespace bursary::html;

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

const Phrasebook& english() {
  static const Phrasebook book("en",
                               {{"t.plain", "A < B"},
                                {"t.name", "Dear {name}, <b>{name}</b> {other}"},
                                {"t.n.one", "{n} row"},
                                {"t.n.other", "{n} rows"}},
                               nullptr);
  return book;
}

}  // namespace

TEST_CASE("five characters are escaped and nothing else") {
  CHECK(escaped("") == "");
  CHECK(escaped("&<>\"'") == "&amp;&lt;&gt;&quot;&#39;");
  CHECK(escaped("a&amp;b") == "a&amp;amp;b");
  CHECK(escaped("São Tomé — 日本語 `=/") == "São Tomé — 日本語 `=/");
  CHECK(escaped(std::string("a\0b", 3)) == std::string("a\0b", 3));
  CHECK(escaped(std::string(100'000, 'x') + "<") == std::string(100'000, 'x') + "&lt;");
}

TEST_CASE("values are escaped for their place") {
  Writer w(english());
  w.text("<");
  w.attribute("\"");
  w.text(std::int64_t{-9'223'372'036'854'775'807});
  w.text(std::uint64_t{18'446'744'073'709'551'615U});
  w.url_part("a/b?c&d=é");
  CHECK(w.str() == "&lt;&quot;-922337203685477580718446744073709551615a%2Fb%3Fc%26d%3D%C3%A9");
}

TEST_CASE("raw HTML passes only as SafeHtml") {
  Writer inner(english());
  inner.raw("<b>");
  inner.text("<i>");
  inner.raw("</b>");
  Writer w(english());
  w.text(inner.take());
  CHECK(w.str() == "<b>&lt;i&gt;</b>");
  static_assert(!std::is_invocable_v<decltype([](auto& writer, auto html) -> decltype(writer.attribute(html)) {}),
                                     Writer&, SafeHtml>);
  static_assert(!std::is_invocable_v<decltype([](auto& writer, auto x) -> decltype(writer.text(x)) {}), Writer&, bool>);
}

TEST_CASE("phrases are escaped, and so are their values") {
  Writer w(english());
  w.phrase("t.plain");
  w.phrase(Phrase("t.name", {{"name", "<x>"}}));
  CHECK(w.str() == "A &lt; BDear &lt;x&gt;, &lt;b&gt;&lt;x&gt;&lt;/b&gt; {other}");
}

TEST_CASE("a value that looks like a placeholder is not filled again") {
  CHECK(english().text("t.name", {{"name", "{other}"}, {"other", "{name}"}}) == "Dear {other}, <b>{other}</b> {name}");
}

TEST_CASE("an address that could run something becomes #") {
  const auto drawn = [](std::string_view url) {
    Writer w(english());
    w.url(url);
    return w.str();
  };
  CHECK(drawn("/a?b=1&c=\"") == "/a?b=1&amp;c=&quot;");
  CHECK(drawn("javascript:alert(1)") == "#");
  CHECK(drawn("") == "#");
}
