#include "features/accounts/identities.h"

#include "base/crypto.h"
#include "base/mail_address.h"
#include "base/text.h"
#include "features/accounts/identities.sql.h"
#include "features/accounts/mail_sign_in.h"

namespace bursary::accounts {
namespace {

namespace identities_sql = sql::accounts::identities;

constexpr std::size_t kLongestProviderName = 200;

std::string name_in(const Claims& claims) {
  return std::string(first_characters(trim(without_hidden(claims.name)), kLongestProviderName));
}

// An address that we may believe; empty when there is none.
std::string email_in(const Provider& provider, const Claims& claims) {
  if (!provider.trust_email || !claims.email_verified) return {};
  const auto address = read_mail_address(trim(claims.email));
  return address ? to_lower_ascii(address->text()) : std::string();
}

Result<web::PersonId> person_for(db::Tx& tx, const Parts& parts, const Provider& provider, const Claims& claims) {
  const Instant now = parts.clock.now();
  if (const auto row = tx.find(identities_sql::find, claims.issuer, claims.subject)) {
    tx.post(identities_sql::use, now, provider.key, claims.issuer, claims.subject);
    return row->id<web::PersonId>(0);
  }
  const std::string email = email_in(provider, claims);
  web::PersonId person;
  if (email.empty()) {
    person = parts.ids.next<web::PersonTag>();
    tx.post(identities_sql::insert_person, person, name_in(claims), now);
  } else {
    const auto known = tx.find(identities_sql::by_email, email);
    if (known && tx.query(identities_sql::has_more, known->id<web::PersonId>(0)).at(0).integer(0) != 0)
      return fail(ErrorKind::conflict, "accounts.provider.connect_first");
    person = person_with(tx, parts.ids, email, now);
    tx.post(identities_sql::name_person, name_in(claims), person);
  }
  tx.post(identities_sql::insert, claims.issuer, claims.subject, person, provider.key, now);
  write_account_event(tx, parts, person, "identity_added", fmt::format(R"({{"provider":"{}"}})", provider.key));
  return person;
}

// Two who bring one identity at once must not make two people.
void take_turn(db::Tx& tx, const Claims& claims) { tx.hold(address_key(claims.issuer + '\n' + claims.subject)); }

}  // namespace

std::vector<Identity> identities_of(db::Tx& tx, web::PersonId person) {
  std::vector<Identity> list;
  for (const db::Row row : tx.query(identities_sql::of_person, person))
    list.push_back({row.text(0), row.text(1), row.text(2), row.instant(3), row.instant(4)});
  return list;
}

Result<std::string> enter_by_provider(const Parts& parts, const Provider& provider, const Claims& claims,
                                      const Visitor& visitor) {
  return parts.database.write([&](db::Tx& tx) -> Result<std::string> {
    take_turn(tx, claims);
    const Result<web::PersonId> person = person_for(tx, parts, provider, claims);
    if (!person) return fail(person.error());
    const Strength strength = provider.staff ? Strength::strong : Strength::mail;
    return start_session(tx, parts, *person, strength, Method::provider, visitor);
  });
}

Result<void> connect_identity(const Parts& parts, web::PersonId person, const Provider& provider,
                              const Claims& claims) {
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    take_turn(tx, claims);
    if (const auto row = tx.find(identities_sql::find, claims.issuer, claims.subject)) {
      if (row->id<web::PersonId>(0) == person) return {};
      return fail(ErrorKind::conflict, "accounts.provider.taken");
    }
    tx.post(identities_sql::insert, claims.issuer, claims.subject, person, provider.key, parts.clock.now());
    write_account_event(tx, parts, person, "identity_added", fmt::format(R"({{"provider":"{}"}})", provider.key));
    return {};
  });
}

Result<bool> remove_identity(const Parts& parts, web::PersonId person, std::string_view issuer,
                             std::string_view subject) {
  return parts.database.write([&](db::Tx& tx) -> Result<bool> {
    if (tx.execute(identities_sql::remove, person, issuer, subject) != 1) return false;
    write_account_event(tx, parts, person, "identity_removed");
    return true;
  });
}

}  // namespace bursary::accounts
