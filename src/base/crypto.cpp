#include "base/crypto.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <cstring>
#include <stdexcept>
#include <vector>

namespace bursary {
namespace {

const unsigned char* raw(std::string_view bytes) {
  return static_cast<const unsigned char*>(static_cast<const void*>(bytes.data()));
}

// Fetched once: a fetch takes a lock.
const EVP_MD* openssl_sha256() {
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  if (algorithm == nullptr) throw std::runtime_error("OpenSSL has no SHA-256");
  return algorithm;
}

struct FreeDigest {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

int crockford_value(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  const auto at = kCrockford.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

void crypto_ready() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium could not be initialised");
}

// OpenSSL's uses the processor's own instructions where it has them: five times as fast as libsodium's on the answers
// of a form.
Sha256 sha256(std::string_view bytes) {
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeDigest> context(EVP_MD_CTX_new());
  Sha256 out{};
  if (!context || EVP_DigestInit_ex2(context.get(), openssl_sha256(), nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), out.data(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL could not hash");
  }
  return out;
}

struct Sha256Stream::State {
  crypto_hash_sha256_state sodium;
};
Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) { crypto_hash_sha256_init(&state_->sodium); }
Sha256Stream::~Sha256Stream() = default;
void Sha256Stream::add(std::string_view bytes) { crypto_hash_sha256_update(&state_->sodium, raw(bytes), bytes.size()); }
Sha256 Sha256Stream::finish() {
  Sha256 out{};
  crypto_hash_sha256_final(&state_->sodium, out.data());
  return out;
}

Sha256 hmac_sha256(std::string_view key, std::string_view bytes) {
  Sha256 out{};
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, raw(key), key.size());
  crypto_auth_hmacsha256_update(&state, raw(bytes), bytes.size());
  crypto_auth_hmacsha256_final(&state, out.data());
  return out;
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

std::string to_hex(std::string_view bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), raw(bytes), bytes.size());
  out.pop_back();
  return out;
}

std::optional<std::string> from_hex(std::string_view text) {
  std::vector<unsigned char> out(text.size() / 2 + 1);
  std::size_t length = 0;
  if (text.size() % 2 != 0 ||
      sodium_hex2bin(out.data(), out.size(), text.data(), text.size(), nullptr, &length, nullptr) != 0 ||
      length != text.size() / 2) {
    return std::nullopt;
  }
  return std::string(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(length));
}

std::string to_base64url(std::string_view bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string out(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(out.data(), out.size(), raw(bytes), bytes.size(), kVariant);
  out.pop_back();
  return out;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::vector<unsigned char> out(text.size() + 1);
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(out.data(), out.size(), text.data(), text.size(), nullptr, &length, &end,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
      end != text.data() + text.size()) {
    return std::nullopt;
  }
  return std::string(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(length));
}

std::string to_base32(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() * 8 + 4) / 5);
  unsigned buffer = 0;
  unsigned bits = 0;
  for (const char c : bytes) {
    buffer = (buffer << 8) | static_cast<unsigned char>(c);
    bits += 8;
    for (; bits >= 5; bits -= 5) out += kCrockford[(buffer >> (bits - 5)) & 31];
    buffer &= (1U << bits) - 1;
  }
  if (bits > 0) out += kCrockford[(buffer << (5 - bits)) & 31];
  return out;
}

std::optional<std::string> from_base32(std::string_view text) {
  std::string out;
  unsigned buffer = 0;
  unsigned bits = 0;
  for (const char c : text) {
    if (c == '-' || c == ' ') continue;
    const int value = crockford_value(c);
    if (value < 0) return std::nullopt;
    buffer = (buffer << 5) | static_cast<unsigned>(value);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>((buffer >> bits) & 0xFF);
      buffer &= (1U << bits) - 1;
    }
  }
  return out;
}

std::string random_token(Random& random, std::size_t bytes) {
  std::vector<std::uint8_t> raw_bytes(bytes);
  random.fill(raw_bytes);
  return to_base64url({static_cast<const char*>(static_cast<const void*>(raw_bytes.data())), raw_bytes.size()});
}

SigningKey SigningKey::from_seed(std::string_view seed32) {
  if (seed32.size() != crypto_sign_SEEDBYTES) throw std::invalid_argument("a signing seed is 32 bytes");
  SigningKey key;
  crypto_sign_seed_keypair(key.public_key.data(), key.secret_key.data(), raw(seed32));
  return key;
}

std::string SigningKey::id() const {
  const std::string_view bytes{static_cast<const char*>(static_cast<const void*>(public_key.data())),
                               public_key.size()};
  return to_hex(bytes_of(sha256(bytes)).substr(0, 8));
}

std::string sign(const SigningKey& key, std::string_view message) {
  unsigned char signature[crypto_sign_BYTES];
  crypto_sign_detached(signature, nullptr, raw(message), message.size(), key.secret_key.data());
  return {static_cast<const char*>(static_cast<const void*>(signature)), sizeof signature};
}

bool signature_holds(std::string_view public_key32, std::string_view message, std::string_view signature64) {
  return public_key32.size() == crypto_sign_PUBLICKEYBYTES && signature64.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(raw(signature64), raw(message), message.size(), raw(public_key32)) == 0;
}

}  // namespace bursary
