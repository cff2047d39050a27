#include "features/rehearsal/typed.h"

#include <fmt/format.h>

#include <array>
#include <span>

namespace bursary::rehearsal {
namespace {

std::string_view one_of(std::span<const std::string_view> ways, Random& random) {
  return ways[random.below(ways.size())];
}

constexpr std::string_view kDurations[] = {"6 months",
                                           "6 months",
                                           "3 months",
                                           "12 months",
                                           "12 months",
                                           "1 year",
                                           "9 months",
                                           "18 months",
                                           "2 years",
                                           "4 months",
                                           "8 months",
                                           "six months",
                                           "one academic year",
                                           "6-9 months",
                                           "about a year",
                                           "3 months, perhaps 4",
                                           "until the end of my thesis",
                                           "10 weeks"};
constexpr std::string_view kDurationsEs[] = {"6 meses", "6 meses",  "3 meses", "12 meses",    "un año",
                                             "9 meses", "18 meses", "2 años",  "un semestre", "entre 6 y 9 meses"};
constexpr std::string_view kPeople[] = {
    "1", "1", "1", "1", "2", "2", "3", "3", "4", "5", "just me", "two", "3-4", "me and one student", "6"};
constexpr std::string_view kPeopleEs[] = {"1", "1", "1", "2", "2", "3", "4", "dos", "solo yo", "3 o 4"};

struct Currency {
  std::string_view country, code;
  int per_dollar;
};
constexpr Currency kCurrencies[] = {{"KE", "KES", 130}, {"NG", "NGN", 1500}, {"IN", "INR", 83},    {"GB", "GBP", 1},
                                    {"ZA", "ZAR", 18},  {"BR", "BRL", 5},    {"MX", "MXN", 17},    {"JP", "JPY", 150},
                                    {"PK", "PKR", 280}, {"PL", "PLN", 4},    {"DE", "EUR", 1},     {"FR", "EUR", 1},
                                    {"ES", "EUR", 1},   {"IT", "EUR", 1},    {"NL", "EUR", 1},     {"CA", "CAD", 1},
                                    {"AU", "AUD", 1},   {"CH", "CHF", 1},    {"ID", "IDR", 15500}, {"PH", "PHP", 56}};

std::string grouped(std::int64_t amount, char separator) {
  std::string digits = std::to_string(amount);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, separator);
  return digits;
}

}  // namespace

std::string typed_duration(std::string_view locale, Random& random) {
  return std::string(locale == "es" ? one_of(kDurationsEs, random) : one_of(kDurations, random));
}

std::string typed_people(std::string_view locale, Random& random) {
  return std::string(locale == "es" ? one_of(kPeopleEs, random) : one_of(kPeople, random));
}

std::string typed_budget(std::string_view country, std::string_view locale, Random& random) {
  static constexpr std::int64_t kAmounts[] = {500,  800,  1000, 1000, 1500,  2000,  2500,  3000,  4000,
                                              5000, 5000, 7500, 8000, 10000, 12000, 15000, 20000, 30000};
  std::int64_t amount = kAmounts[random.below(std::size(kAmounts))];
  if (random.below(20) == 0) return locale == "es" ? "0" : "none";
  if (random.below(2) == 0) {
    for (const Currency& currency : kCurrencies) {
      if (currency.country != country) continue;
      amount *= currency.per_dollar;
      return random.below(2) == 0 ? fmt::format("{} {}", currency.code, grouped(amount, ','))
                                  : fmt::format("{} {}", amount, currency.code);
    }
  }
  switch (random.below(7)) {
    case 0:
      return fmt::format("${}", grouped(amount, ','));
    case 1:
      return fmt::format("{} USD", amount);
    case 2:
      return fmt::format("US$ {}", amount);
    case 3:
      return locale == "es" ? fmt::format("unos {} dólares", amount) : fmt::format("about ${}", grouped(amount, ','));
    case 4:
      return locale == "es" ? fmt::format("{} dólares", amount) : fmt::format("{}-{} USD", amount, amount * 2);
    default:
      return fmt::format("USD {}", grouped(amount, ','));
  }
}

}  // namespace bursary::rehearsal
