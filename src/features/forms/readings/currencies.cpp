#include "features/forms/readings/currencies.h"

#include <algorithm>
#include <array>
#include <string>

namespace bursary::forms {
namespace {

// ISO 4217, currencies in use; funds, metals and test codes left out.
constexpr std::string_view kCodes =
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP "
    "CNY COP "
    "CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS "
    "INR "
    "IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP "
    "MRU "
    "MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR "
    "SDG "
    "SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND "
    "VUV "
    "WST XAF XCD XOF XPF YER ZAR ZMW";
constexpr std::string_view kNoFraction = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
constexpr std::string_view kThreeDigits = "BHD IQD JOD KWD LYD OMR TND";
// Codes that people write in lower case too, and that are no words.
constexpr std::string_view kLowerCase =
    "usd eur gbp inr jpy cny cad aud chf brl mxn krw ngn kes zar sek nok dkk pln sgd hkd nzd";
constexpr std::string_view kAlsoWords = "ALL TOP TRY CUP SOS PEN MOP GEL";
constexpr std::string_view kDollars =
    "ARS AUD BBD BMD BND BSD BZD CAD CLP COP CUP CVE DOP FJD GYD HKD JMD KYD LRD MXN NAD NIO NZD SBD SGD SRD TTD TWD "
    "USD UYU XCD BRL";

struct Sign {
  std::string_view text;  // as tokens in lower case, '|' between them
  std::string_view code;  // empty: a family, named by the text
};
// Longest first among those that begin alike.
constexpr std::array kSigns = std::to_array<Sign>({
    {"u|.|s|.|dollars", "USD"},
    {"us|dollars", "USD"},
    {"us|dollar", "USD"},
    {"american|dollars", "USD"},
    {"dólares|estadounidenses", "USD"},
    {"dolares|estadounidenses", "USD"},
    {"dólares|americanos", "USD"},
    {"u|.|s|.|$", "USD"},
    {"us|$", "USD"},
    {"au|$", "AUD"},
    {"a|$", "AUD"},
    {"ca|$", "CAD"},
    {"nz|$", "NZD"},
    {"hk|$", "HKD"},
    {"s|$", "SGD"},
    {"nt|$", "TWD"},
    {"mx|$", "MXN"},
    {"r|$", "BRL"},
    {"canadian|dollars", "CAD"},
    {"australian|dollars", "AUD"},
    {"€", "EUR"},
    {"euros", "EUR"},
    {"euro", "EUR"},
    {"£", "GBP"},
    {"pounds|sterling", "GBP"},
    {"libras|esterlinas", "GBP"},
    {"₹", "INR"},
    {"indian|rupees", "INR"},
    {"₩", "KRW"},
    {"₦", "NGN"},
    {"naira", "NGN"},
    {"₫", "VND"},
    {"₺", "TRY"},
    {"₽", "RUB"},
    {"₴", "UAH"},
    {"₪", "ILS"},
    {"฿", "THB"},
    {"₱", "PHP"},
    {"₵", "GHS"},
    {"₡", "CRC"},
    {"₲", "PYG"},
    {"₸", "KZT"},
    {"₾", "GEL"},
    {"₼", "AZN"},
    {"₮", "MNT"},
    {"৳", "BDT"},
    {"zł", "PLN"},
    {"kč", "CZK"},
    {"ksh", "KES"},
    {"yen", "JPY"},
    {"swiss|francs", "CHF"},
    {"mexican|pesos", "MXN"},
    {"pesos|mexicanos", "MXN"},
    {"reais", "BRL"},
    {"$", ""},
    {"dollars", "$"},
    {"dollar", "$"},
    {"dólares", "$"},
    {"dolares", "$"},
    {"pesos", "$"},
});

bool lists(std::string_view list, std::string_view word) {
  for (std::size_t at = 0; at + word.size() <= list.size(); at += 4) {
    if (list.substr(at, word.size()) == word) return word.size() == 3;
  }
  return false;
}

// How many tokens `pattern` takes at `at`; 0 when it does not stand there.
std::size_t stands_at(std::string_view pattern, const std::vector<Token>& tokens, std::size_t at) {
  std::size_t taken = 0;
  while (!pattern.empty()) {
    const std::size_t end = std::min(pattern.find('|'), pattern.size());
    if (at + taken >= tokens.size() || tokens[at + taken].lower != pattern.substr(0, end)) return 0;
    pattern.remove_prefix(std::min(end + 1, pattern.size()));
    ++taken;
  }
  return taken;
}

std::string_view known_code(const Token& token, bool before_amount) {
  if (token.kind != Token::Kind::word || token.text.size() != 3) return {};
  std::string upper = token.text;
  if (lists(kLowerCase, token.lower)) {
    std::ranges::transform(token.lower, upper.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  }
  if (!lists(kCodes, upper) || (before_amount && lists(kAlsoWords, upper))) return {};
  return kCodes.substr(kCodes.find(upper), 3);
}

}  // namespace

std::optional<CurrencyMark> read_currency(const std::vector<Token>& tokens, std::size_t at, bool before_amount) {
  if (at >= tokens.size() || tokens[at].kind == Token::Kind::number) return std::nullopt;
  for (const Sign& sign : kSigns) {
    const std::size_t taken = stands_at(sign.text, tokens, at);
    if (taken == 0) continue;
    if (sign.code.empty() || sign.code == "$") return CurrencyMark{{}, "$", taken};
    return CurrencyMark{sign.code, {}, taken};
  }
  const std::string_view code = known_code(tokens[at], before_amount);
  if (code.empty()) return std::nullopt;
  return CurrencyMark{code, {}, 1};
}

int fraction_digits(std::string_view code) {
  if (lists(kNoFraction, code)) return 0;
  return lists(kThreeDigits, code) ? 3 : 2;
}

bool in_family(std::string_view code, std::string_view family) { return family == "$" && lists(kDollars, code); }

}  // namespace bursary::forms
