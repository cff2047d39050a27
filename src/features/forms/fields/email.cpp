#include "features/forms/fields/email.h"

#include <unicode/idna.h>

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "features/forms/fields/text_field.h"

namespace bursary::forms {
namespace {

constexpr std::size_t kLongestLocal = 64;  // RFC 5321, section 4.5.3.1.1, bytes
constexpr std::size_t kLongestDomain = 253;
constexpr std::size_t kLongestAddress = 254;  // section 4.5.3.1.3 less the angle brackets

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}
bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_dot_atom(std::string_view local) {
  if (local.empty() || local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos)
    return false;
  return std::ranges::all_of(local, [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || is_letter_or_digit(c) ||
           std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos;
  });
}

bool is_quoted(std::string_view local) {
  if (local.size() < 3 || local.front() != '"' || local.back() != '"') return false;
  local = local.substr(1, local.size() - 2);
  for (std::size_t i = 0; i < local.size(); ++i) {
    if (local[i] == '"' || static_cast<unsigned char>(local[i]) < ' ') return false;
    if (local[i] == '\\' && ++i == local.size()) return false;
  }
  return true;
}

bool is_ascii_domain(std::string_view domain) {
  if (domain.empty() || domain.size() > kLongestDomain || domain.find('.') == std::string_view::npos) return false;
  std::string_view label;
  for (std::size_t at = 0; at <= domain.size();) {
    const std::size_t end = std::min(domain.find('.', at), domain.size());
    label = domain.substr(at, end - at);
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    if (!std::ranges::all_of(label, [](char c) { return is_letter_or_digit(c) || c == '-'; })) return false;
    at = end + 1;
  }
  // The last label is a top-level domain: two letters at least, never a number.
  return label.size() >= 2 && label.find_first_not_of("0123456789") != std::string_view::npos;
}

std::optional<std::string> to_ascii_domain(std::string_view domain) {
  if (is_ascii(domain)) return std::string(domain);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::IDNA> idna(icu::IDNA::createUTS46Instance(
      UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII, status));
  if (U_FAILURE(status)) return std::nullopt;
  icu::IDNAInfo info;
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  idna->nameToASCII_UTF8({domain.data(), static_cast<std::int32_t>(domain.size())}, sink, info, status);
  if (U_FAILURE(status) || info.hasErrors()) return std::nullopt;
  return out;
}

class EmailField final : public TextField {
 public:
  std::string_view missing() const override { return "forms.missing.email"; }
  std::string_view client_kind() const override { return "email"; }
  std::optional<Phrase> warn(const Definition&, const Question& question, const Answers& answers) const override {
    auto likely = likely_email(answers.text(question.key));
    if (!likely) return std::nullopt;
    return Phrase("forms.warning.email_typo", {{"suggestion", std::move(*likely)}});
  }

 protected:
  std::optional<Phrase> check_text(const Question&, std::string_view text) const override {
    if (!is_email(text)) return Phrase("forms.problem.email");
    return std::nullopt;
  }
  InputKind input_kind(const Question&) const override { return {.type = "email", .css_class = "input"}; }
};

}  // namespace

bool is_email(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos || address.size() > kLongestAddress || !is_utf8(address)) return false;
  const std::string_view local = address.substr(0, at);
  if (local.size() > kLongestLocal || has_control_characters(address) || trim(local) != local) return false;
  if (!is_dot_atom(local) && !is_quoted(local)) return false;
  const auto domain = to_ascii_domain(address.substr(at + 1));
  return domain && is_ascii_domain(*domain);
}

const Field& email_field() {
  static const EmailField field;
  return field;
}

}  // namespace bursary::forms
