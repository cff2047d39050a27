// Amounts, lengths of time, names of languages and short dates as a language writes them (ICU): "US$5,000", "6 months",
// "12 Nov". For pages that staff read: a formatter is made for each call, where Phrasebook keeps its own.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "html/phrasebook.h"

namespace bursary::html {

// Exact: never rounded, whole amounts without a fraction. `currency` is ISO 4217.
std::string money(const Phrasebook& phrases, std::int64_t nanos, std::string_view currency);
// "1 month", "6 months", "1.5 months".
std::string months(const Phrasebook& phrases, std::int64_t thousandths);
// "2", "2.5", "1,200".
std::string figure(const Phrasebook& phrases, std::int64_t thousandths);

// "Spanish", "español": what the language of `phrases` calls the language `tag`.
std::string language(const Phrasebook& phrases, const std::string& tag);

// "3", "0.5", "5000.25": a count of 1/scale parts (a power of ten) in plain digits, without floating point.
std::string decimal(std::int64_t value, std::int64_t scale);

// Days of one list: "12 Nov" in the year of `now`, "12 Nov 2025" in another. For one thread.
class ShortDates {
 public:
  // zone: an IANA name; an unknown one reads as UTC.
  ShortDates(const Phrasebook& phrases, std::string_view zone, Instant now);
  ~ShortDates();
  ShortDates(const ShortDates&) = delete;
  ShortDates& operator=(const ShortDates&) = delete;
  std::string of(Instant at) const;

 private:
  struct Formats;
  std::unique_ptr<Formats> formats_;
};

}  // namespace bursary::html
