#include <algorithm>

#include "base/text.h"
#include "features/forms/fields/views.h"
#include "features/forms/forms.h"
#include "features/forms/uploads/bytes.h"
#include "features/forms/uploads/file_types.h"

namespace bursary::forms {
namespace {

constexpr std::size_t kLongestName = 200;  // bytes

Phrase not_accepted(const Question& question, std::string key) {
  return Phrase(std::move(key), {{"types", names_of_types(question)}});
}

const FileType* type_by_content(std::string_view bytes) {
  const auto types = file_types();
  const auto found = std::ranges::find_if(types, [&](const FileType& type) { return type.begins(bytes); });
  return found == types.end() ? nullptr : &*found;
}

bool has_ending(std::string_view name, const FileType& type) {
  const std::string lower = to_lower_ascii(name);
  return std::ranges::any_of(
      type.endings, [&](std::string_view ending) { return lower.size() > ending.size() && lower.ends_with(ending); });
}

bool is_fit_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && is_utf8(name) && !has_control_characters(name) &&
         !has_bidi_controls(name) && name.find_first_of("/\\\n\r\t") == std::string_view::npos && name.front() != '.';
}

std::optional<Phrase> refusal(const Question& question, const web::UploadedFile& file, const FileType*& type) {
  if (file.bytes.empty()) return Phrase("forms.problem.file_empty");
  if (file.bytes.size() > question.limits.max_file_bytes) {
    return Phrase("forms.problem.file_large",
                  {{"most", file_size(static_cast<std::int64_t>(question.limits.max_file_bytes))},
                   {"size", file_size(static_cast<std::int64_t>(file.bytes.size()))}});
  }
  if (!is_fit_name(file.name)) return Phrase("forms.problem.file_name");
  if (is_program(file.bytes)) return not_accepted(question, "forms.problem.file_program");
  type = type_by_content(file.bytes);
  if (type == nullptr || !takes_type(question, *type)) return not_accepted(question, "forms.problem.file_type");
  if (auto wrong = type->examine(file.bytes)) {
    // Bytes of no known kind end here: they are told what is accepted, not that they are no text.
    if (type->name == "txt" && !has_ending(file.name, *type)) return not_accepted(question, "forms.problem.file_type");
    return wrong;
  }
  if (!has_ending(file.name, *type)) {
    return Phrase("forms.problem.file_ending",
                  {{"ending", std::string(type->endings.front())}, {"type", std::string(type->label)}});
  }
  return std::nullopt;
}

}  // namespace

Result<std::string> accept_upload(const Question& question, const web::UploadedFile& file) {
  const FileType* type = nullptr;
  if (auto wrong = refusal(question, file, type)) return fail(ErrorKind::invalid, std::move(*wrong));
  return std::string(type->media_type);
}

}  // namespace bursary::forms
