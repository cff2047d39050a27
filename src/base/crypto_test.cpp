#include "base/crypto.h"

#include <doctest/doctest.h>

using namespace bursary;

namespace {

std::string bytes(std::string_view hex) { return from_hex(hex).value_or("no hex"); }
std::string hex(const Sha256& hash) { return to_hex(bytes_of(hash)); }

}  // namespace

TEST_CASE("SHA-256 (FIPS 180-4 examples)") {
  crypto_ready();
  CHECK(hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("HMAC-SHA-256 (RFC 4231)") {
  CHECK(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(hex(hmac_sha256(std::string(20, '\xaa'), std::string(50, '\xdd'))) ==
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  CHECK(hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("Ed25519 (RFC 8032, section 7.1)") {
  crypto_ready();
  struct Vector {
    const char *seed, *public_key, *message, *signature;
  };
  for (const Vector& v : {
           Vector{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                  "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                  "d25bf5f0595bbe24655141438e7a100b"},
           Vector{"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                  "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                  "387b2eaeb4302aeeb00d291612bb0c00"},
           Vector{"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                  "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                  "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                  "4a7c15e9716ed28dc027beceea1ec40a"},
       }) {
    const SigningKey key = SigningKey::from_seed(bytes(v.seed));
    const std::string public_key(key.public_key.begin(), key.public_key.end());
    CHECK(to_hex(public_key) == v.public_key);
    const std::string message = bytes(v.message);
    const std::string signature = sign(key, message);
    CHECK(to_hex(signature) == v.signature);
    CHECK(signature_holds(public_key, message, signature));
    CHECK_FALSE(signature_holds(public_key, message + "!", signature));
    std::string other = signature;
    other[10] = static_cast<char>(other[10] ^ 1);
    CHECK_FALSE(signature_holds(public_key, message, other));
    CHECK_FALSE(signature_holds(public_key, message, signature.substr(1)));
    CHECK_FALSE(signature_holds(public_key.substr(1), message, signature));
    CHECK(key.id() == to_hex(bytes_of(sha256(public_key))).substr(0, 16));
  }
  CHECK_THROWS_AS(SigningKey::from_seed("short"), std::invalid_argument);
}

TEST_CASE("hex") {
  CHECK(to_hex(std::string_view("\x00\xff\x10", 3)) == "00ff10");
  CHECK(from_hex("00FF10") == std::string("\x00\xff\x10", 3));
  CHECK(from_hex("") == "");
  for (const char* bad : {"0", "0g", "00 ", "zz", "00:ff"}) CHECK_FALSE_MESSAGE(from_hex(bad).has_value(), bad);
}

TEST_CASE("base64url without padding (RFC 4648)") {
  const std::pair<const char*, const char*> vectors[] = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},         {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, coded] : vectors) {
    CHECK(to_base64url(plain) == coded);
    CHECK(from_base64url(coded) == plain);
  }
  CHECK(to_base64url("\xfb\xff\xfe") == "-__-");
  for (const char* bad : {"Zg==", "+//+", "Z", "Zm 9v", "Zm9v\n"})
    CHECK_FALSE_MESSAGE(from_base64url(bad).has_value(), bad);
}

TEST_CASE("base32 that can be read out on the phone (Crockford)") {
  CHECK(to_base32("") == "");
  CHECK(to_base32("f") == "CR");
  CHECK(to_base32("foobar") == "CSQPYRK1E8");
  CHECK(to_base32("\xff\xff\xff\xff\xff") == "ZZZZZZZZ");
  CHECK(from_base32("CSQPYRK1E8") == "foobar");
  CHECK(from_base32("csqp-yrkl-e8") == "foobar");  // l is 1
  CHECK(from_base32("OOIL") == from_base32("0011"));
  for (const char* bad : {"U", "CSQ!", "é"}) CHECK_FALSE_MESSAGE(from_base32(bad).has_value(), bad);
}

TEST_CASE("secrets: compared as a whole, and long enough") {
  CHECK(same_secret("token", "token"));
  CHECK_FALSE(same_secret("token", "tokem"));
  CHECK_FALSE(same_secret("token", "token1"));
  CHECK(same_secret("", ""));
  SystemRandom random;
  const std::string token = random_token(random);
  CHECK(token.size() == 22);
  CHECK(from_base64url(token).value().size() == 16);
  CHECK(random_token(random) != token);
  CHECK(random_token(random, 32).size() == 43);
}
