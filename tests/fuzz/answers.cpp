// Stored answers and definitions as JSON: what is read is written back the same, and nothing else is read.
// modules: features/forms
#include "features/forms/answers.h"
#include "features/forms/definition.h"
#include "features/forms/fields/email.h"
#include "features/forms/fields/links.h"
#include "tests/fuzz/require.h"

using namespace bursary;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::text(data, size);
  if (const auto answers = forms::answers_from_json(input)) {
    const std::string json = forms::to_json(*answers);
    const auto again = forms::answers_from_json(json);
    fuzz::require(again.has_value() && forms::to_json(*again) == json);
  }
  if (const auto form = forms::definition_from_json(input)) {
    const auto again = forms::definition_from_json(forms::to_json(*form));
    fuzz::require(again.has_value() && *again == *form);
  }
  if (forms::is_email(input))
    fuzz::require(input.size() <= 254 && input.find_first_of("\r\n") == std::string_view::npos);
  if (const auto likely = forms::likely_email(input)) fuzz::require(!forms::likely_email(*likely));
  std::string joined;
  for (const forms::Shown& piece : forms::with_links(input)) {
    fuzz::require(piece.href.empty() || piece.href.starts_with("http"));
    joined += piece.text;
  }
  fuzz::require(joined == input);
  return 0;
}
