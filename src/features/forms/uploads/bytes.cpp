#include "features/forms/uploads/bytes.h"

#include <algorithm>
#include <array>

namespace bursary::forms {
namespace {

using namespace std::string_view_literals;

std::optional<std::uint32_t> number(std::string_view bytes, std::size_t at, std::size_t length, bool little) {
  if (at > bytes.size() || bytes.size() - at < length) return std::nullopt;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < length; ++i) {
    const std::size_t place = little ? length - 1 - i : i;
    value = value << 8 | static_cast<unsigned char>(bytes[at + place]);
  }
  return value;
}

constexpr std::array kPrograms{"MZ"sv,
                               "\x7f"
                               "ELF"sv,
                               "\xfe\xed\xfa\xce"sv,
                               "\xfe\xed\xfa\xcf"sv,
                               "\xcf\xfa\xed\xfe"sv,
                               "\xce\xfa\xed\xfe"sv,
                               "\xca\xfe\xba\xbe"sv,
                               "\0asm"sv,
                               "#!"sv,
                               "\xef\xbb\xbf#!"sv};

}  // namespace

std::optional<std::uint32_t> little16(std::string_view bytes, std::size_t at) { return number(bytes, at, 2, true); }
std::optional<std::uint32_t> little32(std::string_view bytes, std::size_t at) { return number(bytes, at, 4, true); }
std::optional<std::uint32_t> big16(std::string_view bytes, std::size_t at) { return number(bytes, at, 2, false); }
std::optional<std::uint32_t> big32(std::string_view bytes, std::size_t at) { return number(bytes, at, 4, false); }

std::optional<std::size_t> zip_end(std::string_view bytes) {
  constexpr std::size_t kRecord = 22;
  constexpr std::size_t kLongestComment = 65'535;
  if (bytes.size() < kRecord) return std::nullopt;
  const std::size_t first = bytes.size() - std::min(bytes.size(), kRecord + kLongestComment);
  for (std::size_t at = bytes.size() - kRecord;; --at) {
    if (bytes.substr(at, 4) == "PK\x05\x06"sv && at + kRecord + little16(bytes, at + 20).value_or(0) == bytes.size())
      return at;
    if (at == first) return std::nullopt;
  }
}

bool is_program(std::string_view bytes) {
  return std::ranges::any_of(kPrograms, [&](std::string_view magic) { return bytes.starts_with(magic); });
}

}  // namespace bursary::forms
