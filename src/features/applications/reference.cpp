// References that survive a telephone: eight random characters of Crockford's alphabet and a check character by
// ISO 7064 MOD 37-2, which finds every single wrong character and every swap of neighbours. A draw whose check
// character would be one that Crockford leaves out (I, L, O, U) or '*' is thrown away, so that O may always be read as
// 0 and I, L as 1.
#include "features/applications/applications.h"

namespace bursary::applications {
namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view kIso7064 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";
constexpr std::size_t kRandomCharacters = 8;

char check_character(std::string_view text) {
  unsigned sum = 0;
  for (const char c : text) sum = (sum + static_cast<unsigned>(kIso7064.find(c))) * 2 % 37;
  return kIso7064[(38 - sum) % 37];
}

std::string grouped(std::string_view prefix, std::string_view nine) {
  std::string out(prefix);
  out.append("-").append(nine.substr(0, 4)).append("-").append(nine.substr(4));
  return out;
}

bool is_separator(char c) { return c == '-' || c == ' ' || c == '.' || c == '_' || c == '\t'; }

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

char crockford(char c) {
  c = upper(c);
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return c;
}

}  // namespace

std::string make_reference(std::string_view prefix, Random& random) {
  std::string nine;
  do {
    nine.clear();
    std::uint64_t bits = random.u64();
    for (std::size_t i = 0; i < kRandomCharacters; ++i, bits >>= 5) nine.push_back(kCrockford[bits & 31]);
    nine.push_back(check_character(nine));
  } while (kCrockford.find(nine.back()) == std::string_view::npos);
  return grouped(prefix, nine);
}

std::optional<std::string> read_reference(std::string_view typed) {
  if (typed.size() > 64) return std::nullopt;
  std::string letters;
  for (const char c : typed) {
    if (!is_separator(c)) letters.push_back(c);
  }
  if (letters.size() <= kRandomCharacters + 1) return std::nullopt;
  const std::size_t split = letters.size() - kRandomCharacters - 1;
  std::string prefix, nine;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    (i < split ? prefix : nine).push_back(i < split ? upper(letters[i]) : crockford(letters[i]));
  }
  for (const char c : nine) {
    if (kCrockford.find(c) == std::string_view::npos) return std::nullopt;
  }
  for (const char c : prefix) {
    if (kIso7064.substr(0, 36).find(c) == std::string_view::npos) return std::nullopt;
  }
  if (check_character(std::string_view(nine).substr(0, kRandomCharacters)) != nine.back()) return std::nullopt;
  return grouped(prefix, nine);
}

}  // namespace bursary::applications
