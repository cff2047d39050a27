#include "features/accounts/passkey_check.h"

#include <cbor.h>
#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include <boost/json.hpp>
#include <memory>

#include "base/crypto.h"

namespace bursary::accounts {
namespace {

constexpr std::size_t kLongestClientData = 4096;
constexpr std::size_t kLongestAttestation = 65536;
constexpr std::size_t kLongestCredentialId = 1023;  // WebAuthn section 4
constexpr std::size_t kFlagsAt = 32;                // behind the SHA-256 of the host
constexpr std::uint8_t kPresent = 0x01, kVerified = 0x04, kHasCredential = 0x40;
constexpr int kCoseAlgorithms[] = {COSE_ES256, COSE_EDDSA, COSE_RS256};

using Cbor = std::unique_ptr<cbor_item_t, void (*)(cbor_item_t*)>;
using Credential = std::unique_ptr<fido_cred_t, void (*)(fido_cred_t*)>;
using FidoAssertion = std::unique_ptr<fido_assert_t, void (*)(fido_assert_t*)>;

const unsigned char* data_of(std::string_view bytes) {
  return static_cast<const unsigned char*>(static_cast<const void*>(bytes.data()));
}

std::string text_of(const unsigned char* bytes, std::size_t size) {
  return {static_cast<const char*>(static_cast<const void*>(bytes)), size};
}

// The member "authData" of an attestation object; nothing when it is no such thing.
std::optional<std::string> authenticator_data_in(std::string_view attestation_object) {
  cbor_load_result read{};
  const Cbor object(cbor_load(data_of(attestation_object), attestation_object.size(), &read),
                    [](cbor_item_t* item) { cbor_decref(&item); });
  if (!object || read.read != attestation_object.size() || !cbor_isa_map(object.get())) return std::nullopt;
  const cbor_pair* members = cbor_map_handle(object.get());
  for (std::size_t i = 0; i < cbor_map_size(object.get()); ++i) {
    const auto [name, value] = members[i];
    if (!cbor_isa_string(name) || !cbor_string_is_definite(name)) continue;
    if (text_of(cbor_string_handle(name), cbor_string_length(name)) != "authData") continue;
    if (!cbor_isa_bytestring(value) || !cbor_bytestring_is_definite(value)) return std::nullopt;
    return text_of(cbor_bytestring_handle(value), cbor_bytestring_length(value));
  }
  return std::nullopt;
}

bool is_for_site(std::string_view authenticator_data, const RelyingParty& site, std::uint8_t flags) {
  if (authenticator_data.size() <= kFlagsAt) return false;
  const Sha256 host = sha256(site.host);
  if (!same_secret(authenticator_data.substr(0, kFlagsAt), bytes_of(host))) return false;
  return (static_cast<std::uint8_t>(authenticator_data[kFlagsAt]) & flags) == flags;
}

// libfido2 wants the algorithm before it reads; the authenticator chose one of those that we offered.
std::optional<NewPasskey> read_with(int algorithm, std::string_view authenticator_data) {
  const Credential credential(fido_cred_new(), [](fido_cred_t* c) { fido_cred_free(&c); });
  if (!credential || fido_cred_set_type(credential.get(), algorithm) != FIDO_OK) return std::nullopt;
  if (fido_cred_set_authdata_raw(credential.get(), data_of(authenticator_data), authenticator_data.size()) != FIDO_OK)
    return std::nullopt;
  NewPasskey made;
  made.credential_id = text_of(fido_cred_id_ptr(credential.get()), fido_cred_id_len(credential.get()));
  made.key = {static_cast<std::int16_t>(algorithm),
              text_of(fido_cred_pubkey_ptr(credential.get()), fido_cred_pubkey_len(credential.get()))};
  made.sign_count = fido_cred_sigcount(credential.get());
  return made;
}

// A public key in libfido2's own type, as long as `use` runs.
template <class Key, class Use>
bool with_key(Key* key, void (*release)(Key**), int (*read)(Key*, const void*, std::size_t), std::string_view bytes,
              Use use) {
  const bool good = key != nullptr && read(key, bytes.data(), bytes.size()) == FIDO_OK && use(key);
  release(&key);
  return good;
}

bool holds(const fido_assert_t* assertion, const PasskeyKey& key) {
  const auto verify = [&](const void* public_key) {
    return fido_assert_verify(assertion, 0, key.algorithm, public_key) == FIDO_OK;
  };
  switch (key.algorithm) {
    case COSE_ES256:
      return with_key(es256_pk_new(), es256_pk_free, es256_pk_from_ptr, key.bytes, verify);
    case COSE_EDDSA:
      return with_key(eddsa_pk_new(), eddsa_pk_free, eddsa_pk_from_ptr, key.bytes, verify);
    case COSE_RS256:
      return with_key(rs256_pk_new(), rs256_pk_free, rs256_pk_from_ptr, key.bytes, verify);
    default:
      return false;
  }
}

[[nodiscard]] auto bad_assertion(const char* why) {
  return fail(ErrorKind::forbidden, "accounts.passkey.refused", why);
}

}  // namespace

RelyingParty RelyingParty::of(std::string_view public_address) {
  const auto scheme = public_address.find("://");
  std::string_view host = public_address.substr(scheme == std::string_view::npos ? 0 : scheme + 3);
  return {std::string(public_address), std::string(host.substr(0, host.find(':')))};
}

std::optional<std::string> challenge_in(std::string_view client_data, std::string_view type, const RelyingParty& site) {
  if (client_data.size() > kLongestClientData) return std::nullopt;
  boost::system::error_code problem;
  const auto parsed = boost::json::parse(client_data, problem);
  if (problem || !parsed.is_object()) return std::nullopt;
  const auto& object = parsed.get_object();
  const auto text = [&](const char* name) -> std::string {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
  };
  const auto* cross = object.if_contains("crossOrigin");
  if (cross != nullptr && !(cross->is_bool() && !cross->get_bool())) return std::nullopt;
  if (text("type") != type || text("origin") != site.origin) return std::nullopt;
  return from_base64url(text("challenge"));
}

Result<NewPasskey> read_new_passkey(std::string_view attestation_object, const RelyingParty& site) {
  if (attestation_object.size() > kLongestAttestation) return bad_assertion("too long");
  const auto data = authenticator_data_in(attestation_object);
  if (!data) return bad_assertion("no attestation object");
  if (!is_for_site(*data, site, kPresent | kVerified | kHasCredential))
    return bad_assertion("another site, or nobody verified");
  for (const int algorithm : kCoseAlgorithms) {
    auto made = read_with(algorithm, *data);
    if (made && !made->credential_id.empty() && made->credential_id.size() <= kLongestCredentialId)
      return std::move(*made);
  }
  return bad_assertion("none of our algorithms");
}

Result<std::uint32_t> check_assertion(const Assertion& assertion, const PasskeyKey& key, const RelyingParty& site) {
  if (!is_for_site(assertion.authenticator_data, site, kPresent | kVerified))
    return bad_assertion("another site, or nobody verified");
  const FidoAssertion checked(fido_assert_new(), [](fido_assert_t* a) { fido_assert_free(&a); });
  const Sha256 client_data = sha256(assertion.client_data);
  fido_assert_t* one = checked.get();
  const bool read =
      one != nullptr && fido_assert_set_clientdata_hash(one, client_data.data(), client_data.size()) == FIDO_OK &&
      fido_assert_set_rp(one, site.host.c_str()) == FIDO_OK && fido_assert_set_count(one, 1) == FIDO_OK &&
      fido_assert_set_authdata_raw(one, 0, data_of(assertion.authenticator_data),
                                   assertion.authenticator_data.size()) == FIDO_OK &&
      fido_assert_set_sig(one, 0, data_of(assertion.signature), assertion.signature.size()) == FIDO_OK &&
      fido_assert_set_up(one, FIDO_OPT_TRUE) == FIDO_OK && fido_assert_set_uv(one, FIDO_OPT_TRUE) == FIDO_OK;
  if (!read) return bad_assertion("not an assertion");
  if (!holds(one, key)) return bad_assertion("the signature does not hold");
  return fido_assert_sigcount(one, 0);
}

}  // namespace bursary::accounts
