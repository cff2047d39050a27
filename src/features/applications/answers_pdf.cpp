#include "features/applications/answers_pdf.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <stdexcept>

#include "base/text.h"

namespace bursary::applications {
namespace {

// Points (1/72 inch), A4.
constexpr double kPageWidth = 595.0, kPageHeight = 842.0, kMargin = 60.0, kFooter = 36.0;
constexpr double kBottom = kPageHeight - kMargin - kFooter;
constexpr double kLeading = 1.2;  // of a line's own height
// One layout's share of a text: Pango's time grows faster than its input.
constexpr std::size_t kParagraphPiece = 4000;

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using GObjectHeld = std::unique_ptr<T, Unref>;
struct FreeFont {
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
struct FreeIterator {
  void operator()(PangoLayoutIter* iterator) const { pango_layout_iter_free(iterator); }
};
struct FreeSurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct FreeCairo {
  void operator()(cairo_t* cr) const { cairo_destroy(cr); }
};

enum class Kind { title, fact, section, question, answer, note };

struct Style {
  const char* font;
  const char* tag;       // of the tagged PDF, for screen readers
  double before, after;  // points above and below
  double grey;           // 0 is black
};
Style style_of(Kind kind) {
  switch (kind) {
    case Kind::title:
      return {"Sans Bold 18", "H1", 0, 6, 0};
    case Kind::fact:
      return {"Sans 10", "P", 0, 2, 0.3};
    case Kind::section:
      return {"Sans Bold 14", "H2", 22, 4, 0};
    case Kind::question:
      return {"Sans Bold 10", "H3", 10, 2, 0};
    case Kind::answer:
      return {"Sans 10", "P", 0, 3, 0};
    case Kind::note:
      return {"Sans Italic 10", "P", 10, 3, 0};
  }
  return {"Sans 10", "P", 0, 0, 0};
}

struct Block {
  Kind kind;
  std::string text;
};

// Lays the blocks out one under the other, over as many pages as they need. The first run counts the pages, the second
// draws: only then "page 1 of 3" can be said.
class Typesetter {
 public:
  Typesetter(cairo_t* cr, const AnswersDocument& document, int pages, bool tagged)
      : cr_(cr),
        document_(document),
        pages_(pages),
        tagged_(tagged),
        map_(pango_cairo_font_map_new()),
        context_(pango_font_map_create_context(map_.get())) {
    if (!map_ || !context_) throw std::runtime_error("Pango could not start");
    pango_context_set_language(context_.get(), pango_language_from_string(document.locale.c_str()));
    pango_cairo_update_context(cr, context_.get());
    begin_tag("Document");
  }

  // False when there was no room for all of them.
  bool set(const std::vector<Block>& blocks) {
    for (const Block& block : blocks) {
      if (!set_block(block)) return false;
    }
    return true;
  }
  int finish(bool whole) {
    draw_footer();
    if (!whole && pages_ > 0) draw_line(document_.shortened, kBottom, PANGO_ALIGN_LEFT);
    end_tag("Document");
    cairo_show_page(cr_);
    return page_;
  }

 private:
  GObjectHeld<PangoLayout> lay_out(const char* font, std::string_view text, double width) const {
    GObjectHeld<PangoLayout> layout(pango_layout_new(context_.get()));
    const std::unique_ptr<PangoFontDescription, FreeFont> description(pango_font_description_from_string(font));
    pango_layout_set_font_description(layout.get(), description.get());
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
  }

  bool set_block(const Block& block) {
    const Style style = style_of(block.kind);
    // A heading stays with at least three lines of what it heads.
    const double room = block.kind == Kind::section || block.kind == Kind::question ? 60 : 0;
    if (y_ > kMargin) y_ += style.before;
    if (y_ + room > kBottom && !next_page()) return false;
    cairo_set_source_rgb(cr_, style.grey, style.grey, style.grey);
    std::string_view rest = block.text;
    int empty_lines = 0;
    do {
      const std::string_view piece = take_piece(rest);
      // More than two empty lines tell nothing.
      empty_lines = trim(piece).empty() ? empty_lines + 1 : 0;
      if (empty_lines > 2) continue;
      const GObjectHeld<PangoLayout> layout = lay_out(style.font, piece, kPageWidth - 2 * kMargin);
      if (piece.empty() ? !leave_line(*layout) : !set_lines(*layout, style)) return false;
    } while (!rest.empty());
    y_ += style.after;
    return true;
  }

