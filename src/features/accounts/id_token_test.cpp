// ID tokens: which are believed, and every way not to be.
#include "features/accounts/id_token.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <functional>
#include <memory>

#include "base/crypto.h"
#include "tests/support/keys.h"

using namespace bursary;
using namespace bursary::accounts;
namespace json = boost::json;

namespace {

constexpr std::int64_t kNow = 1'800'000'000;
ExpectedToken expected_now() { return {"https://id.example.org", "bursary", "the-nonce", Instant{kNow * 1'000'000}}; }

class TestIssuer {
 public:
  explicit TestIssuer(std::string name = "k1") : name_(std::move(name)) { crypto_ready(); }

  std::string keys() const {
    return json::serialize(json::object{{"keys", json::array{json::object{{"kty", "RSA"},
                                                                          {"kid", name_},
                                                                          {"use", "sig"},
                                                                          {"n", to_base64url(key_.number("n"))},
                                                                          {"e", to_base64url(key_.number("e"))}}}}});
  }
  static json::object claims() {
    return {{"iss", expected_now().issuer},
            {"aud", expected_now().client_id},
            {"sub", "ada"},
            {"nonce", expected_now().nonce},
            {"iat", kNow - 5},
            {"exp", kNow + 60},
            {"name", "Ada Byron"},
            {"email", "ada@example.org"},
            {"email_verified", true}};
  }
  json::object header() const { return {{"alg", "RS256"}, {"kid", name_}}; }
  std::string token(const json::object& claims, const json::object& header) const {
    const std::string text = to_base64url(json::serialize(header)) + '.' + to_base64url(json::serialize(claims));
    return text + '.' + to_base64url(key_.sign(text));
  }
  std::string token(const json::object& claims) const { return token(claims, header()); }

 private:
  std::string name_;
  testing::KeyPair key_ = testing::KeyPair::rsa2048();
};

// A token of the shared secret kind, made with what everybody knows: the public key.
std::string signed_with_public_key(const std::string& keys) {
  const std::string text =
      to_base64url(R"({"alg":"HS256","kid":"k1"})") + '.' + to_base64url(json::serialize(TestIssuer::claims()));
  return text + '.' + to_base64url(bytes_of(hmac_sha256(keys, text)));
}

}  // namespace

TEST_CASE("a token for us, now, of this attempt is believed") {
  const TestIssuer issuer;
  const auto claims = check_id_token(issuer.token(TestIssuer::claims()), issuer.keys(), expected_now());
  REQUIRE(claims);
  CHECK(claims->subject == "ada");
  CHECK(claims->issuer == "https://id.example.org");
  CHECK(claims->name == "Ada Byron");
  CHECK(claims->email == "ada@example.org");
  CHECK(claims->email_verified);
  json::object several = TestIssuer::claims();
  several["aud"] = json::array{"bursary", "another"};
  several["azp"] = "bursary";
  CHECK(check_id_token(issuer.token(several), issuer.keys(), expected_now()));
}

