#include "html/markdown_scan.h"

#include <md4c.h>

#include <algorithm>
#include <functional>

#include "html/markdown_source.h"

namespace bursary::html {
namespace {

// Deep nesting costs md4c time in its square.
constexpr int kDeepest = 32;

// md4c hands out pieces of the source itself, which tells their lines.
class Scan {
 public:
  explicit Scan(const MarkdownSource& source) : prepared_(source), source_(source.text()) {}

  int enter(MD_BLOCKTYPE type) {
    if (++depth_ > kDeepest) return too_deep();
    if (type == MD_BLOCK_HTML) add(MarkdownFinding::Kind::raw_html, {});
    return 0;
  }
  int leave() {
    --depth_;
    settle();
    return 0;
  }

  int enter(MD_SPANTYPE type, const void* detail) {
    if (++depth_ > kDeepest) return too_deep();
    if (type == MD_SPAN_A) {
      const MD_ATTRIBUTE& href = static_cast<const MD_SPAN_A_DETAIL*>(detail)->href;
      const bool held = href.text != nullptr && prepared_.holds({href.text, href.size});
      add(MarkdownFinding::Kind::link, held ? std::string(href.text, href.size) : std::string());
    } else if (type == MD_SPAN_IMG) {
      add(MarkdownFinding::Kind::image, {});
    }
    return 0;
  }

  int text(MD_TEXTTYPE type, const char* piece) {
    advance(piece);
    settle();
    if (type == MD_TEXT_HTML) {
      add(MarkdownFinding::Kind::raw_html, {});
      settle();
    }
    return 0;
  }

  MarkdownScan take() {
    settle();
    return std::move(out_);
  }
  int end_span() {
    --depth_;
    return 0;
  }

 private:
  // Negative, for md4c goes on after a positive answer.
  int too_deep() {
    out_.too_deep = true;
    return -1;
  }
  void add(MarkdownFinding::Kind kind, std::string target) {
    out_.findings.push_back({kind, line_, std::move(target)});
  }

  // What was found since the last words stands on the line of these.
  void settle() {
    for (; settled_ < out_.findings.size(); ++settled_) out_.findings[settled_].line = line_;
  }

  void advance(const char* piece) {
    const char* begin = source_.data();
    if (std::less<>{}(piece, begin) || std::less<>{}(begin + source_.size(), piece)) return;
    const auto at = static_cast<std::size_t>(piece - begin);
    if (at < seen_) return;
    line_ += static_cast<int>(std::count(begin + seen_, begin + at, '\n'));
    seen_ = at;
  }

  const MarkdownSource& prepared_;
  std::string_view source_;
  MarkdownScan out_;
  std::size_t settled_ = 0;
  std::size_t seen_ = 0;  // how far line_ has been counted
  int line_ = 0;
  int depth_ = 0;
};

Scan& scan_of(void* user) { return *static_cast<Scan*>(user); }

}  // namespace

MarkdownScan scan_markdown(std::string_view source) {
  MD_PARSER parser{};
  parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH;
  parser.enter_block = [](MD_BLOCKTYPE type, void*, void* user) { return scan_of(user).enter(type); };
  parser.leave_block = [](MD_BLOCKTYPE, void*, void* user) { return scan_of(user).leave(); };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* user) { return scan_of(user).enter(type, detail); };
  parser.leave_span = [](MD_SPANTYPE, void*, void* user) { return scan_of(user).end_span(); };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* piece, MD_SIZE, void* user) {
    return scan_of(user).text(type, piece);
  };
  const MarkdownSource prepared(source);
  const std::string_view text = prepared.text();
  Scan scan(prepared);
  md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &scan);
  return scan.take();
}

}  // namespace bursary::html
