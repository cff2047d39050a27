// Markdown to HTML. md4c parses; the HTML is written here, so that nothing passes that this file does not write.
#include <md4c.h>

#include <array>

#include "html/entities.h"
#include "html/markdown_source.h"
#include "html/open_spans.h"
#include "html/url.h"
#include "html/writer.h"

namespace bursary::html {
namespace {

// References and tables can make much of little ("[a]" repeated over one long definition): output beyond this many
// bytes for each byte of input is not prose, and the source is shown as plain text instead.
constexpr std::size_t kMostGrowth = 16;
constexpr std::size_t kFreeOutput = std::size_t{64} * 1024;

// Deep nesting costs md4c time in its square and no reader follows it.
constexpr std::size_t kDeepest = 64;

struct Tags {
  std::string_view open, close;
};
// By MD_BLOCKTYPE. Headings and numbered lists open with more than a word; cells are closed with '>' once it is known
// how they are aligned; raw HTML is off and never sent.
constexpr std::array<Tags, 16> kBlocks = {
    {{"", ""},
     {"<blockquote>\n", "</blockquote>\n"},
     {"<ul>\n", "</ul>\n"},
     {"", "</ol>\n"},
     {"<li>", "</li>\n"},
     {"<hr>\n", ""},
     {"", ""},
     {"<pre><code>", "</code></pre>\n"},
     {"", ""},
     {"<p>", "</p>\n"},
     {"<div class=\"table-scroll\" tabindex=\"0\">\n<table class=\"table\">\n", "</table>\n</div>\n"},
     {"<thead>\n", "</thead>\n"},
     {"<tbody>\n", "</tbody>\n"},
     {"<tr>", "</tr>\n"},
     {"<th scope=\"col\"", "</th>"},
     {"<td", "</td>"}}};
static_assert(MD_BLOCK_TD == 15 && MD_BLOCK_OL == 3 && MD_BLOCK_P == 9);
// By MD_SPANTYPE; the rest are extensions that are off. Links and pictures get their attributes.
constexpr std::array<Tags, 10> kSpans = {{{"<em>", "</em>"},
                                          {"<strong>", "</strong>"},
                                          {"<a", "</a>"},
                                          {"", ""},
                                          {"<code>", "</code>"},
                                          {"<del>", "</del>"}}};
static_assert(MD_SPAN_DEL == 5 && MD_SPAN_U == 9);

bool is_cell(MD_BLOCKTYPE type) { return type == MD_BLOCK_TH || type == MD_BLOCK_TD; }

class Page {
 public:
  explicit Page(const MarkdownSource& source)
      : source_(source), most_(kFreeOutput + source.text().size() * kMostGrowth) {}

  int enter(MD_BLOCKTYPE type, const void* detail);
  int leave(MD_BLOCKTYPE type, const void* detail);
  int enter(MD_SPANTYPE type, const void* detail);
  int leave(MD_SPANTYPE type);
  int text(MD_TEXTTYPE type, std::string_view text);
  std::string take() { return std::move(out_); }

 private:
  void close(MD_SPANTYPE type);
  int bounded() const {
    return out_.size() > most_ || depth_ > kDeepest || spans_.depth() > kDeepest ? kStopMarkdown : 0;
  }
  std::string plain(const MD_ATTRIBUTE& attribute) const;
  void link(const MD_SPAN_A_DETAIL& link);
  void image(const MD_SPAN_IMG_DETAIL& image);
  void title(const MD_ATTRIBUTE& title);

