#include <stdexcept>

#include "features/applications/applications.h"

namespace bursary::applications {
namespace {

constexpr std::size_t kIdCharacters = 13;      // 8 bytes in base 32
constexpr std::size_t kSecretCharacters = 22;  // 16 bytes in base64url

std::string id_bytes(ApplicationId id) {
  std::string bytes(8, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(static_cast<std::uint64_t>(id.value) >> (56 - 8 * i) & 0xFF);
  }
  return bytes;
}

}  // namespace

LinkSecret LinkSecret::make(ApplicationId id, Random& random) {
  return {to_base32(id_bytes(id)) + "-" + random_token(random, 16)};
}

LinkSecret LinkSecret::derive(ApplicationId id, std::string_view secret) {
  if (secret.size() < 32) throw std::logic_error("applications::Parts::secret is missing or short");
  const std::string bytes = id_bytes(id);
  const Sha256 mac = hmac_sha256(secret, "bursary private link 1\n" + bytes);
  return {to_base32(bytes) + "-" + to_base64url(bytes_of(mac).substr(0, 16))};
}

std::optional<ApplicationId> LinkSecret::id_of(std::string_view text) {
  if (text.size() != kIdCharacters + 1 + kSecretCharacters || text[kIdCharacters] != '-') return std::nullopt;
  const std::optional<std::string> bytes = from_base32(text.substr(0, kIdCharacters));
  if (!bytes || bytes->size() != 8) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : *bytes) value = value << 8 | static_cast<std::uint8_t>(c);
  if (value == 0 || value > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
  return ApplicationId{static_cast<std::int64_t>(value)};
}

}  // namespace bursary::applications
