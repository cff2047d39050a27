#include "features/accounts/ceremony.h"

#include "base/derived_secret.h"
#include "features/accounts/ceremony.sql.h"

namespace bursary::accounts {
namespace {

namespace ceremony_sql = sql::accounts::ceremony;

constexpr std::chrono::hours kCeremonyKept{24};

// Each kind has secrets of its own: what ends one ends no other.
std::string purpose_of(CeremonyKind kind) { return fmt::format("bursary ceremony {} 1", static_cast<int>(kind)); }

}  // namespace

std::string begin_ceremony(db::Tx& tx, const Parts& parts, CeremonyKind kind, std::optional<web::PersonId> person,
                           std::string_view detail, std::chrono::seconds life) {
  const Instant now = parts.clock.now();
  const auto id = parts.ids.next<CeremonyTag>();
  tx.post(ceremony_sql::forget_old, now - kCeremonyKept);
  tx.post(ceremony_sql::begin, id, kind, person, detail, now + life);
  return derived_secret(purpose_of(kind), id.value, parts.secret);
}

std::optional<Ceremony> find_ceremony(db::Tx& tx, const Parts& parts, CeremonyKind kind, std::string_view secret) {
  const auto id = read_derived_secret(purpose_of(kind), secret, parts.secret);
  if (!id) return std::nullopt;
  const auto row = tx.find(ceremony_sql::find, *id, kind, parts.clock.now());
  if (!row) return std::nullopt;
  Ceremony found{CeremonyId{*id}, std::nullopt, row->text(1)};
  if (!row->is_null(0)) found.person = row->id<web::PersonId>(0);
  return found;
}

bool is_open(db::Tx& tx, const Parts& parts, CeremonyKind kind, CeremonyId id) {
  return tx.find(ceremony_sql::find, id, kind, parts.clock.now()).has_value();
}

std::optional<Ceremony> end_ceremony(db::Tx& tx, const Parts& parts, CeremonyKind kind, std::string_view secret) {
  auto found = find_ceremony(tx, parts, kind, secret);
  if (!found || tx.execute(ceremony_sql::end, parts.clock.now(), found->id, kind) != 1) return std::nullopt;
  return found;
}

bool count_attempt(db::Tx& tx, const Parts& parts, CeremonyId id, int limit) {
  return tx.execute(ceremony_sql::count_attempt, id, parts.clock.now(), limit) == 1;
}

}  // namespace bursary::accounts
