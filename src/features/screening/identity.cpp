// What an identifier and an address tell by themselves.
#include <algorithm>
#include <set>

#include "base/search_words.h"
#include "base/text.h"
#include "features/screening/screening.h"

namespace bursary::screening {
namespace {

// Anybody can have an address there.
constexpr std::string_view kAnybodys[] = {
    "gmail.com",      "googlemail.com", "outlook.com", "hotmail.com",    "live.com",  "msn.com",  "yahoo.com",
    "ymail.com",      "icloud.com",     "me.com",      "aol.com",        "gmx.de",    "gmx.net",  "gmx.com",
    "web.de",         "mail.ru",        "yandex.ru",   "yandex.com",     "qq.com",    "163.com",  "126.com",
    "protonmail.com", "proton.me",      "pm.me",       "tutanota.com",   "zoho.com",  "mail.com", "hotmail.es",
    "yahoo.es",       "yahoo.co.uk",    "yahoo.co.in", "rediffmail.com", "naver.com", "daum.net"};

// "uonbi" for "University of Nairobi" is beyond a rule; initials are not: "mit", "uba".
std::string initials(const std::vector<std::string>& words) {
  static const std::set<std::string, std::less<>> small = {"of", "the", "and", "for", "de",
                                                           "la", "del", "y",   "der", "di"};
  std::string out;
  for (const std::string& word : words) {
    if (!small.contains(word)) out += word[0];
  }
  return out;
}

}  // namespace

std::optional<std::string> read_orcid(std::string_view typed) {
  std::string digits;
  const std::size_t slash = typed.rfind('/');
  for (const char c : slash == std::string_view::npos ? typed : typed.substr(slash + 1)) {
    if (c >= '0' && c <= '9')
      digits += c;
    else if (c == 'x' || c == 'X')
      digits += 'X';
    else if (c != '-' && c != ' ')
      return std::nullopt;
  }
  if (digits.size() != 16) return std::nullopt;
  int total = 0;
  for (std::size_t i = 0; i < 15; ++i) {
    if (digits[i] == 'X') return std::nullopt;
    total = (total + (digits[i] - '0')) * 2 % 11;
  }
  const int last = (12 - total) % 11;
  if (digits[15] != (last == 10 ? 'X' : static_cast<char>('0' + last))) return std::nullopt;
  return digits.substr(0, 4) + "-" + digits.substr(4, 4) + "-" + digits.substr(8, 4) + "-" + digits.substr(12);
}

MailHint mail_hint(std::string_view email, std::string_view institution) {
  const std::size_t at = email.rfind('@');
  if (at == std::string_view::npos) return MailHint::unclear;
  const std::string domain = to_lower_ascii(email.substr(at + 1));
  if (std::ranges::find(kAnybodys, domain) != std::ranges::end(kAnybodys)) return MailHint::anybodys;
  const std::vector<std::string> words = search_parts(institution);
  const std::string short_name = initials(words);
  for (std::size_t begin = 0; begin < domain.size();) {
    const std::size_t end = std::min(domain.find('.', begin), domain.size());
    const std::string_view label = std::string_view(domain).substr(begin, end - begin);
    const bool whole = end < domain.size();  // the last label is a country or "edu"
    if (whole && short_name.size() >= 3 && label == short_name) return MailHint::fits;
    for (const std::string& word : words) {
      if (whole && word.size() >= 4 && word != "university" && label.find(word) != std::string_view::npos)
        return MailHint::fits;
    }
    begin = end + 1;
  }
  return MailHint::unclear;
}

}  // namespace bursary::screening
