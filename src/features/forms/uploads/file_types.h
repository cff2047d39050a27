// The kinds of file that a question may take, and how each is told by its content.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/phrase.h"
#include "features/forms/definition.h"

namespace bursary::forms {

struct FileType {
  std::string_view name;   // in Limits::file_types: "docx"
  std::string_view label;  // "DOCX"
  std::string_view media_type;
  std::span<const std::string_view> endings;  // ".jpg"
  bool (*begins)(std::string_view bytes);     // by the first bytes
  // The rest of it, once it begins so: nothing, or what is wrong.
  std::optional<Phrase> (*examine)(std::string_view bytes);
};
std::span<const FileType> file_types();
const FileType* file_type(std::string_view name);

// The types that a question takes: its own list, or all.
bool takes_type(const Question& question, const FileType& type);
std::string accept_attribute(const Question& question);  // ".pdf,.docx"
std::string names_of_types(const Question& question);    // "PDF, DOCX"

std::optional<Phrase> examine_pdf(std::string_view bytes);
std::optional<Phrase> examine_png(std::string_view bytes);
std::optional<Phrase> examine_jpeg(std::string_view bytes);
std::optional<Phrase> examine_text(std::string_view bytes);
std::optional<Phrase> examine_docx(std::string_view bytes);

}  // namespace bursary::forms
