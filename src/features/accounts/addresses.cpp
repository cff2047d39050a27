#include "features/accounts/addresses.h"

#include "base/crypto.h"
#include "base/derived_secret.h"
#include "base/mail_address.h"
#include "base/text.h"
#include "features/accounts/addresses.sql.h"
#include "features/accounts/ceremony.h"
#include "features/accounts/mail_sign_in.h"
#include "features/accounts/sessions.h"
#include "features/messages/messages.h"

namespace bursary::accounts {
namespace {

namespace addresses_sql = sql::accounts::addresses;

constexpr std::string_view kAddressCodePurpose = "bursary address code 1";

messages::NewMessage confirming_mail(std::int64_t ceremony, const std::string& email, std::string_view locale,
                                     Instant now) {
  messages::NewMessage mail;
  mail.template_key = "confirm_address";
  mail.locale = locale;
  mail.recipient = email;
  mail.placeholders = {{"until_at", to_rfc3339(now + kAddressCodeLife)}};
  mail.links = {{"code", {std::string(kOpensAddressCode), ceremony}}};
  mail.due = now;
  return mail;
}

// Theirs becomes ours: the address, and every other of an account that only mail opens.
Result<void> attach(db::Tx& tx, const Parts& parts, web::PersonId person, const std::string& email) {
  const auto row = tx.find(addresses_sql::find, email);
  if (!row) {
    tx.post(addresses_sql::insert, email, person, parts.clock.now());
    write_account_event(tx, parts, person, "email_added");
    return {};
  }
  const auto other = row->id<web::PersonId>(0);
  if (other == person) return {};
  if (tx.query(addresses_sql::has_more, other).at(0).integer(0) != 0)
    return fail(ErrorKind::conflict, "accounts.address.another");
  tx.post(addresses_sql::take_over, person, other);
  // What the other belongs to; where both do, the stronger of the two stays.
  tx.post(addresses_sql::drop_weaker, person, other);
  tx.post(addresses_sql::take_belongings, person, other);
  tx.post(addresses_sql::drop_rest, other);
  tx.post(addresses_sql::drop_seen, other);
  tx.post(addresses_sql::end_sessions, other);
  write_account_event(tx, parts, person, "people_merged", fmt::format(R"({{"person":{}}})", other.value));
  return {};
}

}  // namespace

Result<std::string> ask_address(const Parts& parts, web::PersonId person, std::string_view typed,
                                std::string_view locale) {
  const auto address = read_mail_address(trim(typed));
  if (!address) return fail(ErrorKind::invalid, "accounts.log_in.no_address");
  const std::string email = to_lower_ascii(address->text());
  const Instant now = parts.clock.now();
  return parts.database.write([&](db::Tx& tx) -> Result<std::string> {
    tx.hold(address_key(email));
    const auto row = tx.find(addresses_sql::find, email);
    if (row && row->id<web::PersonId>(0) == person) return fail(ErrorKind::conflict, "accounts.address.yours");
    if (tx.query(addresses_sql::count, person).at(0).integer(0) >= kMostAddresses)
      return fail(ErrorKind::limit, "accounts.address.too_many");
    if (tx.query(addresses_sql::asked_since, email, now - std::chrono::hours(1)).at(0).integer(0) >= kMailsAnHour)
      return fail(ErrorKind::limit, "accounts.log_in.too_many");
    const std::string asked = begin_ceremony(tx, parts, CeremonyKind::address, person, email, kAddressCodeLife);
    messages::queue_message(tx, parts.ids, parts.random, now, messages::message_id_domain(parts.public_address),
                            confirming_mail(id_in_secret(asked).value(), email, locale, now));
    return asked;
  });
}

std::optional<std::string> address_of_asking(db::Tx& tx, const Parts& parts, web::PersonId person,
                                             std::string_view asked) {
  auto ceremony = find_ceremony(tx, parts, CeremonyKind::address, asked);
  if (!ceremony || ceremony->person != person) return std::nullopt;
  return std::move(ceremony->detail);
}

Result<void> confirm_address(const Parts& parts, web::PersonId person, std::string_view asked, std::string_view code) {
  bool wrong = false;
  Result<void> done = parts.database.write([&](db::Tx& tx) -> Result<void> {
    wrong = false;
    const auto ceremony = find_ceremony(tx, parts, CeremonyKind::address, asked);
    const bool open = ceremony && ceremony->person == person && count_attempt(tx, parts, ceremony->id, kCodeAttempts);
    if (!open) return fail(ErrorKind::conflict, "accounts.code.ended");
    if (!same_secret(typed_code(code), derived_code(kAddressCodePurpose, ceremony->id.value, parts.secret))) {
      wrong = true;  // and the attempt stays counted
      return {};
    }
    tx.hold(address_key(ceremony->detail));
    if (!end_ceremony(tx, parts, CeremonyKind::address, asked)) return fail(ErrorKind::conflict, "accounts.code.ended");
    return attach(tx, parts, person, ceremony->detail);
  });
  if (done && wrong) return fail(ErrorKind::invalid, "accounts.code.wrong");
  return done;
}

Result<bool> remove_address(const Parts& parts, web::PersonId person, std::string_view email) {
  return parts.database.write([&](db::Tx& tx) -> Result<bool> {
    tx.hold(person.value);  // two at once must leave one
    if (tx.query(addresses_sql::count, person).at(0).integer(0) < 2)
      return fail(ErrorKind::conflict, "accounts.address.only");
    if (tx.execute(addresses_sql::remove, person, to_lower_ascii(email)) != 1) return false;
    write_account_event(tx, parts, person, "email_removed");
    return true;
  });
}

std::optional<std::string> tell_address_code(const Parts& parts, std::int64_t id) {
  const bool open =
      parts.database.read([&](db::Tx& tx) { return is_open(tx, parts, CeremonyKind::address, CeremonyId{id}); });
  return open ? std::optional(derived_code(kAddressCodePurpose, id, parts.secret)) : std::nullopt;
}

}  // namespace bursary::accounts
