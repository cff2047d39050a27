#include "features/accounts/mail_sign_in.h"

#include "base/crypto.h"
#include "base/derived_secret.h"
#include "base/mail_address.h"
#include "base/text.h"
#include "features/accounts/addresses.h"
#include "features/accounts/mail_sign_in.sql.h"
#include "features/accounts/people.h"
#include "features/accounts/sessions.h"
#include "features/accounts/staff_link.h"
#include "features/messages/messages.h"

namespace bursary::accounts {
namespace {

namespace mail_sign_in_sql = sql::accounts::mail_sign_in;

constexpr std::string_view kSignInLinkPurpose = "bursary sign-in link 1";
constexpr std::string_view kSignInCodePurpose = "bursary sign-in code 1";
constexpr std::string_view kBrowserPurpose = "bursary sign-in browser 1";
// Of PrivateLink::opens.
constexpr std::string_view kOpensLink = "sign_in";
constexpr std::string_view kOpensCode = "sign_in_code";
// So long a page can still say what became of a link.
constexpr std::chrono::hours kSignInKept{24};

messages::NewMessage sign_in_mail(SignInId id, const std::string& email, std::string_view locale, Instant now) {
  messages::NewMessage mail;
  mail.template_key = "sign_in";
  mail.locale = locale;
  mail.recipient = email;
  mail.placeholders = {{"until_at", to_rfc3339(now + kMailLinkLife)}};
  mail.links = {{"link", {std::string(kOpensLink), id.value}}, {"code", {std::string(kOpensCode), id.value}}};
  mail.due = now;
  return mail;
}

// Uses the request up; one of many at once gets in.
Entered enter(db::Tx& tx, const Parts& parts, std::int64_t id, Instant now, const Visitor& visitor) {
  if (tx.execute(mail_sign_in_sql::use, now, id) != 1) return {};
  const std::string email = tx.query(mail_sign_in_sql::find, id).at(0).text(0);
  const web::PersonId person = person_with(tx, parts.ids, email, now);
  return {Entered::Outcome::in, start_session(tx, parts, person, Strength::mail, Method::mail, visitor)};
}

}  // namespace

std::int64_t address_key(std::string_view email) {
  const Sha256 hash = sha256(std::string("sign in\n").append(email));
  std::int64_t key = 0;
  for (std::size_t i = 0; i < 8; ++i) key = static_cast<std::int64_t>(static_cast<std::uint64_t>(key) << 8 | hash[i]);
  return key;
}

web::PersonId person_with(db::Tx& tx, IdSource& ids, const std::string& email, Instant now) {
  // Two who sign in at once with an address that nobody has yet must not make two people.
  tx.hold(address_key(email));
  if (const auto row = tx.find(mail_sign_in_sql::person_of, email)) {
    tx.post(mail_sign_in_sql::verify_again, now, email);
    return row->id<web::PersonId>(0);
  }
  const auto person = ids.next<web::PersonTag>();
  tx.post(mail_sign_in_sql::insert_person, person, now);
  tx.post(mail_sign_in_sql::insert_email, email, person, now);
  return person;
}

Result<std::string> ask_by_mail(const Parts& parts, std::string_view typed, std::string_view locale) {
  const auto address = read_mail_address(trim(typed));
  if (!address) return fail(ErrorKind::invalid, "accounts.log_in.no_address");
  const std::string email = to_lower_ascii(address->text());
  const Instant now = parts.clock.now();
  const auto id = parts.ids.next<SignInTag>();
  const Result<void> asked = parts.database.write([&](db::Tx& tx) -> Result<void> {
    tx.hold(address_key(email));
    tx.post(mail_sign_in_sql::forget_old, now - kSignInKept);
    const auto before = tx.query(mail_sign_in_sql::asked_since, email, now - std::chrono::hours(1)).at(0).integer(0);
    if (before >= kMailsAnHour) return fail(ErrorKind::limit, "accounts.log_in.too_many");
    tx.post(mail_sign_in_sql::replace, email, now);
    tx.post(mail_sign_in_sql::insert, id, email, now, now + kMailLinkLife);
    messages::queue_message(tx, parts.ids, parts.random, now, messages::message_id_domain(parts.public_address),
                            sign_in_mail(id, email, locale, now));
    return {};
  });
  if (!asked) return fail(asked.error());
  return derived_secret(kBrowserPurpose, id.value, parts.secret);
}

std::optional<std::string> address_asked(db::Tx& tx, const Parts& parts, std::string_view browser) {
  const auto id = read_derived_secret(kBrowserPurpose, browser, parts.secret);
  const auto row = id ? tx.find(mail_sign_in_sql::find, *id) : std::nullopt;
  return row ? std::optional(row->text(0)) : std::nullopt;
}

LinkState state_of_mail_link(db::Tx& tx, const Parts& parts, std::string_view link, Instant now) {
  const auto id = read_derived_secret(kSignInLinkPurpose, link, parts.secret);
  const auto row = id ? tx.find(mail_sign_in_sql::find, *id) : std::nullopt;
  if (!row) return LinkState::unknown;
  if (!row->is_null(3)) return LinkState::used;
  if (row->instant(2) <= row->instant(1)) return LinkState::replaced;
  return row->instant(2) <= now ? LinkState::expired : LinkState::usable;
}

Result<Entered> enter_by_link(const Parts& parts, std::string_view link, const Visitor& visitor) {
  const auto id = read_derived_secret(kSignInLinkPurpose, link, parts.secret);
  if (!id) return Entered{};
  const Instant now = parts.clock.now();
  return parts.database.write([&](db::Tx& tx) -> Result<Entered> { return enter(tx, parts, *id, now, visitor); });
}

Result<Entered> enter_by_code(const Parts& parts, std::string_view browser, std::string_view typed,
                              const Visitor& visitor) {
  const auto id = read_derived_secret(kBrowserPurpose, browser, parts.secret);
  if (!id) return Entered{};
  const Instant now = parts.clock.now();
  return parts.database.write([&](db::Tx& tx) -> Result<Entered> {
    if (tx.execute(mail_sign_in_sql::count_attempt, *id, now, kCodeAttempts) != 1) return Entered{};
    const bool right = same_secret(typed_code(typed), derived_code(kSignInCodePurpose, *id, parts.secret));
    if (!right) return Entered{Entered::Outcome::wrong_code, {}};
    return enter(tx, parts, *id, now, visitor);
  });
}

std::optional<std::string> tell_link(const Parts& parts, const messages::PrivateLink& link) {
  if (link.opens == kOpensInvitation) return tell_invitation(parts, link.id);
  if (link.opens == kOpensAddressCode) return tell_address_code(parts, link.id);
  if (link.opens != kOpensLink && link.opens != kOpensCode) return std::nullopt;
  const std::string text = derived_secret(kSignInLinkPurpose, link.id, parts.secret);
  const Instant now = parts.clock.now();
  const bool usable =
      parts.database.read([&](db::Tx& tx) { return state_of_mail_link(tx, parts, text, now) == LinkState::usable; });
  if (!usable) return std::nullopt;
  if (link.opens == kOpensCode) return derived_code(kSignInCodePurpose, link.id, parts.secret);
  return parts.public_address + "/log-in/link/" + text;
}

}  // namespace bursary::accounts
