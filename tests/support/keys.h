// Key pairs for tests of what checks signatures; OpenSSL underneath.
#pragma once
#include <memory>
#include <string>

namespace bursary::testing {

class KeyPair {
 public:
  static KeyPair p256();
  static KeyPair rsa2048();

  // Of a P-256 key: 32 bytes, "qx" or "qy". Of an RSA key: as long as it is, "n" or "e".
  std::string number(const char* name) const;
  // Over SHA-256: ECDSA in DER, or RSASSA-PKCS1-v1_5.
  std::string sign(const std::string& message) const;

 private:
  struct Key;
  explicit KeyPair(std::shared_ptr<Key> key) : key_(std::move(key)) {}
  std::shared_ptr<Key> key_;
};

}  // namespace bursary::testing
