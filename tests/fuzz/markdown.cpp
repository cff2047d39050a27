// Markdown: whatever is typed, the page holds only the tags and attributes that markdown.cpp itself writes.
// modules: html
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "html/markdown_scan.h"
#include "html/url.h"
#include "html/writer.h"
#include "tests/fuzz/require.h"

using namespace bursary;

namespace {

constexpr std::string_view kTags[] = {"a",      "blockquote", "br",    "code", "del", "div",   "em", "h2", "h3",
                                      "h4",     "h5",         "h6",    "hr",   "img", "li",    "ol", "p",  "pre",
                                      "strong", "table",      "tbody", "td",   "th",  "thead", "tr", "ul"};
constexpr std::string_view kAttributes[] = {"alt",   "class", "href",  "loading",  "rel",
                                            "scope", "src",   "start", "tabindex", "title"};

template <std::size_t N>
bool among(const std::string_view (&list)[N], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

std::string unescaped(std::string_view text) {
  constexpr std::pair<std::string_view, char> kEscapes[] = {
      {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
  std::string out;
  while (!text.empty()) {
    const auto found = std::find_if(std::begin(kEscapes), std::end(kEscapes),
                                    [&](const auto& e) { return text.starts_with(e.first); });
    out += found == std::end(kEscapes) ? text.front() : found->second;
    text.remove_prefix(found == std::end(kEscapes) ? 1 : found->first.size());
  }
  return out;
}

std::string_view take_until(std::string_view& text, std::string_view ends) {
  const std::size_t end = text.find_first_of(ends);
  fuzz::require(end != std::string_view::npos);
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(end);
  return taken;
}

constexpr std::string_view kWithoutEnd[] = {"br", "hr", "img"};

// `text` begins behind a '<'; it is moved behind the '>'. Every tag closes what was opened last.
void check_tag(std::string_view& text, std::vector<std::string_view>& open) {
  const bool closing = text.starts_with('/');
  if (closing) text.remove_prefix(1);
  const std::string_view tag = take_until(text, " >");
  fuzz::require(among(kTags, tag));
  if (closing) {
    fuzz::require(!open.empty() && open.back() == tag);
    open.pop_back();
  } else if (!among(kWithoutEnd, tag)) {
    open.push_back(tag);
  }
  while (text.starts_with(' ')) {
    fuzz::require(!closing);
    text.remove_prefix(1);
    const std::string_view name = take_until(text, "=");
    fuzz::require(among(kAttributes, name) && text.starts_with("=\""));
    text.remove_prefix(2);
    const std::string_view value = take_until(text, "\"");
    text.remove_prefix(1);
    fuzz::require(value.find('<') == std::string_view::npos);
    if (name == "href") fuzz::require(html::is_safe_url(unescaped(value)));
    if (name == "src") fuzz::require(html::is_local_path(unescaped(value)));
  }
  fuzz::require(text.starts_with('>'));
  text.remove_prefix(1);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view source = fuzz::text(data, size);
  const html::SafeHtml page = html::markdown(source);
  fuzz::require(page.str().size() <= 17 * size + 256 * 1024);
  std::vector<std::string_view> still_open;
  for (std::string_view rest = page.str(); !rest.empty();) {
    const std::size_t open = std::min(rest.find('<'), rest.size());
    fuzz::require(rest.substr(0, open).find('>') == std::string_view::npos);
    rest.remove_prefix(open);
    if (rest.empty()) break;
    rest.remove_prefix(1);
    check_tag(rest, still_open);
  }
  fuzz::require(still_open.empty());
  if (is_utf8(source)) fuzz::require(is_utf8(page.str()));
  html::markdown_to_text(source);
  html::scan_markdown(source);
  return 0;
}
