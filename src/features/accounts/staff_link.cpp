#include "features/accounts/staff_link.h"

#include <stdexcept>

#include "base/crypto.h"
#include "features/accounts/roles.h"
#include "features/accounts/sessions.h"
#include "features/accounts/staff_link.sql.h"

namespace bursary::accounts {
namespace {

namespace staff_link_sql = sql::accounts::staff_link;

constexpr std::size_t kStaffLinkBytes = 32;
// So long a page can still say what became of a link.
constexpr std::chrono::hours kKeptAfter{30 * 24};
constexpr std::string_view kFirstName = "Administrator";

web::PersonId first_administrator(db::Tx& tx, IdSource& ids, Instant now) {
  if (const auto row = tx.find(staff_link_sql::first_administrator, Role::administrator))
    return row->id<web::PersonId>(0);
  const auto id = ids.next<web::PersonTag>();
  tx.execute(staff_link_sql::insert_person, id, kFirstName, now);
  tx.execute(staff_link_sql::grant_from_terminal, id, Role::administrator, now);
  return id;
}

}  // namespace

std::string make_staff_link(const Parts& parts, std::chrono::seconds life) {
  const std::string secret = random_token(parts.random, kStaffLinkBytes);
  const Sha256 hash = sha256(secret);
  const Instant now = parts.clock.now();
  const Result<bool> kept = parts.database.write([&](db::Tx& tx) -> Result<bool> {
    tx.hold(0x73746166662E6C6B);  // "staff.lk": two terminals at once must not make two first administrators
    const web::PersonId person = first_administrator(tx, parts.ids, now);
    tx.execute(staff_link_sql::forget_old_links, now - kKeptAfter, now);
    tx.execute(staff_link_sql::replace_links, person, now);
    tx.execute(staff_link_sql::insert_link, db::BytesView{bytes_of(hash)}, person, now, now + life);
    return true;
  });
  if (!kept) throw std::runtime_error("the link could not be stored: " + kept.error().detail);
  return "/staff/link/" + secret;
}

LinkState state_of_link(db::Tx& tx, std::string_view secret, Instant now) {
  const Sha256 hash = sha256(secret);
  const auto row = tx.find(staff_link_sql::find_link, db::BytesView{bytes_of(hash)});
  if (!row) return LinkState::unknown;
  if (!row->is_null(3)) return LinkState::used;
  if (row->instant(2) <= row->instant(1)) return LinkState::replaced;
  return row->instant(2) <= now ? LinkState::expired : LinkState::usable;
}

Result<std::string> use_link(const Parts& parts, std::string_view secret, const Visitor& visitor) {
  const Sha256 hash = sha256(secret);
  const Instant now = parts.clock.now();
  return parts.database.write([&](db::Tx& tx) -> Result<std::string> {
    const db::BytesView key{bytes_of(hash)};
    if (tx.execute(staff_link_sql::use_link, now, key) != 1) return fail(ErrorKind::conflict, "accounts.link.unknown");
    const auto person = tx.find(staff_link_sql::find_link, key)->id<web::PersonId>(0);
    return start_session(tx, parts, person, Strength::strong, Method::terminal, visitor);
  });
}

}  // namespace bursary::accounts
