#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "features/forms/fields/file_input.html.h"
#include "features/forms/fields/views.h"
#include "features/forms/uploads/file_types.h"

namespace bursary::forms {
namespace {

class FileField final : public Field {
 public:
  // Kept files stay unless removed; new ones are handed on, not stored here.
  void take(const Definition&, const Question& question, const Posted& posted, Taken& taken) const override {
    std::vector<FileAnswer> files;
    for (const FileAnswer& file : posted.kept) {
      if (std::ranges::find(posted.removed, file.id) == posted.removed.end()) files.push_back(file);
    }
    if (std::ranges::any_of(posted.values, [](const std::string& value) { return !value.empty(); })) {
      taken.problems.push_back({question.key, "forms.problem.not_a_file"});
    }
    const std::size_t room = question.limits.max_files - std::min(files.size(), question.limits.max_files);
    if (posted.files.size() > room) {
      taken.problems.push_back(
          {question.key, {"forms.problem.too_many_files", {{"n", std::to_string(question.limits.max_files)}}}});
    } else {
      for (const web::UploadedFile& file : posted.files) taken.uploads.emplace_back(question.key, file);
    }
    if (!files.empty()) taken.answers.set(question.key, std::move(files));
  }

  std::optional<Phrase> check(const Definition&, const Question& question, const Answers& answers) const override {
    if (answers.files(question.key).size() <= question.limits.max_files) return std::nullopt;
    return Phrase("forms.problem.too_many_files", {{"n", std::to_string(question.limits.max_files)}});
  }
  std::string_view missing() const override { return "forms.missing.file"; }

  void draw_input(html::Writer& w, const Drawn& drawn) const override {
    const Question& question = drawn.question;
    FileInputView view{
        .drawn = drawn, .kept = {}, .accept = accept_attribute(question), .several = question.limits.max_files > 1};
    for (const FileAnswer& file : drawn.view.answers.files(question.key)) {
      const std::string& prefix = drawn.view.file_link_prefix;
      view.kept.push_back(
          {question.key + "-remove-" + file.id, file, file_size(file.bytes), prefix.empty() ? "" : prefix + file.id});
    }
    tpl::forms::fields::file_input(w, view);
  }
  Phrase told_limit(const Question& question) const override {
    const Limits& limits = question.limits;
    std::string most = file_size(static_cast<std::int64_t>(limits.max_file_bytes));
    if (limits.max_files == 1)
      return Phrase("forms.limit.file", {{"types", names_of_types(question)}, {"most", std::move(most)}});
    return Phrase(
        "forms.limit.files",
        {{"types", names_of_types(question)}, {"most", std::move(most)}, {"number", std::to_string(limits.max_files)}});
  }
  std::vector<Shown> shown(const Definition&, const Question& question, const Answers& answers,
                           std::string_view) const override {
    std::vector<Shown> out;
    for (const FileAnswer& file : answers.files(question.key)) {
      if (!out.empty()) out.push_back({"\n", {}});
      out.push_back({fmt::format("{} ({})", file.name, file_size(file.bytes)), {}});
    }
    return out;
  }
  std::string_view client_kind() const override { return "file"; }
};

}  // namespace

std::string file_size(std::int64_t bytes) {
  constexpr std::int64_t kMega = std::int64_t{1} << 20;
  if (bytes < 1024) return fmt::format("{} B", bytes);
  if (bytes < kMega) return fmt::format("{} KB", (bytes + 1023) / 1024);
  const std::int64_t tenths = (bytes * 10 + kMega / 2) / kMega;
  if (tenths % 10 == 0) return fmt::format("{} MB", tenths / 10);
  return fmt::format("{}.{} MB", tenths / 10, tenths % 10);
}

const Field& file_field() {
  static const FileField field;
  return field;
}

}  // namespace bursary::forms
