#include "features/programs/markup.h"

#include "html/markdown_scan.h"

namespace bursary::programs {
namespace {

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

void check_markup(std::string_view text, const Place& at, Markup markup, Report& report,
                  std::vector<FoundLink>& links) {
  if (markup == Markup::line || markup == Markup::mail_line) {
    if (text.find('\n') == std::string_view::npos) return;
    report.error("line-break", at,
                 fmt::format("{} goes over more than one line.", in_quotes(text.substr(0, text.find('\n')))),
                 "Write it on one line; it is a label or a title.");
    return;
  }
  const html::MarkdownScan scan = html::scan_markdown(text);
  if (scan.too_deep) {
    report.error("markdown-deep", at, "Lists, quotations or emphasis stand in one another too deep.",
                 "Write it flatter; two levels are enough for a reader.");
  }
  for (const html::MarkdownFinding& finding : scan.findings) {
    const Place place{at.file, at.line > 0 ? at.line + finding.line : 0};
    switch (finding.kind) {
      case html::MarkdownFinding::Kind::link: {
        FoundLink link{place, finding.target};
        check_link(link, markup, report);
        if (markup == Markup::markdown) links.push_back(std::move(link));
        break;
      }
      case html::MarkdownFinding::Kind::image:
        report.error("markdown-image", place, "The Markdown shows a picture.",
                     "Say it in words, or link to a page that holds the picture; pages load nothing from elsewhere.");
        break;
      case html::MarkdownFinding::Kind::raw_html:
        report.error("markdown-html", place, "The Markdown holds HTML, which would be shown as it stands.",
                     "Take the tags away, or put them between `back quotes` when they should be read as code.");
        break;
    }
  }
}

}  // namespace bursary::programs
