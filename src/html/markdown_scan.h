// What a Markdown text holds besides words, with the lines: for checking texts before they are shown.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace bursary::html {

struct MarkdownFinding {
  enum class Kind { link, image, raw_html };
  Kind kind = Kind::link;
  int line = 0;        // 0-based, of the words that follow; exact but for what has no words of its own
  std::string target;  // of a link, as written
};

struct MarkdownScan {
  std::vector<MarkdownFinding> findings;  // in order
  bool too_deep = false;                  // nests deeper than any reader follows; the rest was not looked at
};

// The same dialect as markdown(), but with raw HTML seen as such. Bounded in time by the size of its input.
MarkdownScan scan_markdown(std::string_view source);

}  // namespace bursary::html
