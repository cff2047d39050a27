#include "features/programs/time_zone.h"

#include <unicode/gregocal.h>
#include <unicode/timezone.h>

#include <charconv>

namespace bursary::programs {
namespace {

std::unique_ptr<icu::TimeZone> zone_of(std::string_view iana) {
  const icu::UnicodeString id =
      icu::UnicodeString::fromUTF8(icu::StringPiece(iana.data(), static_cast<int32_t>(iana.size())));
  return std::unique_ptr<icu::TimeZone>(icu::TimeZone::createTimeZone(id));
}

std::optional<int> digits(std::string_view text, std::size_t from, std::size_t count) {
  const std::string_view part = text.substr(from, count);
  int out = 0;
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), out);
  if (part.size() != count || error != std::errc{} || end != part.data() + part.size()) return std::nullopt;
  return out;
}

}  // namespace

bool is_time_zone(std::string_view iana) {
  // ICU takes "GMT+3" and the like for zones of its own; a program names a place.
  if (iana.empty() || iana.size() > 64 || (iana != "UTC" && iana.find('/') == std::string_view::npos)) return false;
  return *zone_of(iana) != icu::TimeZone::getUnknown();
}

bool is_date(std::string_view text) {
  const auto year = digits(text, 0, 4);
  const auto month = text.size() == 10 ? digits(text, 5, 2) : std::nullopt;
  const auto day = text.size() == 10 ? digits(text, 8, 2) : std::nullopt;
  if (!year || !month || !day || text[4] != '-' || text[7] != '-') return false;
  return std::chrono::year_month_day(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                     std::chrono::day(static_cast<unsigned>(*day)))
      .ok();
}

std::optional<Instant> from_wall_clock(std::string_view local, std::string_view iana) {
  const auto hour = local.size() == 19 ? digits(local, 11, 2) : std::nullopt;
  const auto minute = local.size() == 19 ? digits(local, 14, 2) : std::nullopt;
  const auto second = local.size() == 19 ? digits(local, 17, 2) : std::nullopt;
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59 || local[10] != 'T')
    return std::nullopt;
  if (!is_date(local.substr(0, 10))) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  icu::GregorianCalendar calendar(*zone_of(iana), status);
  calendar.clear();
  const auto part = [&](std::size_t from, std::size_t count) { return digits(local, from, count).value_or(0); };
  calendar.set(part(0, 4), part(5, 2) - 1, part(8, 2), *hour, *minute, *second);
  const UDate millis = calendar.getTime(status);
  if (U_FAILURE(status)) return std::nullopt;
  return Instant{static_cast<std::int64_t>(millis) * 1000};
}

}  // namespace bursary::programs
