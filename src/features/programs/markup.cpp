#include "features/programs/markup.h"

#include <md4c.h>

#include "base/text.h"

namespace bursary::programs {
namespace {

// Lists and quotes in one another: deeper costs the parser time in its square, and no reader follows it.
constexpr int kDeepest = 32;

// What the parser's callbacks share. md4c hands out pieces of the source itself, which tells the line.
struct Walk {
  std::string_view text;
  Place first;
  Markup markup;
  Report& report;
  std::vector<FoundLink>& links;
  std::size_t seen = 0;  // how far `line` has been counted
  int line = 0;
  int depth = 0;
  std::vector<std::string> waiting;  // links whose place the next piece of text tells

  Place here() const { return {first.file, first.line > 0 ? first.line + line : 0}; }

  void advance(const char* piece) {
    const char* begin = text.data();
    if (std::less<>{}(piece, begin) || std::less<>{}(begin + text.size(), piece)) return;
    const auto at = static_cast<std::size_t>(piece - begin);
    if (at < seen) return;
    line += static_cast<int>(std::count(begin + seen, begin + at, '\n'));
    seen = at;
  }
  void place_links() {
    for (std::string& href : waiting) links.push_back({here(), std::move(href)});
    waiting.clear();
  }
};

Walk& walk_of(void* user) { return *static_cast<Walk*>(user); }

int enter_block(MD_BLOCKTYPE type, void*, void* user) {
  Walk& walk = walk_of(user);
  if (++walk.depth > kDeepest) return -1;  // md4c swallows positive values on its way up
  if (type != MD_BLOCK_HTML) return 0;
  walk.report.error("markdown-html", walk.here(), "The Markdown holds HTML, which is shown as it stands.",
                    "Take the tags away; Markdown has headings, lists, tables, emphasis and links.");
  return 0;
}
int leave_block(MD_BLOCKTYPE, void*, void* user) {
  --walk_of(user).depth;
  walk_of(user).place_links();
  return 0;
}

int enter_span(MD_SPANTYPE type, void* detail, void* user) {
  Walk& walk = walk_of(user);
  if (type == MD_SPAN_A) {
    const auto& link = *static_cast<const MD_SPAN_A_DETAIL*>(detail);
    walk.waiting.emplace_back(link.href.text == nullptr ? "" : link.href.text, link.href.size);
  } else if (type == MD_SPAN_IMG) {
    walk.report.error("markdown-image", walk.here(), "The Markdown shows a picture.",
                      "Say it in words, or link to a page that holds the picture; pages load nothing from elsewhere.");
  }
  return 0;
}
int leave_span(MD_SPANTYPE, void*, void*) { return 0; }

int take_text(MD_TEXTTYPE type, const MD_CHAR* piece, MD_SIZE, void* user) {
  Walk& walk = walk_of(user);
  walk.advance(piece);
  walk.place_links();
  if (type != MD_TEXT_HTML) return 0;
  walk.report.error("markdown-html", walk.here(), "The Markdown holds HTML, which is shown as it stands.",
                    "Take the tags away, or put the text between `back quotes` when it should be read as code.");
  return 0;
}

void check_link(const FoundLink& link, Markup markup, Report& report) {
  const bool placeholder = link.href.starts_with("{");
  if (markup == Markup::mail) {
    if (placeholder || link.href.starts_with("https://") || link.href.starts_with("mailto:")) return;
    report.error("mail-link", link.at, fmt::format("A message links to {}.", in_quotes(link.href)),
                 "A message is read outside the site: link to https://… or to a placeholder such as {link}.");
    return;
  }
  if (is_allowed_link(link.href)) return;
  report.error("bad-link", link.at, fmt::format("A link leads to {}.", in_quotes(link.href)),
               "Begin a path of this site with one /, another site with https://, an address with mailto:.");
}

}  // namespace

bool is_site_path(std::string_view href) {
  return href.starts_with('/') && !href.starts_with("//") && href.find('\\') == std::string_view::npos;
}

bool is_allowed_link(std::string_view href) {
  for (const char c : href) {
    if (static_cast<unsigned char>(c) <= 0x20) return false;
  }
  return is_site_path(href) || href.starts_with('#') || href.starts_with("https://") || href.starts_with("http://") ||
         href.starts_with("mailto:");
}

void check_markup(std::string_view text, const Place& at, Markup markup, Report& report, std::vector<FoundLink>& links) {
  if (markup == Markup::line || markup == Markup::mail_line) {
    if (text.find('\n') == std::string_view::npos) return;
    report.error("line-break", at, fmt::format("{} goes over more than one line.", in_quotes(text.substr(0, text.find('\n')))),
                 "Write it on one line; it is a label or a title.");
    return;
  }
  MD_PARSER parser{};
  parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH;
  parser.enter_block = enter_block;
  parser.leave_block = leave_block;
  parser.enter_span = enter_span;
  parser.leave_span = leave_span;
  parser.text = take_text;
  std::vector<FoundLink> found;
  Walk walk{text, at, markup, report, found, 0, 0, 0, {}};
  if (md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &walk) != 0) {
    report.error("markdown-deep", walk.here(), "Lists or quotations stand in one another too deep.",
                 "Write it flatter; two levels are enough for a reader.");
  }
  walk.place_links();
  for (FoundLink& link : found) {
    check_link(link, markup, report);
    if (markup == Markup::markdown) links.push_back(std::move(link));
  }
}

}  // namespace bursary::programs
