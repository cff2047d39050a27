#include <algorithm>
#include <array>

#include "features/forms/readings/readings.h"
#include "features/forms/readings/tokens.h"

namespace bursary::forms {
namespace {

// What may follow a count without changing it.
constexpr std::array<std::string_view, 14> kCounted{
    "person",  "people",   "persons",      "investigator",  "investigators",  "researcher",     "researchers",
    "persona", "personas", "investigador", "investigadora", "investigadores", "investigadoras", "members"};

bool ends_here(const std::vector<Token>& tokens, std::size_t at) {
  if (at == tokens.size()) return true;
  return at + 1 == tokens.size() && std::ranges::find(kCounted, tokens[at].lower) != kCounted.end();
}

}  // namespace

std::optional<std::int64_t> read_number(std::string_view text) {
  const auto tokens = cut(text);
  if (!tokens) return std::nullopt;
  if (tokens->front().kind == Token::Kind::number) {
    const auto decimal = read_decimal(tokens->front().text, ThreeDigits::could_be_either);
    if (!decimal || !ends_here(*tokens, 1)) return std::nullopt;
    return scaled(*decimal, 1000);
  }
  const auto spelled = read_spelled(*tokens, 0);
  if (!spelled || !ends_here(*tokens, spelled->tokens)) return std::nullopt;
  if (tokens->front().lower == "once" && tokens->size() == 1) return std::nullopt;
  return spelled->value * 1000;
}

}  // namespace bursary::forms
