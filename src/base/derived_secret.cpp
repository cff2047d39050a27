#include "base/derived_secret.h"

#include <stdexcept>

#include "base/crypto.h"

namespace bursary {
namespace {

constexpr std::size_t kIdCharacters = 13;  // 8 bytes in base 32
constexpr std::size_t kMacBytes = 16;
constexpr std::size_t kMacCharacters = 22;  // of them in base64url
constexpr std::size_t kShortestKey = 32;
constexpr std::size_t kCodeCharacters = 6;

std::string id_bytes(std::int64_t id) {
  std::string bytes(8, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(static_cast<std::uint64_t>(id) >> (56 - 8 * i) & 0xFF);
  }
  return bytes;
}

Sha256 mac_of(std::string_view purpose, std::int64_t id, std::string_view key) {
  if (key.size() < kShortestKey) throw std::logic_error("the key of derived secrets is missing or short");
  return hmac_sha256(key, std::string(purpose) + "\n" + id_bytes(id));
}

}  // namespace

std::string derived_secret(std::string_view purpose, std::int64_t id, std::string_view key) {
  const Sha256 mac = mac_of(purpose, id, key);
  return to_base32(id_bytes(id)) + "-" + to_base64url(bytes_of(mac).substr(0, kMacBytes));
}

std::optional<std::int64_t> id_in_secret(std::string_view text) {
  if (text.size() != kIdCharacters + 1 + kMacCharacters || text[kIdCharacters] != '-') return std::nullopt;
  const std::optional<std::string> bytes = from_base32(text.substr(0, kIdCharacters));
  if (!bytes || bytes->size() != 8) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : *bytes) value = value << 8 | static_cast<std::uint8_t>(c);
  if (value == 0 || value > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

std::optional<std::int64_t> read_derived_secret(std::string_view purpose, std::string_view text, std::string_view key) {
  const std::optional<std::int64_t> id = id_in_secret(text);
  if (!id || !same_secret(derived_secret(purpose, *id, key), text)) return std::nullopt;
  return id;
}

std::string derived_code(std::string_view purpose, std::int64_t id, std::string_view key) {
  const Sha256 mac = mac_of(purpose, id, key);
  return to_base32(bytes_of(mac).substr(0, 4)).substr(0, kCodeCharacters);
}

std::string typed_code(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n') continue;
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    code += upper == 'O' ? '0' : upper == 'I' || upper == 'L' ? '1' : upper;
  }
  return code;
}

}  // namespace bursary
