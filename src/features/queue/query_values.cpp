#include "features/queue/query_values.h"

#include <algorithm>
#include <chrono>

#include "base/number.h"
#include "base/text.h"

namespace bursary::queue {
namespace {

constexpr std::int64_t kHour = 3'600'000'000;  // micros
constexpr std::int64_t kMostWhole = 1'000'000'000;

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::int64_t> whole(std::string_view digits) {
  if (!all_digits(digits) || digits.size() > 10) return std::nullopt;
  return read_integer(digits);
}

// [first moment, first moment after) of a day, a month or a year.
std::optional<std::pair<std::int64_t, std::int64_t>> one_day(std::string_view text) {
  using namespace std::chrono;
  std::int64_t parts[3] = {0, 1, 1};
  std::size_t count = 0;
  for (std::string_view rest = text; count < 3;) {
    const auto dash = rest.find('-');
    const std::string_view part = rest.substr(0, dash);
    if (part.size() != (count == 0 ? 4U : 2U)) return std::nullopt;
    const auto value = whole(part);
    if (!value) return std::nullopt;
    parts[count++] = *value;
    if (dash == std::string_view::npos) break;
    if (count == 3) return std::nullopt;
    rest.remove_prefix(dash + 1);
  }
  const auto y = year{static_cast<int>(parts[0])};
  if (y < year{1970} || y > year{9998}) return std::nullopt;
  const auto m = month{static_cast<unsigned>(parts[1])};
  const auto d = day{static_cast<unsigned>(parts[2])};
  const year_month_day first{y, m, d};
  if (!first.ok()) return std::nullopt;
  const auto micros = [](sys_days at) { return duration_cast<microseconds>(at.time_since_epoch()).count(); };
  const sys_days begin{first};
  sys_days end = begin + days{1};
  if (count == 1) end = sys_days{year_month_day{y + years{1}, month{1}, day{1}}};
  if (count == 2) {
    const auto next = year_month{y, m} + months{1};
    end = sys_days{next / day{1}};
  }
  return std::pair{micros(begin), micros(end)};
}

std::optional<std::int64_t> ago(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const auto count = whole(text.substr(0, text.size() - 1));
  if (!count || *count > 100'000) return std::nullopt;
  switch (text.back()) {
    case 'h':
      return *count * kHour;
    case 'd':
      return *count * 24 * kHour;
    case 'w':
      return *count * 7 * 24 * kHour;
    case 'm':
      return *count * 30 * 24 * kHour;
    default:
      return std::nullopt;
  }
}

enum class Sign { none, less, less_or_equal, more, more_or_equal };
Sign take_sign(std::string_view& text) {
  const auto take = [&](std::string_view sign) {
    if (!text.starts_with(sign)) return false;
    text.remove_prefix(sign.size());
    return true;
  };
  if (take(">=") || take("≥")) return Sign::more_or_equal;
  if (take("<=") || take("≤")) return Sign::less_or_equal;
  if (take(">")) return Sign::more;
  if (take("<")) return Sign::less;
  return Sign::none;
}

// "5,000.25" in parts of 1/scale; nothing for what has more digits than the scale.
std::optional<std::int64_t> number(std::string_view text, std::int64_t scale) {
  std::string digits;
  const auto point = text.find('.');
  for (const char c : text.substr(0, point)) {
    if (c != ',' && c != '_') digits += c;
  }
  const auto units = whole(digits);
  if (!units || *units > kMostWhole) return std::nullopt;
  std::int64_t value = *units * scale;
  if (point == std::string_view::npos) return value;
  const std::string_view fraction = text.substr(point + 1);
  if (!all_digits(fraction)) return std::nullopt;
  for (const char c : fraction) {
    if (scale == 1) return std::nullopt;
    scale /= 10;
    value += (c - '0') * scale;
  }
  return value;
}

Stretch compared(Sign sign, std::int64_t from, std::int64_t until) {
  switch (sign) {
    case Sign::less:
      return {std::nullopt, from};
    case Sign::less_or_equal:
      return {std::nullopt, until};
    case Sign::more:
      return {until, std::nullopt};
    case Sign::more_or_equal:
      return {from, std::nullopt};
    case Sign::none:
      break;
  }
  return {from, until};
}

// `one` reads what stands on a side: [from, until).
template <class One>
std::optional<Stretch> stretch(std::string_view text, const One& one) {
  if (const auto dots = text.find(".."); dots != std::string_view::npos) {
    const std::string_view left = text.substr(0, dots), right = text.substr(dots + 2);
    if (left.empty() && right.empty()) return std::nullopt;
    Stretch out;
    if (!left.empty()) {
      const auto begin = one(left);
      if (!begin) return std::nullopt;
      out.from = begin->first;
    }
    if (!right.empty()) {
      const auto end = one(right);
      if (!end) return std::nullopt;
      out.until = end->second;
    }
    if (out.from && out.until && *out.from >= *out.until) return std::nullopt;
    return out;
  }
  const Sign sign = take_sign(text);
  const auto both = one(text);
  if (!both) return std::nullopt;
  return compared(sign, both->first, both->second);
}

}  // namespace

std::optional<Stretch> read_days(std::string_view text, Instant now) {
  std::string_view back = text;
  const Sign sign = take_sign(back);
  if (const auto micros = ago(back)) {
    const std::int64_t then = std::max<std::int64_t>(0, now.micros - *micros);
    if (sign == Sign::more || sign == Sign::more_or_equal) return Stretch{std::nullopt, then};
    return Stretch{then, std::nullopt};
  }
  return stretch(text, one_day);
}

std::optional<Stretch> read_numbers(std::string_view text, std::int64_t scale) {
  return stretch(text, [&](std::string_view side) -> std::optional<std::pair<std::int64_t, std::int64_t>> {
    const auto value = number(side, scale);
    if (!value) return std::nullopt;
    return std::pair{*value, *value + 1};
  });
}

std::optional<ReadingStretch> read_money(std::string_view text) {
  ReadingStretch out;
  std::string bare;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter) {
      out.currency += static_cast<char>(c & ~0x20);
    } else if (c != ' ') {
      bare += c;
    }
  }
  // "USD5000..USD9000" says it twice.
  if (out.currency.size() == 6 && out.currency.substr(0, 3) == out.currency.substr(3)) out.currency.resize(3);
  if (!out.currency.empty() && out.currency.size() != 3) return std::nullopt;
  const auto nanos = read_numbers(bare, 1'000'000'000);
  if (!nanos) return std::nullopt;
  out.value = *nanos;
  return out;
}

}  // namespace bursary::queue
