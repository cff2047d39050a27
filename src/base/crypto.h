// Hashes, signatures, encodings and the secrets made from them; libsodium underneath. Call
// crypto_ready() once before anything else in this file.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"

namespace bursary {

// Throws std::runtime_error when libsodium cannot start.
void crypto_ready();

using Sha256 = std::array<std::uint8_t, 32>;
Sha256 sha256(std::string_view bytes);
// The same over what comes in pieces.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(const Sha256Stream&) = delete;
  Sha256Stream& operator=(const Sha256Stream&) = delete;
  void add(std::string_view bytes);
  Sha256 finish();  // once

 private:
  struct State;
  std::unique_ptr<State> state_;
};
// HMAC-SHA-256 (RFC 2104).
Sha256 hmac_sha256(std::string_view key, std::string_view bytes);
// Constant time for equal lengths.
bool same_secret(std::string_view a, std::string_view b);
inline std::string_view bytes_of(const Sha256& hash) {
  return {static_cast<const char*>(static_cast<const void*>(hash.data())), hash.size()};
}

std::string to_hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view text);
// Without padding (RFC 4648 section 5).
std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);

// Crockford's alphabet: no I, L, O, U; read back with O as 0 and I, L as 1, case and hyphens ignored.
std::string to_base32(std::string_view bytes);
std::optional<std::string> from_base32(std::string_view text);

// `bytes` random bytes as base64url: 16 bytes are 22 characters and 128 bits.
std::string random_token(Random& random, std::size_t bytes = 16);

// Ed25519 (RFC 8032). The seed is 32 bytes and is the secret.
struct SigningKey {
  std::array<std::uint8_t, 32> public_key{};
  std::array<std::uint8_t, 64> secret_key{};
  static SigningKey from_seed(std::string_view seed32);
  // First 8 bytes of the public key's SHA-256 in hex: names the key in a receipt.
  std::string id() const;
};
std::string sign(const SigningKey& key, std::string_view message);  // 64 bytes
bool signature_holds(std::string_view public_key32, std::string_view message, std::string_view signature64);

}  // namespace bursary