  const MarkdownSource& source_;
  std::string out_;
  std::size_t most_;
  std::size_t depth_ = 0;  // of blocks
  OpenSpans spans_;
  int images_ = 0;  // inside an image's text: words only
  bool shown_image_ = false;
};

template <class Detail>
const Detail& as(const void* detail) {
  return *static_cast<const Detail*>(detail);
}

std::string heading(const void* detail, const char* open) {
  // The page's own <h1> is not the text's.
  return fmt::format("{}h{}>", open, std::min(as<MD_BLOCK_H_DETAIL>(detail).level + 1, 6U));
}

std::string Page::plain(const MD_ATTRIBUTE& attribute) const {
  std::string out;
  if (attribute.text == nullptr || !source_.holds({attribute.text, attribute.size})) return out;
  for (unsigned i = 0; attribute.substr_offsets[i] < attribute.size; ++i) {
    const unsigned from = attribute.substr_offsets[i];
    const std::string_view piece(attribute.text + from, attribute.substr_offsets[i + 1] - from);
    out += attribute.substr_types[i] == MD_TEXT_ENTITY ? decode_entity(piece) : std::string(piece);
  }
  return out;
}

int Page::enter(MD_BLOCKTYPE type, const void* detail) {
  spans_.leave_all([this](MD_SPANTYPE open) { close(open); });
  ++depth_;
  if (type == MD_BLOCK_H) {
    out_ += heading(detail, "<");
  } else if (type == MD_BLOCK_OL) {
    const unsigned start = as<MD_BLOCK_OL_DETAIL>(detail).start;
    out_ += start == 1 ? "<ol>\n" : fmt::format("<ol start=\"{}\">\n", start);
  } else {
    out_ += kBlocks.at(type).open;
    const bool number = is_cell(type) && as<MD_BLOCK_TD_DETAIL>(detail).align == MD_ALIGN_RIGHT;
    if (is_cell(type)) out_ += number ? " class=\"table__number\">" : ">";
  }
  return bounded();
}

int Page::leave(MD_BLOCKTYPE type, const void* detail) {
  spans_.leave_all([this](MD_SPANTYPE open) { close(open); });
  --depth_;
  if (type == MD_BLOCK_H) {
    out_ += heading(detail, "</") + "\n";
  } else {
    out_ += kBlocks.at(type).close;
  }
  return bounded();
}

int Page::enter(MD_SPANTYPE type, const void* detail) {
  spans_.enter(type);
  if (type == MD_SPAN_IMG) {
    image(as<MD_SPAN_IMG_DETAIL>(detail));
  } else if (images_ == 0) {
    out_ += kSpans.at(type).open;
    if (type == MD_SPAN_A) link(as<MD_SPAN_A_DETAIL>(detail));
  }
  return bounded();
}

int Page::leave(MD_SPANTYPE type) {
  spans_.leave(type, [this](MD_SPANTYPE open) { close(open); });
  return bounded();
}

void Page::close(MD_SPANTYPE type) {
  if (type == MD_SPAN_IMG) {
    if (--images_ == 0 && shown_image_) out_ += "\">";
  } else if (images_ == 0) {
    out_ += kSpans.at(type).close;
  }
}

int Page::text(MD_TEXTTYPE type, std::string_view text) {
  if (!source_.holds(text)) return kStopMarkdown;
  switch (type) {
    case MD_TEXT_NULLCHAR:
      out_ += "\uFFFD";
      break;
    case MD_TEXT_BR:
      out_ += images_ > 0 ? " " : "<br>\n";
      break;
    case MD_TEXT_SOFTBR:
      out_ += images_ > 0 ? " " : "\n";
      break;
    case MD_TEXT_ENTITY:
      append_escaped(out_, decode_entity(text));
      break;
    default:
      append_escaped(out_, text);
      break;
  }
  return bounded();
}

void Page::title(const MD_ATTRIBUTE& title) {
  if (title.size == 0) return;
  out_ += " title=\"";
  append_escaped(out_, plain(title));
  out_ += '"';
}

void Page::link(const MD_SPAN_A_DETAIL& link) {
  const std::string url = plain(link.href);
  out_ += " href=\"";
  append_escaped(out_, is_safe_url(url) ? std::string_view(url) : "#");
  out_ += '"';
  title(link.title);
  out_ += is_foreign_url(url) ? " rel=\"noopener\">" : ">";
}

void Page::image(const MD_SPAN_IMG_DETAIL& image) {
  // Pictures of other sites are not fetched by any page: their words stay.
  const std::string url = plain(image.src);
  if (++images_ == 1) shown_image_ = is_local_path(url);
  if (images_ > 1 || !shown_image_) return;
  out_ += "<img loading=\"lazy\" src=\"";
  append_escaped(out_, url);
  out_ += '"';
  title(image.title);
  out_ += " alt=\"";
}

MD_PARSER parser_for_page() {
  MD_PARSER parser{};
  parser.flags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* page) {
    return static_cast<Page*>(page)->enter(type, detail);
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void* detail, void* page) {
    return static_cast<Page*>(page)->leave(type, detail);
  };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* page) {
    return static_cast<Page*>(page)->enter(type, detail);
  };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* page) { return static_cast<Page*>(page)->leave(type); };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* page) {
    return static_cast<Page*>(page)->text(type, {text, size});
  };
  return parser;
}

}  // namespace

SafeHtml markdown(std::string_view source) {
  const MarkdownSource prepared(source);
  Page page(prepared);
  const MD_PARSER parser = parser_for_page();
  const std::string_view text = prepared.text();
  const bool small = text.size() <= kLargestMarkdown;
  if (small && md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &page) == 0)
    return SafeHtml(page.take());
  std::string as_text = "<pre>";
  append_escaped(as_text, text.substr(0, text.size() - 1));
  return SafeHtml(as_text + "</pre>\n");
}

}  // namespace bursary::html
