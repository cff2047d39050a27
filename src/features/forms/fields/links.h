// Links in what people write: recognised for reading, never altered in the answer.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/forms/fields/field.h"

namespace bursary::forms {

// "https://example.org/a", "example.org/a" no: a scheme is needed. "doi:10.1000/182", "10.1000/182" become
// https://doi.org/…. Nothing when the whole text is no such link.
std::optional<std::string> link_of(std::string_view text);
// The text in pieces, http(s) addresses as links; the pieces joined are the text.
std::vector<Shown> with_links(std::string_view text);

}  // namespace bursary::forms
