#include "html/entities.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace bursary::html {
namespace {

// What prose needs; the other two thousand names of HTML can be typed as the characters themselves.
constexpr std::array<std::pair<std::string_view, std::string_view>, 29> kNamed = {{
    {"amp", "&"},        {"apos", "'"},        {"bull", "\u2022"},  {"cent", "\u00A2"},   {"copy", "\u00A9"},
    {"deg", "\u00B0"},   {"emsp", "\u2003"},   {"ensp", "\u2002"},  {"euro", "\u20AC"},   {"ge", "\u2265"},
    {"gt", ">"},         {"hellip", "\u2026"}, {"laquo", "\u00AB"}, {"ldquo", "\u201C"},  {"le", "\u2264"},
    {"lsquo", "\u2018"}, {"lt", "<"},          {"mdash", "\u2014"}, {"middot", "\u00B7"}, {"minus", "\u2212"},
    {"nbsp", "\u00A0"},  {"ndash", "\u2013"},  {"pound", "\u00A3"}, {"quot", "\""},       {"raquo", "\u00BB"},
    {"rdquo", "\u201D"}, {"rsquo", "\u2019"},  {"times", "\u00D7"}, {"yen", "\u00A5"},
}};

bool is_character(std::uint32_t code) {
  const bool control = (code < 0x20 && code != '\t' && code != '\n') || (code >= 0x7F && code < 0xA0);
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  return !control && !surrogate && code <= 0x10FFFF;
}

std::string to_utf8(std::uint32_t code) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xC0 | code >> 6), byte(0x80 | (code & 0x3F))};
  if (code < 0x10000) return {byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F))};
  return {byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 0x3F)), byte(0x80 | (code >> 6 & 0x3F)),
          byte(0x80 | (code & 0x3F))};
}

}  // namespace

std::string decode_entity(std::string_view reference) {
  if (reference.size() < 3 || !reference.starts_with('&') || !reference.ends_with(';')) return std::string(reference);
  std::string_view name = reference.substr(1, reference.size() - 2);
  if (name.front() != '#') {
    const auto found = std::lower_bound(kNamed.begin(), kNamed.end(), name,
                                        [](const auto& a, std::string_view b) { return a.first < b; });
    return std::string(found != kNamed.end() && found->first == name ? found->second : reference);
  }
  name.remove_prefix(1);
  const bool hex = name.starts_with('x') || name.starts_with('X');
  if (hex) name.remove_prefix(1);
  std::uint32_t code = 0;
  const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), code, hex ? 16 : 10);
  const bool whole = problem == std::errc{} && end == name.data() + name.size();
  return whole && is_character(code) ? to_utf8(code) : std::string(reference);
}

}  // namespace bursary::html
