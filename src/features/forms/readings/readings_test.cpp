#include "features/forms/readings/readings.h"

#include <doctest/doctest.h>

#include <string>

namespace bursary::forms {
namespace {

struct Row {
  const char* typed;
  std::int64_t value;  // thousandths
};

struct MoneyRow {
  const char* typed;
  std::int64_t cents;
  const char* currency;
};

}  // namespace

TEST_CASE("durations with one meaning are read as months") {
  const Row rows[] = {
      {"3 months", 3000},
      {"6 months", 6000},
      {"1 month", 1000},
      {"1 year", 12000},
      {"1.5 years", 18000},
      {"1,5 años", 18000},
      {"18 meses", 18000},
      {"2 años", 24000},
      {"1 an\xCC\x83o", 12000},
      {"  12   Months. ", 12000},
      {"12months", 12000},
      {"12-month", 12000},
      {"eighteen months", 18000},
      {"twenty-four months", 24000},
      {"dieciocho meses", 18000},
      {"once meses", 11000},
      {"a year", 12000},
      {"un año", 12000},
      {"half a year", 6000},
      {"medio año", 6000},
      {"1 year and 6 months", 18000},
      {"1 year, 3 months", 15000},
      {"1 año y 6 meses", 18000},
      {"two yrs", 24000},
      {"4.5 months", 4500},
      {"٣ months", 3000},
      {"１８ meses", 18000},
      {"0.5 years", 6000},
      {"treinta y dos meses", 32000},
      {"100 years", 1200000},
  };
  for (const Row& row : rows) {
    CAPTURE(row.typed);
    const auto read = read_months(row.typed);
    CHECK(read == row.value);
  }
}

TEST_CASE("durations that could mean something else have no reading") {
  const char* rows[] = {"",
                        "months",
                        "3",
                        "6-9 months",
                        "6 to 9 months",
                        "3 or 4 months",
                        "~3 months",
                        "about 3 months",
                        "3 m",
                        "2 weeks",
                        "90 days",
                        "1.500 months",
                        "1,500 months",
                        "-3 months",
                        "0 months",
                        "3 months 1 year",
                        "3 months 4 months",
                        "12 months (1 year)",
                        "3 months?",
                        "¾ year",
                        "10³ months",
                        "once months",
                        "six meses",
                        "101 years",
                        "99999999999999999999 months",
                        "3 monthss",
                        "until the money ends",
                        "3–6 months",
                        "3 months\nor more",
                        "\xff"};
  for (const char* row : rows) {
    CAPTURE(row);
    CHECK_FALSE(read_months(row).has_value());
  }
}

TEST_CASE("money with a certain currency is read") {
  const MoneyRow rows[] = {
      {"USD 5,000", 500000, "USD"},
      {"5000 USD", 500000, "USD"},
      {"usd 5000", 500000, "USD"},
      {"US$5,000", 500000, "USD"},
      {"U.S. $5,000", 500000, "USD"},
      {"$5,000 USD", 500000, "USD"},
      {"$10k USD", 1000000, "USD"},
      {"10k USD", 1000000, "USD"},
      {"10K usd", 1000000, "USD"},
      {"5.000 €", 500000, "EUR"},
      {"€5,000", 500000, "EUR"},
      {"5.000,50 €", 500050, "EUR"},
      {"5,000.50 EUR", 500050, "EUR"},
      {"5 000 euros", 500000, "EUR"},
      {"5\xC2\xA0"
       "000 €",
       500000, "EUR"},
      {"5'000 CHF", 500000, "CHF"},
      {"CHF 5’000.50", 500050, "CHF"},
      {"£1,250.5", 125050, "GBP"},
      {"₹ 3 lakh", 30000000, "INR"},
      {"₹3,00,000", 30000000, "INR"},
      {"12,34,567 INR", 123456700, "INR"},
      {"1.5 million USD", 150000000, "USD"},
      {"1,5 millones de euros", 150000000, "EUR"},
      {"5 mil euros", 500000, "EUR"},
      {"1.5M EUR", 150000000, "EUR"},
      {"5000 US dollars", 500000, "USD"},
      {"2 crore INR", 2000000000, "INR"},
      {"5000 dólares estadounidenses", 500000, "USD"},
      {"A$ 500", 50000, "AUD"},
      {"R$ 1.000,00", 100000, "BRL"},
      {"5000 TRY", 500000, "TRY"},
      {"JPY 500,000", 50000000, "JPY"},
      {"KWD 1,234.500", 123450, "KWD"},
      {"USD 0", 0, "USD"},
      {"٥٠٠٠ EGP", 500000, "EGP"},
      {"USD 5,000.", 500000, "USD"},
      {"0.50 USD", 50, "USD"},
      {"1,234,567.89 USD", 123456789, "USD"},
      {"₦250,000", 25000000, "NGN"},
      {"9,223,372,036 USD", 922337203600, "USD"},
      {"100 zł", 10000, "PLN"},
      {"USD5000", 500000, "USD"},
      {"5000USD", 500000, "USD"},
  };
  for (const MoneyRow& row : rows) {
    CAPTURE(row.typed);
    const auto read = read_money(row.typed);
    CHECK(read == Money{row.cents * (kNanosPerUnit / 100), row.currency});
  }
}

TEST_CASE("money that could mean something else has no reading") {
  const char* rows[] = {"",
                        "5000",
                        "$5000",
                        "$5,000",
                        "5000 dollars",
                        "5000 dólares",
                        "5000 pesos",
                        "¥5000",
                        "C$ 500",
                        "500 kr",
                        "USD",
                        "-5000 USD",
                        "USD -5000",
                        "~5000 USD",
                        "about 5000 USD",
                        "5000-6000 USD",
                        "up to 5000 USD",
                        "5000 USD per month",
                        "USD 5000 EUR",
                        "$5000 EUR",
                        "5,00,0 USD",
                        "5m USD",
                        "5 billion USD",
                        "5.000 KWD",
                        "KWD 5,000",
                        "1.250 million USD",
                        "JPY 5.50",
                        "5.1234 USD",
                        "007 USD",
                        "0.500 USD",
                        "TRY 5000",
                        "ALL 100",
                        "5000 XYZ",
                        "5000 all",
                        "1,234.567 USD",
                        "9,223,372,037 USD",
                        "99999999999999999999999 USD",
                        "9300 million USD",
                        "5² USD",
                        "½ USD",
                        "5,000,00 USD",
                        "USD 5,000 (or less)",
                        "1.2.3 USD",
                        "5,000.000,00 USD",
                        "USD 5 000 0",
                        "\xff USD 5"};
  for (const char* row : rows) {
    CAPTURE(row);
    CHECK_FALSE(read_money(row).has_value());
  }
}

TEST_CASE("numbers with one meaning are read") {
  const Row rows[] = {{"2", 2000},
                      {"two", 2000},
                      {"dos", 2000},
                      {"Two", 2000},
                      {" 3. ", 3000},
                      {"0", 0},
                      {"12", 12000},
                      {"2.5", 2500},
                      {"2,5", 2500},
                      {"twenty-one", 21000},
                      {"٢", 2000},
                      {"2 people", 2000},
                      {"tres personas", 3000},
                      {"one researcher", 1000},
                      {"1,234,567", 1234567000},
                      {"noventa y nueve", 99000}};
  for (const Row& row : rows) {
    CAPTURE(row.typed);
    const auto read = read_number(row.typed);
    CHECK(read == row.value);
  }
}

TEST_CASE("numbers that could mean something else have no reading") {
  const char* rows[] = {"",
                        "2-3",
                        "2 or 3",
                        "two or three",
                        "2+",
                        "~2",
                        "1,000",
                        "1.000",
                        "once",
                        "a few",
                        "2 dozen",
                        "-1",
                        "02",
                        "½",
                        "2²",
                        "2 (me and a student)",
                        "9223372036854775807",
                        "99999999999999999999",
                        "2 2",
                        "two three",
                        "veinte y",
                        "twenty-",
                        "IV",
                        "Ⅳ",
                        "２-３",
                        "0x10",
                        "1e3",
                        "\xC3"};
  for (const char* row : rows) {
    CAPTURE(row);
    CHECK_FALSE(read_number(row).has_value());
  }
  CHECK_FALSE(read_number(std::string(300, '1')).has_value());
  CHECK_FALSE(read_money(std::string(10'000, ' ') + "5 USD").has_value());
}

}  // namespace bursary::forms
