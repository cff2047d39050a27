#include "tests/support/keys.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <string_view>

namespace bursary::testing {
namespace {

constexpr int kCoordinate = 32;  // bytes

unsigned char* bytes_of(std::string& text) { return static_cast<unsigned char*>(static_cast<void*>(text.data())); }

}  // namespace

struct KeyPair::Key {
  explicit Key(EVP_PKEY* key) : pair(key, EVP_PKEY_free) {}
  std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> pair;
};

KeyPair KeyPair::p256() { return KeyPair(std::make_shared<Key>(EVP_EC_gen("P-256"))); }
KeyPair KeyPair::rsa2048() { return KeyPair(std::make_shared<Key>(EVP_RSA_gen(2048))); }

std::string KeyPair::number(const char* name) const {
  BIGNUM* value = nullptr;
  EVP_PKEY_get_bn_param(key_->pair.get(), name, &value);
  const bool coordinate = std::string_view(name).starts_with('q');
  std::string bytes(static_cast<std::size_t>(coordinate ? kCoordinate : BN_num_bytes(value)), '\0');
  BN_bn2binpad(value, bytes_of(bytes), static_cast<int>(bytes.size()));
  BN_free(value);
  return bytes;
}

std::string KeyPair::sign(const std::string& message) const {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  const auto* bytes = static_cast<const unsigned char*>(static_cast<const void*>(message.data()));
  EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_->pair.get());
  std::size_t size = 0;
  EVP_DigestSign(context.get(), nullptr, &size, bytes, message.size());
  std::string made(size, '\0');
  EVP_DigestSign(context.get(), bytes_of(made), &size, bytes, message.size());
  made.resize(size);
  return made;
}

}  // namespace bursary::testing
