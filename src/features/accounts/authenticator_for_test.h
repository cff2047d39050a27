// An authenticator in software, as WebAuthn level 2 describes one: for tests that bend what it says.
#pragma once
#include <cbor.h>

#include <memory>
#include <string>

#include "base/crypto.h"
#include "features/accounts/passkeys.h"
#include "tests/support/keys.h"

namespace bursary::accounts {

class AuthenticatorForTest {
 public:
  // What it says of itself and of where it is; a test changes what it wants to bend.
  std::string origin = "https://apply.example.org", host = "apply.example.org";
  std::uint8_t flags = 0x05;  // present and verified
  std::uint32_t count = 0;
  std::string credential_id = "a credential of the test";
  std::string create_type = "webauthn.create", get_type = "webauthn.get";

  // `options`: the server's JSON; only its challenge is looked at.
  Registration make(const std::string& options) const {
    return {client_data(create_type, challenge_of(options)), attestation_object()};
  }
  PasskeyAnswer sign(const std::string& options) const {
    const std::string client = client_data(get_type, challenge_of(options));
    const std::string data = authenticator_data(flags, false);
    return {credential_id, {client, data, key_.sign(data + std::string(bytes_of(sha256(client))))}};
  }

 private:
  static std::string challenge_of(const std::string& options) {
    const std::string name = "\"challenge\":\"";
    const auto from = options.find(name) + name.size();
    return options.substr(from, options.find('"', from) - from);
  }
  std::string client_data(const std::string& type, const std::string& challenge) const {
    return fmt::format(R"({{"type":"{}","challenge":"{}","origin":"{}","crossOrigin":false}})", type, challenge,
                       origin);
  }
  // COSE_Key of an ES256 key: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
  std::string cose_key() const {
    return std::string("\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", 10) + key_.number("qx") +
           std::string("\x22\x58\x20", 3) + key_.number("qy");
  }
  std::string authenticator_data(std::uint8_t says, bool with_key) const {
    std::string data(bytes_of(sha256(host)));
    data += static_cast<char>(says);
    for (const unsigned shift : {24U, 16U, 8U, 0U}) data += static_cast<char>(count >> shift & 0xff);
    if (!with_key) return data;
    data += std::string(16, '\0');  // AAGUID
    data += static_cast<char>(credential_id.size() >> 8);
    data += static_cast<char>(credential_id.size() & 0xff);
    return data + credential_id + cose_key();
  }
  std::string attestation_object() const {
    const std::string data = authenticator_data(flags | 0x40, true);
    cbor_item_t* map = cbor_new_definite_map(3);
    const auto put = [&](const char* name, cbor_item_t* value) {
      const bool added = cbor_map_add(map, {cbor_move(cbor_build_string(name)), cbor_move(value)});
      static_cast<void>(added);
    };
    put("fmt", cbor_build_string("none"));
    put("attStmt", cbor_new_definite_map(0));
    put("authData",
        cbor_build_bytestring(static_cast<const unsigned char*>(static_cast<const void*>(data.data())), data.size()));
    unsigned char* bytes = nullptr;
    std::size_t room = 0;
    const std::size_t size = cbor_serialize_alloc(map, &bytes, &room);
    std::string object(static_cast<const char*>(static_cast<const void*>(bytes)), size);
    std::free(bytes);
    cbor_decref(&map);
    return object;
  }
  testing::KeyPair key_ = testing::KeyPair::p256();
};

}  // namespace bursary::accounts