  // Up to the end of a paragraph, or of kParagraphPiece bytes of it.
  static std::string_view take_piece(std::string_view& rest) {
    std::size_t end = std::min(rest.find('\n'), rest.size());
    if (end > kParagraphPiece) {
      end = kParagraphPiece;
      while (end > 0 && (static_cast<unsigned char>(rest[end]) & 0xC0) == 0x80) --end;
      if (const std::size_t space = rest.rfind(' ', end);
          space != std::string_view::npos && space > kParagraphPiece / 2)
        end = space + 1;
    }
    const std::string_view piece = rest.substr(0, end);
    rest.remove_prefix(std::min(rest.size(), end < rest.size() && rest[end] == '\n' ? end + 1 : end));
    return piece;
  }

  // An empty line is room and nothing to be read out.
  bool leave_line(PangoLayout& layout) {
    int height = 0;
    pango_layout_get_size(&layout, nullptr, &height);
    y_ += kLeading * static_cast<double>(height) / PANGO_SCALE;
    return y_ <= kBottom || next_page();
  }

  bool set_lines(PangoLayout& layout, const Style& style) {
    const std::unique_ptr<PangoLayoutIter, FreeIterator> line(pango_layout_get_iter(&layout));
    bool open = false;  // the tag; never around nothing
    do {
      PangoRectangle extents;
      pango_layout_iter_get_line_extents(line.get(), nullptr, &extents);
      const double height = kLeading * static_cast<double>(extents.height) / PANGO_SCALE;
      if (y_ + height > kBottom) {
        if (open) end_tag(style.tag);
        open = false;
        if (!next_page()) return false;
        cairo_set_source_rgb(cr_, style.grey, style.grey, style.grey);
      }
      if (!open) begin_tag(style.tag);
      open = true;
      const double baseline = static_cast<double>(pango_layout_iter_get_baseline(line.get()) - extents.y) / PANGO_SCALE;
      cairo_move_to(cr_, kMargin + static_cast<double>(extents.x) / PANGO_SCALE, y_ + baseline);
      if (pages_ > 0) pango_cairo_show_layout_line(cr_, pango_layout_iter_get_line_readonly(line.get()));
      y_ += height;
    } while (pango_layout_iter_next_line(line.get()));
    end_tag(style.tag);
    return true;
  }

  void begin_tag(const char* tag) {
    if (tagged_) cairo_tag_begin(cr_, tag, nullptr);
  }
  void end_tag(const char* tag) {
    if (tagged_) cairo_tag_end(cr_, tag);
  }

  bool next_page() {
    if (page_ >= kMostPages) return false;
    draw_footer();
    cairo_show_page(cr_);
    ++page_;
    y_ = kMargin;
    return true;
  }

  void draw_footer() {
    if (pages_ == 0) return;
    std::string text = document_.page_of;
    const auto put = [&](std::string_view name, int value) {
      if (const std::size_t at = text.find(name); at != std::string::npos)
        text.replace(at, name.size(), std::to_string(value));
    };
    put("{page}", page_);
    put("{pages}", pages_);
    cairo_set_source_rgb(cr_, 0.3, 0.3, 0.3);
    draw_line(document_.title, kPageHeight - kMargin, PANGO_ALIGN_LEFT);
    draw_line(text, kPageHeight - kMargin, PANGO_ALIGN_RIGHT);
  }

