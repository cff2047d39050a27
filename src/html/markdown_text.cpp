// Markdown as plain text that reads well: the second half of every mail, and what search knows of a page.
#include <md4c.h>

#include "html/entities.h"
#include "html/markdown_source.h"
#include "html/markdown_words.h"
#include "html/open_spans.h"
#include "html/writer.h"

namespace bursary::html {
namespace {

constexpr std::size_t kMostGrowth = 8;
constexpr std::size_t kFreeOutput = std::size_t{64} * 1024;

class Lines {
 public:
  Lines(const MarkdownSource& source, bool with_addresses)
      : source_(source), with_addresses_(with_addresses), most_(kFreeOutput + source.text().size() * kMostGrowth) {}

  int enter(MD_BLOCKTYPE type, const void* detail) {
    spans_.leave_all([this](MD_SPANTYPE open) { close(open); });
    switch (type) {
      case MD_BLOCK_UL:
        if (lists_.empty()) gap();
        lists_.push_back(0);
        break;
      case MD_BLOCK_OL:
        if (lists_.empty()) gap();
        lists_.push_back(static_cast<const MD_BLOCK_OL_DETAIL*>(detail)->start);
        break;
      case MD_BLOCK_LI:
        item();
        break;
      case MD_BLOCK_P:
      case MD_BLOCK_H:
      case MD_BLOCK_CODE:
      case MD_BLOCK_HR:
      case MD_BLOCK_TABLE:
        gap();
        break;
      default:
        break;
    }
    return bounded();
  }

  int leave(MD_BLOCKTYPE type) {
    spans_.leave_all([this](MD_SPANTYPE open) { close(open); });
    switch (type) {
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
        lists_.pop_back();
        break;
      case MD_BLOCK_HR:
        out_ += "---";
        break;
      case MD_BLOCK_TR:
        out_ += '\n';
        break;
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        out_ += "  ";
        break;
      default:
        break;
    }
    after_item_ = false;
    return bounded();
  }

  int enter(MD_SPANTYPE type, const void* detail) {
    spans_.enter(type);
    if (type == MD_SPAN_A) {
      const MD_ATTRIBUTE& href = static_cast<const MD_SPAN_A_DETAIL*>(detail)->href;
      const bool held = href.text != nullptr && source_.holds({href.text, href.size});
      links_.push_back({out_.size(), held ? std::string(href.text, href.size) : std::string()});
    }
    return bounded();
  }

  int leave(MD_SPANTYPE type) {
    spans_.leave(type, [this](MD_SPANTYPE open) { close(open); });
    return bounded();
  }

  int text(MD_TEXTTYPE type, std::string_view text) {
    if (!source_.holds(text)) return kStopMarkdown;
    after_item_ = false;
    switch (type) {
      case MD_TEXT_NULLCHAR:
        out_ += "\uFFFD";
        break;
      case MD_TEXT_BR:
        out_ += '\n';
        break;
      case MD_TEXT_SOFTBR:
        out_ += ' ';
        break;
      case MD_TEXT_ENTITY:
        out_ += decode_entity(text);
        break;
      default:
        out_ += text;
        break;
    }
    return bounded();
  }

  std::string take() {
    trim_end();
    if (!out_.empty()) out_ += '\n';
    return std::move(out_);
  }

 private:
  // A link's address stands behind its words, unless the words are the address.
  void close(MD_SPANTYPE type) {
    if (type != MD_SPAN_A) return;
    const auto& [from, url] = links_.back();
    const std::string_view words = std::string_view(out_).substr(std::min(from, out_.size()));
    const bool said = !with_addresses_ || url.empty() || url.starts_with('#') || words == url ||
                      url == "mailto:" + std::string(words);
    if (!said) out_ += " (" + url + ")";
    links_.pop_back();
  }

  int bounded() const {
    return out_.size() > most_ || lists_.size() > kDeepest || spans_.depth() > kDeepest ? kStopMarkdown : 0;
  }

  void trim_end() { out_.resize(out_.find_last_not_of(" \n") + 1); }

  // An empty line before a block, but none between an item's mark and its words.
  void gap() {
    if (after_item_) return;
    trim_end();
    if (!out_.empty()) out_ += "\n\n";
  }

  void item() {
    const bool first_of_all = out_.empty();
    if (!first_of_all && !out_.ends_with('\n')) out_ += '\n';
    out_.append((lists_.size() - 1) * 2, ' ');
    unsigned& number = lists_.back();
    out_ += number == 0 ? "- " : std::to_string(number++) + ". ";
    after_item_ = true;
  }

  static constexpr std::size_t kDeepest = 64;
  struct Link {
    std::size_t from;
    std::string url;
  };
  const MarkdownSource& source_;
  const bool with_addresses_;
  std::string out_;
  std::size_t most_;
  std::vector<unsigned> lists_;  // 0: bullets, else the next number
  std::vector<Link> links_;
  OpenSpans spans_;
  bool after_item_ = false;
};

MD_PARSER parser_for_lines() {
  MD_PARSER parser{};
  parser.flags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* lines) {
    return static_cast<Lines*>(lines)->enter(type, detail);
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* lines) { return static_cast<Lines*>(lines)->leave(type); };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* lines) {
    return static_cast<Lines*>(lines)->enter(type, detail);
  };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* lines) { return static_cast<Lines*>(lines)->leave(type); };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* lines) {
    return static_cast<Lines*>(lines)->text(type, {text, size});
  };
  return parser;
}

std::string as_text(std::string_view source, bool with_addresses) {
  const MarkdownSource prepared(source);
  Lines lines(prepared, with_addresses);
  const MD_PARSER parser = parser_for_lines();
  const std::string_view text = prepared.text();
  const bool small = text.size() <= kLargestMarkdown;
  if (small && md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &lines) == 0) return lines.take();
  return std::string(text);
}

}  // namespace

std::string markdown_to_text(std::string_view source) { return as_text(source, true); }

std::string markdown_words(std::string_view source) { return as_text(source, false); }

}  // namespace bursary::html
