// PDF and plain text.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "features/forms/uploads/bytes.h"
#include "features/forms/uploads/file_types.h"

namespace bursary::forms {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kPdfTail =
    2048;  // readers look for %%EOF in the last kilobyte; some writers add a little after it
// Programs that a PDF brings along and readers offer to run. Compressed ones are not seen: files are only ever served
// as attachments.
constexpr std::array kPdfActions{"/Launch"sv, "/JavaScript"sv};
constexpr std::array kMarkup{"<!doctype"sv, "<html"sv, "<head"sv, "<body"sv,  "<script"sv,
                             "<svg"sv,      "<?xml"sv, "<?php"sv, "<iframe"sv};

}  // namespace

std::optional<Phrase> examine_pdf(std::string_view bytes) {
  const std::string_view tail = bytes.substr(bytes.size() - std::min(bytes.size(), kPdfTail));
  const bool known_version = bytes.starts_with("%PDF-1.") || bytes.starts_with("%PDF-2.");
  if (!known_version || tail.find("%%EOF") == std::string_view::npos) return Phrase("forms.problem.file_damaged");
  if (zip_end(bytes)) return Phrase("forms.problem.file_two_kinds");
  for (const std::string_view action : kPdfActions) {
    if (bytes.find(action) != std::string_view::npos) return Phrase("forms.problem.file_active");
  }
  return std::nullopt;
}

std::optional<Phrase> examine_text(std::string_view bytes) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  if (!is_utf8(bytes)) return Phrase("forms.problem.file_not_utf8");
  // Form feeds and tabs are part of old plain texts.
  const bool controls = std::ranges::any_of(bytes, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && std::string_view("\t\n\r\f").find(c) == std::string_view::npos) || byte == 0x7F;
  });
  if (controls) return Phrase("forms.problem.file_not_text");
  const std::string start = to_lower_ascii(trim(bytes).substr(0, 16));
  const bool markup = std::ranges::any_of(kMarkup, [&](std::string_view tag) { return start.starts_with(tag); });
  if (markup) return Phrase("forms.problem.file_markup");
  return std::nullopt;
}

}  // namespace bursary::forms