  void draw_line(const std::string& text, double y, PangoAlignment alignment) {
    const GObjectHeld<PangoLayout> layout = lay_out("Sans 8", text, kPageWidth - 2 * kMargin);
    pango_layout_set_alignment(layout.get(), alignment);
    cairo_move_to(cr_, kMargin, y);
    pango_cairo_show_layout(cr_, layout.get());
  }

  cairo_t* cr_;
  const AnswersDocument& document_;
  int pages_;  // 0: counting
  bool tagged_;
  GObjectHeld<PangoFontMap> map_;
  GObjectHeld<PangoContext> context_;
  double y_ = kMargin;
  int page_ = 1;
};

// In one line after the other what the document holds, cut where it becomes too much.
std::vector<Block> blocks_of(const AnswersDocument& document, bool& whole) {
  std::vector<Block> blocks = {{Kind::title, document.title}};
  for (const std::string& fact : document.facts) blocks.push_back({Kind::fact, fact});
  std::size_t left = kMostCharacters;
  const std::string* section = nullptr;
  for (const forms::AnswerLine& line : document.lines) {
    if (section == nullptr || *section != line.section) blocks.push_back({Kind::section, line.section});
    section = &line.section;
    blocks.push_back({Kind::question, line.question});
    const std::string text = repair_utf8(line.answer.empty() ? document.unanswered : line.answer);
    std::size_t end = std::min(left, text.size());
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    blocks.push_back({Kind::answer, text.substr(0, end)});
    left -= end;
    if (end < text.size()) {
      whole = false;
      break;
    }
  }
  return blocks;
}

cairo_status_t append(void* out, const unsigned char* bytes, unsigned int length) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(static_cast<const void*>(bytes)), length);
  return CAIRO_STATUS_SUCCESS;
}

cairo_status_t drop(void*, const unsigned char*, unsigned int) { return CAIRO_STATUS_SUCCESS; }

using Surface = std::unique_ptr<cairo_surface_t, FreeSurface>;

// How many pages `blocks` take, or draws them when that is known.
int typeset(cairo_surface_t* surface, const AnswersDocument& document, const std::vector<Block>& blocks, int pages,
            bool tagged) {
  const std::unique_ptr<cairo_t, FreeCairo> cr(cairo_create(surface));
  Typesetter setter(cr.get(), document, pages, tagged);
  const bool whole = setter.set(blocks);
  const int used = setter.finish(whole);
  cairo_surface_finish(surface);
  return used;
}

// Nothing when Cairo refuses the tags: it does so for some pages on which nothing tagged is to be seen.
std::optional<std::string> write_pdf(const AnswersDocument& document, const std::vector<Block>& blocks, bool tagged) {
  const Surface counting(cairo_pdf_surface_create_for_stream(drop, nullptr, kPageWidth, kPageHeight));
  const int pages = typeset(counting.get(), document, blocks, 0, false);
  std::string out;
  const Surface surface(cairo_pdf_surface_create_for_stream(append, &out, kPageWidth, kPageHeight));
  const std::string date = to_rfc3339(document.made_at).substr(0, 19) + "Z";
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, document.title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, date.c_str());
  typeset(surface.get(), document, blocks, pages, tagged);
  const cairo_status_t status = cairo_surface_status(surface.get());
  if (status == CAIRO_STATUS_TAG_ERROR) return std::nullopt;
  if (status != CAIRO_STATUS_SUCCESS) {
    throw std::runtime_error(fmt::format("Cairo could not write the PDF: {}", cairo_status_to_string(status)));
  }
  return out;
}

}  // namespace

std::string answers_pdf(const AnswersDocument& document) {
  bool whole = true;
  std::vector<Block> blocks = blocks_of(document, whole);
  if (!whole) blocks.push_back({Kind::note, document.shortened});
  std::optional<std::string> pdf = write_pdf(document, blocks, true);
  if (!pdf) pdf = write_pdf(document, blocks, false);
  if (!pdf) throw std::runtime_error("Cairo refuses tags where there are none");
  return std::move(*pdf);
}

}  // namespace bursary::applications
