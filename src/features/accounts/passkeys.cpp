#include "features/accounts/passkeys.h"

#include <boost/json.hpp>

#include "base/crypto.h"
#include "base/text.h"
#include "features/accounts/ceremony.h"
#include "features/accounts/passkeys.sql.h"

namespace bursary::accounts {
namespace {

namespace passkeys_sql = sql::accounts::passkeys;
namespace json = boost::json;

constexpr std::size_t kLongestPasskeyName = 60;
constexpr int kOfferedAlgorithms[] = {-7, -8, -257};
constexpr auto kTimeout = std::chrono::duration_cast<std::chrono::milliseconds>(kChallengeLife).count();

[[nodiscard]] auto passkey_refused(const char* why) {
  return fail(ErrorKind::forbidden, "accounts.passkey.refused", why);
}

std::string bytes_of_id(web::PersonId person) { return fmt::format("{:016x}", person.value); }

json::array descriptors(const std::vector<Passkey>& passkeys) {
  json::array list;
  for (const Passkey& one : passkeys) list.push_back({{"type", "public-key"}, {"id", to_base64url(one.credential_id)}});
  return list;
}

// The challenge is the ceremony's secret: it comes back in what was signed.
Result<std::string> begin_request(const Parts& parts, CeremonyKind kind, std::optional<web::PersonId> person) {
  return parts.database.write([&](db::Tx& tx) -> Result<std::string> {
    const json::array allowed = person ? descriptors(passkeys_of(tx, *person)) : json::array();
    const std::string secret = begin_ceremony(tx, parts, kind, person, {}, kChallengeLife);
    const json::object options{{"challenge", to_base64url(secret)},
                               {"rpId", RelyingParty::of(parts.public_address).host},
                               {"timeout", kTimeout},
                               {"userVerification", "required"},
                               {"allowCredentials", allowed}};
    return json::serialize(options);
  });
}

struct Known {
  PasskeyId id;
  web::PersonId person;
  PasskeyKey key;
};

// Everything that is asked of an answer, in the transaction that ends its challenge.
Result<Known> check_answer(db::Tx& tx, const Parts& parts, CeremonyKind kind, const PasskeyAnswer& answer) {
  const RelyingParty site = RelyingParty::of(parts.public_address);
  const auto challenge = challenge_in(answer.assertion.client_data, "webauthn.get", site);
  if (!challenge) return passkey_refused("not an answer to us");
  const auto ceremony = end_ceremony(tx, parts, kind, *challenge);
  if (!ceremony) return passkey_refused("no such challenge, or too late");
  const auto row = tx.find(passkeys_sql::by_credential, db::BytesView{answer.credential_id});
  if (!row) return passkey_refused("nobody's passkey");
  Known known{
      row->id<PasskeyId>(0), row->id<web::PersonId>(1), {static_cast<std::int16_t>(row->integer(2)), row->bytes(3)}};
  if (ceremony->person && *ceremony->person != known.person) return passkey_refused("another person's passkey");
  const Result<std::uint32_t> count = check_assertion(answer.assertion, known.key, site);
  if (!count) return fail(count.error());
  if (tx.execute(passkeys_sql::use, std::int64_t{*count}, parts.clock.now(), known.id) != 1)
    return passkey_refused("its counter went back: there is a copy");
  return known;
}

// A challenge that was answered wrongly is used up as well, and a refusal of somebody known is told: so the write keeps
// what it did, and the refusal travels beside it.
template <class Rule>
Result<std::string> enter_with(const Parts& parts, CeremonyKind kind, const PasskeyAnswer& answer, Rule rule) {
  std::optional<Error> refusal;
  Result<std::string> entered = parts.database.write([&](db::Tx& tx) -> Result<std::string> {
    refusal.reset();
    const Result<Known> known = check_answer(tx, parts, kind, answer);
    if (known) return rule(tx, known->person);
    refusal = known.error();
    const auto row = tx.find(passkeys_sql::by_credential, db::BytesView{answer.credential_id});
    if (row) write_account_event(tx, parts, row->id<web::PersonId>(1), "sign_in_refused", R"({"by":"passkey"})");
    return std::string();
  });
  if (entered && refusal) return fail(std::move(*refusal));
  return entered;
}

}  // namespace

std::vector<Passkey> passkeys_of(db::Tx& tx, web::PersonId person) {
  std::vector<Passkey> list;
  for (const db::Row row : tx.query(passkeys_sql::of_person, person))
    list.push_back({row.id<PasskeyId>(0), row.text(1), row.bytes(2), row.instant(3), row.maybe_instant(4)});
  return list;
}

Result<std::string> begin_passkey(const Parts& parts, web::PersonId person, const std::string& user_name) {
  const auto program = parts.programs.current();
  return parts.database.write([&](db::Tx& tx) -> Result<std::string> {
    const std::vector<Passkey> has = passkeys_of(tx, person);
    if (has.size() >= kMostPasskeys) return fail(ErrorKind::limit, "accounts.passkey.too_many");
    const std::string secret = begin_ceremony(tx, parts, CeremonyKind::passkey_new, person, {}, kChallengeLife);
    json::array algorithms;
    for (const int algorithm : kOfferedAlgorithms) algorithms.push_back({{"type", "public-key"}, {"alg", algorithm}});
    const json::object options{
        {"challenge", to_base64url(secret)},
        {"rp", {{"id", RelyingParty::of(parts.public_address).host}, {"name", program->name.in("en")}}},
        {"user", {{"id", to_base64url(bytes_of_id(person))}, {"name", user_name}, {"displayName", user_name}}},
        {"pubKeyCredParams", algorithms},
        {"timeout", kTimeout},
        {"attestation", "none"},
        {"authenticatorSelection",
         {{"residentKey", "required"}, {"requireResidentKey", true}, {"userVerification", "required"}}},
        {"excludeCredentials", descriptors(has)}};
    return json::serialize(options);
  });
}

Result<std::string> begin_passkey_sign_in(const Parts& parts) {
  return begin_request(parts, CeremonyKind::passkey_sign_in, std::nullopt);
}

Result<std::string> begin_passkey_confirmation(const Parts& parts, web::PersonId person) {
  return begin_request(parts, CeremonyKind::confirmation, person);
}

Result<void> add_passkey(const Parts& parts, web::PersonId person, const Registration& registration,
                         std::string_view name) {
  const RelyingParty site = RelyingParty::of(parts.public_address);
  const auto challenge = challenge_in(registration.client_data, "webauthn.create", site);
  if (!challenge) return passkey_refused("not an answer to us");
  const Result<NewPasskey> made = read_new_passkey(registration.attestation_object, site);
  if (!made) return fail(made.error());
  const std::string called(first_characters(trim(name), kLongestPasskeyName));
  try {
    return parts.database.write([&](db::Tx& tx) -> Result<void> {
      const auto ceremony = end_ceremony(tx, parts, CeremonyKind::passkey_new, *challenge);
      if (!ceremony || ceremony->person != person) return passkey_refused("no such challenge, or too late");
      if (passkeys_of(tx, person).size() >= kMostPasskeys) return fail(ErrorKind::limit, "accounts.passkey.too_many");
      tx.post(passkeys_sql::insert, parts.ids.next<PasskeyTag>(), person, db::BytesView{made->credential_id},
              made->key.algorithm, db::BytesView{made->key.bytes}, std::int64_t{made->sign_count}, called,
              parts.clock.now());
      write_account_event(tx, parts, person, "passkey_added");
      return {};
    });
  } catch (const db::ConstraintViolated& violated) {
    if (violated.kind() != db::ConstraintViolated::Kind::unique) throw;
    return fail(ErrorKind::conflict, "accounts.passkey.taken");
  }
}

Result<std::string> enter_by_passkey(const Parts& parts, const PasskeyAnswer& answer, const Visitor& visitor) {
  return enter_with(parts, CeremonyKind::passkey_sign_in, answer,
                    [&](db::Tx& tx, web::PersonId person) -> Result<std::string> {
                      return start_session(tx, parts, person, Strength::strong, Method::passkey, visitor);
                    });
}

Result<std::string> confirm_by_passkey(const Parts& parts, web::PersonId person, const PasskeyAnswer& answer,
                                       const Visitor& visitor) {
  return enter_with(parts, CeremonyKind::confirmation, answer,
                    [&](db::Tx& tx, web::PersonId who) -> Result<std::string> {
                      if (who != person) return passkey_refused("another person's passkey");
                      std::string session = renew_session(tx, parts, person, Method::passkey, visitor);
                      if (session.empty()) return passkey_refused("the session has ended");
                      return session;
                    });
}

Result<bool> remove_passkey(const Parts& parts, web::PersonId person, PasskeyId id) {
  return parts.database.write([&](db::Tx& tx) -> Result<bool> {
    if (tx.execute(passkeys_sql::remove, person, id) != 1) return false;
    write_account_event(tx, parts, person, "passkey_removed");
    return true;
  });
}

}  // namespace bursary::accounts
