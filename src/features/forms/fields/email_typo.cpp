// Slips of the hand in e-mail domains. A hint, so it speaks only where the slip is likelier than the domain.
#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "features/forms/fields/email.h"

namespace bursary::forms {
namespace {

// Without country endings: "hotmail.se" and "yahoo.gr" are one slip from "hotmail.es" and "yahoo.fr", and all are real.
constexpr std::array<std::string_view, 12> kCommon{
    "gmail.com",   "googlemail.com", "yahoo.com",      "yahoo.co.uk", "hotmail.com",    "hotmail.co.uk",
    "outlook.com", "icloud.com",     "protonmail.com", "foxmail.com", "rediffmail.com", "tutanota.com"};
// One slip from a common one, and real.
constexpr std::array<std::string_view, 4> kReal{"ymail.com", "email.com", "mail.com", "gmail.co.uk"};
// Endings that no domain has.
struct Ending {
  std::string_view typed, meant;
};
constexpr std::array<Ending, 9> kEndings{{{".con", ".com"},
                                          {".cmo", ".com"},
                                          {".ocm", ".com"},
                                          {".comm", ".com"},
                                          {".vom", ".com"},
                                          {".ogr", ".org"},
                                          {".orgg", ".org"},
                                          {".ent", ".net"},
                                          {".eud", ".edu"}}};

// At most one insertion, deletion, replacement or swap of neighbours.
bool one_slip_apart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1 || a == b) return false;
  const auto first = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin());
  if (a.size() != b.size()) return a.substr(first) == b.substr(first + 1);
  if (a.substr(first + 1) == b.substr(first + 1)) return true;
  return a.size() > first + 1 && a[first] == b[first + 1] && a[first + 1] == b[first] &&
         a.substr(first + 2) == b.substr(first + 2);
}

// Short names are one slip from too much ("qq.com", "aa.com").
bool is_long_enough(std::string_view domain) { return domain.find('.') >= 5; }

}  // namespace

std::optional<std::string> likely_email(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos || at == 0) return std::nullopt;
  const std::string typed = to_lower_ascii(address.substr(at + 1));
  std::string meant = typed;
  for (const Ending& ending : kEndings) {
    if (typed.ends_with(ending.typed)) {
      meant = typed.substr(0, typed.size() - ending.typed.size()).append(ending.meant);
      break;
    }
  }
  const auto is_meant = [&](std::string_view known) { return known == meant; };
  if (!std::ranges::any_of(kCommon, is_meant) && !std::ranges::any_of(kReal, is_meant)) {
    for (const std::string_view common : kCommon) {
      if (!is_long_enough(common) || !one_slip_apart(meant, common)) continue;
      meant = common;
      break;
    }
  }
  if (meant == typed) return std::nullopt;
  return std::string(address.substr(0, at + 1)).append(meant);
}

}  // namespace bursary::forms
