#include "html/figures.h"

#include <doctest/doctest.h>

using namespace bursary;
using namespace bursary::html;

namespace {

const Phrasebook& english() {
  static const Phrasebook book("en", {}, nullptr);
  return book;
}
const Phrasebook& spanish() {
  static const Phrasebook book("es", {}, nullptr);
  return book;
}
Instant at(std::string_view text) { return parse_rfc3339(text).value_or(Instant{}); }

}  // namespace

TEST_CASE("money is written with its currency as the language does it, and never rounded") {
  constexpr std::int64_t kUnit = 1'000'000'000;
  CHECK(money(english(), 5000 * kUnit, "USD") == "US$5,000");
  CHECK(money(english(), 5000 * kUnit + kUnit / 2, "EUR") == "€5,000.50");
  CHECK(money(english(), 12'000 * kUnit, "KES") == "KES\u00A012,000");
  CHECK(money(english(), 1'005'000, "USD") == "US$0.001005");
  CHECK(money(spanish(), 12'500 * kUnit, "EUR") == "12.500\u00A0€");
}

TEST_CASE("months have their unit, singular where it is one") {
  CHECK(months(english(), 6000) == "6 months");
  CHECK(months(english(), 1000) == "1 month");
  CHECK(months(english(), 1500) == "1.5 months");
  CHECK(months(spanish(), 1000) == "1 mes");
  CHECK(months(spanish(), 18'000) == "18 meses");
  CHECK(figure(english(), 2500) == "2.5");
  CHECK(figure(english(), 1'200'000) == "1,200");
}

TEST_CASE("languages are called as the reader calls them") {
  CHECK(language(english(), "es") == "Spanish");
  CHECK(language(spanish(), "en") == "inglés");
  CHECK(language(english(), "pt-BR") == "Portuguese (Brazil)");
}

TEST_CASE("plain digits need no language") {
  CHECK(decimal(3000, 1000) == "3");
  CHECK(decimal(500, 1000) == "0.5");
  CHECK(decimal(5'000'250'000'000, 1'000'000'000) == "5000.25");
}

TEST_CASE("a short date says its year only when it is another one, by the program's own clock") {
  const Instant now = at("2026-11-22T18:00:00Z");
  const ShortDates dates(english(), "UTC", now);
  CHECK(dates.of(at("2026-11-12T09:00:00Z")) == "12 Nov");
  CHECK(dates.of(at("2025-11-12T09:00:00Z")) == "12 Nov 2025");
  CHECK(ShortDates(spanish(), "UTC", now).of(at("2026-03-03T09:00:00Z")) == "3 mar");
  // Half past eleven at night in New York is the next year in UTC.
  const Instant new_year = at("2026-01-01T04:30:00Z");
  CHECK(dates.of(new_year) == "1 Jan");
  CHECK(ShortDates(english(), "America/New_York", now).of(new_year) == "31 Dec 2025");
  CHECK(ShortDates(english(), "Nowhere/At_All", now).of(new_year) == "1 Jan");
}
