#include "base/instant.h"

#include <fmt/format.h>

#include <charconv>

namespace bursary {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  const char* first = text.data() + at;
  auto [end, problem] = std::from_chars(first, first + count, value);
  if (problem != std::errc{} || end != first + count || *first == '-') return std::nullopt;
  return value;
}

// The fraction ".123456" as microseconds; `at` moves past it. Further digits are cut.
std::optional<std::int64_t> fraction(std::string_view text, std::size_t& at) {
  if (at >= text.size() || text[at] != '.') return 0;
  ++at;
  std::int64_t micros = 0;
  std::int64_t unit = kSecond / 10;
  const std::size_t start = at;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10) micros += (text[at] - '0') * unit;
  if (at == start) return std::nullopt;
  return micros;
}

// "Z" or "+05:30" at the end of the text, in microseconds east of UTC.
std::optional<std::int64_t> offset(std::string_view text, std::size_t at) {
  if (text.substr(at) == "Z" || text.substr(at) == "z") return 0;
  if (text.size() != at + 6 || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') return std::nullopt;
  const auto hours = digits(text, at + 1, 2);
  const auto minutes = digits(text, at + 4, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const std::int64_t east = (std::int64_t{*hours} * 60 + *minutes) * 60 * kSecond;
  return text[at] == '-' ? -east : east;
}

struct Civil {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<Microseconds> time;
  unsigned weekday;
};

Civil civil(Instant at) {
  using namespace std::chrono;
  const sys_time<Microseconds> point{Microseconds{at.micros}};
  const auto day = floor<days>(point);
  return {year_month_day{day}, hh_mm_ss<Microseconds>{point - day}, weekday{day}.c_encoding()};
}

}  // namespace

std::string to_rfc3339(Instant at) {
  const Civil c = civil(at);
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(c.date.year()),
                                 static_cast<unsigned>(c.date.month()), static_cast<unsigned>(c.date.day()),
                                 c.time.hours().count(), c.time.minutes().count(), c.time.seconds().count());
  if (const auto rest = c.time.subseconds().count(); rest != 0) text += fmt::format(".{:06}", rest);
  return text + "Z";
}

std::string to_http_date(Instant at) {
  static constexpr std::string_view kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Civil c = civil(at);
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[c.weekday], static_cast<unsigned>(c.date.day()),
                     kMonths[static_cast<unsigned>(c.date.month()) - 1], static_cast<int>(c.date.year()),
                     c.time.hours().count(), c.time.minutes().count(), c.time.seconds().count());
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  using namespace std::chrono;
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't') || text[13] != ':' ||
      text[16] != ':') {
    return std::nullopt;
  }
  const auto y = digits(text, 0, 4), mo = digits(text, 5, 2), d = digits(text, 8, 2);
  const auto h = digits(text, 11, 2), mi = digits(text, 14, 2), s = digits(text, 17, 2);
  if (!y || !mo || !d || !h || !mi || !s || *h > 23 || *mi > 59 || *s > 59) return std::nullopt;
  const year_month_day date{year{*y}, month{static_cast<unsigned>(*mo)}, day{static_cast<unsigned>(*d)}};
  if (!date.ok()) return std::nullopt;
  std::size_t at = 19;
  const auto micros = fraction(text, at);
  if (!micros) return std::nullopt;
  const auto east = offset(text, at);
  if (!east) return std::nullopt;
  const auto point = sys_days{date} + hours{*h} + minutes{*mi} + seconds{*s};
  return Instant{duration_cast<Microseconds>(point.time_since_epoch()).count() + *micros - *east};
}

Instant SystemClock::now() const {
  return {std::chrono::duration_cast<Microseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

}  // namespace bursary
