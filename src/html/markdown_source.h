// Markdown as md4c 0.4.8 can bear it. It looks a few bytes past the end of an unfinished link, and takes what it finds
// there for part of it; so it gets a copy that ends in a line end, with zeros behind that stop it.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "base/text.h"

namespace bursary::html {

// What a callback returns to stop md4c 0.4.8, which goes on after a positive number.
inline constexpr int kStopMarkdown = -1;

class MarkdownSource {
 public:
  explicit MarkdownSource(std::string_view source) {
    constexpr std::size_t kZeros = 64;
    bytes_.reserve(source.size() + 1 + kZeros);
    const std::string repaired = is_utf8(source) ? std::string() : repair_utf8(source);
    std::string_view rest = repaired.empty() ? source : std::string_view(repaired);
    for (std::size_t nul = rest.find('\0'); nul != std::string_view::npos; nul = rest.find('\0')) {
      bytes_.append(rest.substr(0, nul)).append("\uFFFD");
      rest.remove_prefix(nul + 1);
    }
    bytes_ += rest;
    bytes_ += '\n';
    size_ = bytes_.size();
    bytes_.append(kZeros, '\0');
  }

  std::string_view text() const { return std::string_view(bytes_).substr(0, size_); }

  // False for a piece that begins in the source and ends outside of it: md4c has lost its way and must be stopped.
  bool holds(std::string_view piece) const {
    const std::less_equal<const char*> not_after;
    const char* const end = bytes_.data() + size_;
    const bool begins_here =
        not_after(bytes_.data(), piece.data()) && not_after(piece.data(), bytes_.data() + bytes_.size());
    return !begins_here ||
           (not_after(piece.data(), end) && piece.size() <= static_cast<std::size_t>(end - piece.data()));
  }

 private:
  std::string bytes_;
  std::size_t size_ = 0;
};

}  // namespace bursary::html
