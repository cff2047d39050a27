// Where templates write. Output is escaped for the place it stands in; raw HTML goes through only as SafeHtml.
// Templates (.html beside a feature) are compiled by tools/compile_templates.py into functions
// `void name(html::Writer& w, const View& v)`; docs/templates.md has the language.
#pragma once
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "html/phrasebook.h"

namespace bursary::html {

// HTML that is safe to show as it stands. Made only by Writer::take, markdown() and trusted(): a lint lists every
// use of trusted().
class SafeHtml {
 public:
  SafeHtml() = default;
  const std::string& str() const& { return html_; }
  std::string str() && { return std::move(html_); }
  bool empty() const { return html_.empty(); }
  // For bytes that the build itself made (icons, generated assets); never for anything a person typed.
  static SafeHtml trusted(std::string html) { return SafeHtml(std::move(html)); }

 private:
  friend class Writer;
  friend SafeHtml markdown(std::string_view source);
  explicit SafeHtml(std::string html) : html_(std::move(html)) {}
  std::string html_;
};

// Escapes & < > " ' ; fit for text and for quoted attribute values.
void append_escaped(std::string& out, std::string_view text);

// A whole number; bool and char are not: say in words what they mean.
template <class T>
concept Number = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>;

class Writer {
 public:
  explicit Writer(const Phrasebook& phrases) : phrases_(phrases) { out_.reserve(std::size_t{16} * 1024); }

  void raw(std::string_view html) { out_.append(html); }  // template literals only
  // {{ x }} in text or in a quoted attribute
  void text(std::string_view s) { append_escaped(out_, s); }
  template <Number T>
  void text(T number) {
    raw(std::to_string(number));
  }
  void text(const SafeHtml& html) { out_.append(html.str()); }
  // {{ x }} in an attribute, <title> or <textarea>: SafeHtml is refused there by the missing overload.
  void attribute(std::string_view s) { append_escaped(out_, s); }
  template <Number T>
  void attribute(T number) {
    raw(std::to_string(number));
  }
  // {{ x }} at the start of href, src, action, formaction, poster, cite, data, srcset: anything but http, https,
  // mailto, tel, a local path or a fragment becomes "#".
  void url(std::string_view s);
  // {{ x }} further on in a URL ("/draft/{{ x }}"): percent-encoded, so it stays one path segment or query value.
  void url_part(std::string_view s);
  template <Number T>
  void url_part(T number) {
    raw(std::to_string(number));
  }
  // {{@key name=value}}
  void phrase(std::string_view key, const std::vector<std::pair<std::string, std::string>>& values = {});
  // {{@= x}}
  void phrase(const Phrase& p) { phrase(std::string_view(p.key), p.values); }
  void phrase(const std::string& key) { phrase(std::string_view(key)); }
  void phrase(const char* key) { phrase(std::string_view(key)); }

  const Phrasebook& phrases() const { return phrases_; }
  SafeHtml take() { return SafeHtml(std::move(out_)); }
  const std::string& str() const { return out_; }

 private:
  const Phrasebook& phrases_;
  std::string out_;
};

// What a template gives to a phrase.
template <Number T>
std::string phrase_value(T number) {
  return std::to_string(number);
}
inline std::string phrase_value(std::string_view text) { return std::string(text); }

// Markdown (CommonMark with tables and strikethrough, by md4c) with raw HTML off and links filtered as by
// Writer::url. Bounded in time by the size of its input: what is larger than kLargestMarkdown, nested deeper than 64 or
// grows too much is shown as plain text. Headings start at <h2>.
inline constexpr std::size_t kLargestMarkdown = std::size_t{512} * 1024;
SafeHtml markdown(std::string_view source);
// The same as plain text, for mail and search.
std::string markdown_to_text(std::string_view source);

}  // namespace bursary::html
