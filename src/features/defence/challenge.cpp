#include "features/defence/challenge.h"

#include <algorithm>
#include <bit>

#include "base/crypto.h"

namespace bursary::defence {
namespace {

constexpr std::size_t kTimeBytes = 8;
constexpr std::size_t kIdBytes = 12;
constexpr std::size_t kSignedBytes = kTimeBytes + 1 + kIdBytes;
constexpr std::size_t kMacBytes = 16;
constexpr std::size_t kLongestNonce = 20;
// Nodes' clocks may differ by this much.
constexpr std::chrono::minutes kClockSkew{2};

std::string mac_of(std::string_view secret, std::string_view payload) {
  const Sha256 mac = hmac_sha256(secret, "bursary challenge 1\n" + std::string(payload));
  return std::string(bytes_of(mac).substr(0, kMacBytes));
}

int leading_zero_bits(const Sha256& hash) {
  int bits = 0;
  for (const std::uint8_t byte : hash) {
    bits += std::countl_zero(byte);
    if (byte != 0) break;
  }
  return bits;
}

bool is_nonce(std::string_view text) {
  return !text.empty() && text.size() <= kLongestNonce &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Challenge make_challenge(std::string_view secret, Instant now, int bits, Random& random) {
  std::string payload;
  for (int shift = 56; shift >= 0; shift -= 8) payload += static_cast<char>((now.micros >> shift) & 0xFF);
  payload += static_cast<char>(bits);
  std::uint8_t id[kIdBytes];
  random.fill(id);
  for (const std::uint8_t byte : id) payload += static_cast<char>(byte);
  return {to_base64url(payload + mac_of(secret, payload)), bits};
}

std::optional<Proof> check_proof(std::string_view secret, std::string_view proof, Instant now,
                                 std::chrono::seconds life) {
  const std::size_t colon = proof.find(':');
  if (colon == std::string_view::npos || !is_nonce(proof.substr(colon + 1))) return std::nullopt;
  const std::optional<std::string> challenge = from_base64url(proof.substr(0, colon));
  if (!challenge || challenge->size() != kSignedBytes + kMacBytes) return std::nullopt;
  const std::string_view payload = std::string_view(*challenge).substr(0, kSignedBytes);
  if (!same_secret(mac_of(secret, payload), std::string_view(*challenge).substr(kSignedBytes))) return std::nullopt;

  std::uint64_t micros = 0;
  for (const char c : payload.substr(0, kTimeBytes)) micros = (micros << 8U) | static_cast<unsigned char>(c);
  const Instant issued{static_cast<std::int64_t>(micros)};
  if (now - issued > life || issued - now > kClockSkew) return std::nullopt;
  const int bits = static_cast<unsigned char>(payload[kTimeBytes]);
  if (leading_zero_bits(sha256(proof)) < bits) return std::nullopt;
  return Proof{std::string(payload.substr(kTimeBytes + 1)), issued};
}

std::string solve(const Challenge& challenge) {
  const std::string prefix = challenge.text + ':';
  for (std::uint64_t nonce = 0;; ++nonce) {
    std::string proof = prefix + std::to_string(nonce);
    if (leading_zero_bits(sha256(proof)) >= challenge.bits) return proof;
  }
}

}  // namespace bursary::defence
