#include <fmt/format.h>

#include "base/text.h"
#include "features/forms/fields/links.h"
#include "features/forms/fields/text_field.h"

namespace bursary::forms {
namespace {

constexpr std::size_t kMostLinks = 50;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trim(text.substr(0, end));
    if (!line.empty()) lines.push_back(line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

class UrlList final : public TextField {
 public:
  bool is_one_line() const override { return false; }
  std::string_view client_kind() const override { return "urls"; }
  Phrase told_limit(const Question&) const override {
    return Phrase("forms.limit.links", {{"n", std::to_string(kMostLinks)}});
  }

  std::vector<Shown> shown(const Definition&, const Question& question, const Answers& answers,
                           std::string_view) const override {
    std::vector<Shown> out;
    for (const std::string_view line : lines_of(answers.text(question.key))) {
      if (!out.empty()) out.push_back({"\n", {}});
      out.push_back({std::string(line), link_of(line).value_or("")});
    }
    return out;
  }

 protected:
  std::optional<Phrase> check_text(const Question&, std::string_view text) const override {
    const auto lines = lines_of(text);
    if (lines.size() > kMostLinks) {
      return Phrase("forms.problem.too_many_links",
                    {{"limit", std::to_string(kMostLinks)}, {"n", std::to_string(lines.size())}});
    }
    for (const std::string_view line : lines) {
      if (!link_of(line)) return Phrase("forms.problem.link", {{"line", std::string(first_characters(line, 60))}});
    }
    return std::nullopt;
  }
};

}  // namespace

const Field& url_list_field() {
  static const UrlList field;
  return field;
}

}  // namespace bursary::forms