TEST_CASE("wrong issuer, audience, nonce, clock, subject: nobody is in") {
  const TestIssuer issuer;
  const struct {
    const char* what;
    std::function<void(json::object&)> bend;
  } cases[] = {
      {"issuer", [](auto& c) { c["iss"] = "https://id.example.org.evil.example"; }},
      {"no issuer", [](auto& c) { c.erase("iss"); }},
      {"audience", [](auto& c) { c["aud"] = "another"; }},
      {"no audience", [](auto& c) { c.erase("aud"); }},
      {"one of several, and no party",
       [](auto& c) {
         c["aud"] = json::array{"bursary", "another"};
       }},
      {"party", [](auto& c) { c["azp"] = "another"; }},
      {"nonce", [](auto& c) { c["nonce"] = "of another attempt"; }},
      {"no nonce", [](auto& c) { c.erase("nonce"); }},
      {"expired", [](auto& c) { c["exp"] = kNow - 121; }},
      {"no end", [](auto& c) { c.erase("exp"); }},
      {"an end that is no number", [](auto& c) { c["exp"] = "9999999999"; }},
      {"an end beyond all time", [](auto& c) { c["exp"] = 1e300; }},
      {"from the future", [](auto& c) { c["iat"] = kNow + 121; }},
      {"no subject", [](auto& c) { c["sub"] = ""; }},
      {"a subject that is too long", [](auto& c) { c["sub"] = std::string(256, 's'); }},
      {"a subject that is a number", [](auto& c) { c["sub"] = 7; }},
  };
  for (const auto& one : cases) {
    CAPTURE(one.what);
    json::object claims = TestIssuer::claims();
    one.bend(claims);
    const auto checked = check_id_token(issuer.token(claims), issuer.keys(), expected_now());
    REQUIRE_FALSE(checked);
    CHECK(checked.error().kind == ErrorKind::forbidden);
  }
  json::object claims = TestIssuer::claims();
  claims["exp"] = kNow - 100;  // within what clocks may differ
  CHECK(check_id_token(issuer.token(claims), issuer.keys(), expected_now()));
  claims["email_verified"] = false;
  CHECK_FALSE(check_id_token(issuer.token(claims), issuer.keys(), expected_now())->email_verified);
}

TEST_CASE("what the provider did not sign is not read") {
  const TestIssuer issuer, evil;
  const std::string good = issuer.token(TestIssuer::claims());
  const std::string keys = issuer.keys();
  const auto refused = [&](const std::string& token) {
    const auto checked = check_id_token(token, keys, expected_now());
    return !checked && checked.error().kind == ErrorKind::forbidden;
  };
  CHECK(refused(evil.token(TestIssuer::claims())));
  std::string bent = good;
  bent[good.find('.') + 5] = bent[good.find('.') + 5] == 'A' ? 'B' : 'A';
  CHECK(refused(bent));
  CHECK(refused(good.substr(0, good.rfind('.') + 1)));
  for (const char* algorithm : {"none", "None", "HS256", "RS1", ""}) {
    json::object header = issuer.header();
    header["alg"] = algorithm;
    CHECK_MESSAGE(refused(issuer.token(TestIssuer::claims(), header)), algorithm);
  }
  CHECK(refused(signed_with_public_key(keys)));
  json::object critical = issuer.header();
  critical["crit"] = json::array{"b64"};
  CHECK(refused(issuer.token(TestIssuer::claims(), critical)));
  for (const std::string& odd :
       {std::string(), std::string("."), std::string(".."), std::string("a.b.c"), std::string(40'000, 'x'),
        std::string("{}"), to_base64url("{\"alg\":\"RS256\"") + "..", std::string("\xff\xfe")})
    CHECK(refused(odd));
}

TEST_CASE("a key that the set lacks is worth asking for again; an odd set is not believed") {
  const TestIssuer issuer, renewed("k2");
  const auto lacks = check_id_token(renewed.token(TestIssuer::claims()), issuer.keys(), expected_now());
  REQUIRE_FALSE(lacks);
  CHECK(lacks.error().kind == ErrorKind::not_found);
  CHECK(check_id_token(renewed.token(TestIssuer::claims()), renewed.keys(), expected_now()));
  for (const char* set :
       {"", "[]", "{}", R"({"keys":{}})", R"({"keys":[1,null,{}]})", R"({"keys":[{"kty":"RSA","kid":"k1"}]})",
        R"({"keys":[{"kty":"oct","kid":"k1","k":"AAAA"}]})"}) {
    CHECK_MESSAGE(!check_id_token(issuer.token(TestIssuer::claims()), set, expected_now()), set);
  }
  // Without a name any of several would do: none is chosen.
  json::object nameless{{"alg", "RS256"}};
  CHECK(check_id_token(issuer.token(TestIssuer::claims(), nameless), issuer.keys(), expected_now()));
}
