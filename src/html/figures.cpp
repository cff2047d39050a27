#include "html/figures.h"

#include <unicode/calendar.h>
#include <unicode/datefmt.h>
#include <unicode/measunit.h>
#include <unicode/numberformatter.h>
#include <unicode/timezone.h>

#include <stdexcept>

#include "html/icu_locale.h"

namespace bursary::html {
namespace {

constexpr std::int64_t kNano = 1'000'000'000;
constexpr std::int64_t kThousand = 1'000;

template <class Formatter>
std::string formatted(const Formatter& formatter, const std::string& digits) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString text = formatter.formatDecimal(digits, status).toString(status);
  return U_SUCCESS(status) ? to_utf8(text) : digits;
}

icu::number::LocalizedNumberFormatter plain(const Phrasebook& phrases) {
  return icu::number::NumberFormatter::withLocale(icu_locale(phrases.tag()));
}

}  // namespace

std::string decimal(std::int64_t value, std::int64_t scale) {
  std::string text = std::to_string(value / scale);
  std::int64_t rest = value % scale;
  if (rest != 0) text += '.';
  while (rest != 0) {
    scale /= 10;
    text += static_cast<char>('0' + rest / scale);
    rest %= scale;
  }
  return text;
}

std::string money(const Phrasebook& phrases, std::int64_t nanos, std::string_view currency) {
  const std::string digits = decimal(nanos, kNano);
  UErrorCode status = U_ZERO_ERROR;
  const icu::CurrencyUnit unit(icu::StringPiece(currency.data(), static_cast<std::int32_t>(currency.size())), status);
  if (U_FAILURE(status)) return digits + " " + std::string(currency);
  const auto precision =
      icu::number::Precision::minMaxFraction(2, 9).trailingZeroDisplay(UNUM_TRAILING_ZERO_HIDE_IF_WHOLE);
  return formatted(plain(phrases).unit(unit).precision(precision), digits);
}

std::string months(const Phrasebook& phrases, std::int64_t thousandths) {
  return formatted(plain(phrases).unit(icu::MeasureUnit::getMonth()).unitWidth(UNUM_UNIT_WIDTH_FULL_NAME),
                   decimal(thousandths, kThousand));
}

std::string figure(const Phrasebook& phrases, std::int64_t thousandths) {
  return formatted(plain(phrases), decimal(thousandths, kThousand));
}

std::string language(const Phrasebook& phrases, const std::string& tag) {
  icu::UnicodeString name;
  icu::Locale(tag.c_str()).getDisplayName(icu_locale(phrases.tag()), name);
  return to_utf8(name);
}

struct ShortDates::Formats {
  std::unique_ptr<icu::DateFormat> this_year, other_year;
  std::unique_ptr<icu::Calendar> calendar;
  std::int32_t year = 0;

  std::int32_t year_of(Instant at) const {
    UErrorCode status = U_ZERO_ERROR;
    calendar->setTime(static_cast<UDate>(at.micros) / 1000, status);
    return calendar->get(UCAL_YEAR, status);
  }
};

ShortDates::ShortDates(const Phrasebook& phrases, std::string_view zone, Instant now)
    : formats_(std::make_unique<Formats>()) {
  const icu::Locale locale = icu_locale(phrases.tag());
  std::unique_ptr<icu::TimeZone> in(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(std::string(zone))));
  if (*in == icu::TimeZone::getUnknown()) in.reset(icu::TimeZone::createTimeZone("UTC"));
  UErrorCode status = U_ZERO_ERROR;
  const auto format = [&](const char* skeleton) {
    std::unique_ptr<icu::DateFormat> made(icu::DateFormat::createInstanceForSkeleton(skeleton, locale, status));
    if (made) made->setTimeZone(*in);
    return made;
  };
  formats_->this_year = format("dMMM");
  formats_->other_year = format("dMMMy");
  formats_->calendar.reset(icu::Calendar::createInstance(*in, locale, status));
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no dates for " + phrases.tag());
  formats_->year = formats_->year_of(now);
}

ShortDates::~ShortDates() = default;

std::string ShortDates::of(Instant at) const {
  icu::UnicodeString out;
  const auto& format = formats_->year_of(at) == formats_->year ? formats_->this_year : formats_->other_year;
  format->format(static_cast<UDate>(at.micros) / 1000, out);
  return to_utf8(out);
}

}  // namespace bursary::html
