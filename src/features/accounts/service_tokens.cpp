#include "features/accounts/service_tokens.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/text.h"
#include "features/accounts/roles.h"
#include "features/accounts/service_tokens.sql.h"
#include "features/audit/audit.h"

namespace bursary::accounts {
namespace {

namespace service_tokens_sql = sql::accounts::service_tokens;

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kLongestTokenName = 80;
constexpr std::int64_t kHour = std::int64_t{3600} * 1'000'000;
constexpr std::int64_t kTokensTurn = 0x746F6B656E2E3031;  // "token.01": how many are good, one at a time

std::vector<std::string> scopes_in(std::string_view text) {
  std::vector<std::string> scopes;
  while (!text.empty()) {
    const auto blank = std::min(text.find(' '), text.size());
    if (blank > 0) scopes.emplace_back(text.substr(0, blank));
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return scopes;
}

ServiceToken token_in(const db::Row& row) {
  return {row.id<TokenId>(0), row.text(1),    row.text(2),          scopes_in(row.text(3)), row.id<web::PersonId>(4),
          row.instant(5),     row.instant(6), row.maybe_instant(7), row.maybe_instant(8)};
}

bool is_scope(std::string_view name) {
  return std::ranges::any_of(kScopes, [&](web::Permission one) { return web::to_string(one) == name; });
}

std::vector<FieldError> wrong_with(const web::Viewer& maker, const TokenWish& wish) {
  std::vector<FieldError> problems;
  if (trim(wish.name).empty() || trim(wish.name).size() > kLongestTokenName)
    problems.push_back({"name", Phrase("accounts.token.problem.name", {{"limit", std::to_string(kLongestTokenName)}})});
  const bool allowed =
      std::ranges::all_of(wish.scopes, [&](const std::string& scope) { return is_scope(scope) && maker.may(scope); });
  if (wish.scopes.empty() || !allowed) problems.push_back({"scopes", "accounts.token.problem.scopes"});
  if (std::ranges::find(kTokenLives, wish.days) == std::ranges::end(kTokenLives))
    problems.push_back({"days", "accounts.token.problem.days"});
  return problems;
}

void write_token_event(db::Tx& tx, const Parts& parts, web::PersonId by, const char* kind, const std::string& detail) {
  audit::write_event(
      tx, {parts.ids.next<audit::EventTag>(), std::nullopt, kind, audit::By::staff(by), parts.clock.now(), detail});
}

}  // namespace

std::vector<ServiceToken> tokens_of(db::Tx& tx, std::string_view program) {
  std::vector<ServiceToken> tokens;
  for (const db::Row row : tx.query(service_tokens_sql::list, program)) tokens.push_back(token_in(row));
  return tokens;
}

std::optional<ServiceToken> find_token(db::Tx& tx, std::string_view program, TokenId id) {
  const auto row = tx.find(service_tokens_sql::one, id, program);
  return row ? std::optional(token_in(*row)) : std::nullopt;
}

Result<MadeToken> make_token(const Parts& parts, const web::Viewer& maker, const TokenWish& wish) {
  if (auto problems = wrong_with(maker, wish); !problems.empty()) return fail(std::move(problems));
  if (!maker.person) return fail(ErrorKind::not_found, "problem.not_found");
  std::string scopes;
  for (const web::Permission one : kScopes) {
    const std::string name(web::to_string(one));
    if (std::ranges::find(wish.scopes, name) != wish.scopes.end()) scopes += (scopes.empty() ? "" : " ") + name;
  }
  const std::string program = parts.programs.current()->slug;
  const Instant now = parts.clock.now();
  const std::string secret = std::string(kTokenPrefix) + random_token(parts.random, kTokenBytes);
  const Sha256 hash = sha256(secret);
  return parts.database.write([&](db::Tx& tx) -> Result<MadeToken> {
    tx.hold(kTokensTurn);
    if (tx.query(service_tokens_sql::good, program, now).at(0).integer(0) >= static_cast<std::int64_t>(kMostTokens))
      return fail(ErrorKind::limit, Phrase("accounts.token.problem.limit", {{"limit", std::to_string(kMostTokens)}}));
    const auto id = parts.ids.next<TokenTag>();
    tx.post(service_tokens_sql::insert, id, db::BytesView{bytes_of(hash)}, program, trim(wish.name), scopes,
            *maker.person, now, now + std::chrono::hours(24) * wish.days);
    write_token_event(tx, parts, *maker.person, "token_made",
                      fmt::format(R"({{"token":{},"scopes":"{}"}})", id.value, scopes));
    return MadeToken{id, secret};
  });
}

Result<bool> revoke_token(const Parts& parts, web::PersonId by, TokenId id) {
  return parts.database.write([&](db::Tx& tx) -> Result<bool> {
    if (tx.execute(service_tokens_sql::revoke, parts.clock.now(), by, id, parts.programs.current()->slug) != 1)
      return false;
    write_token_event(tx, parts, by, "token_revoked", fmt::format(R"({{"token":{}}})", id.value));
    return true;
  });
}

std::optional<web::Viewer> viewer_of_token(db::Database& database, std::string_view program, std::string_view token,
                                           Instant now) {
  if (!token.starts_with(kTokenPrefix) || token.size() > kTokenPrefix.size() + 2 * kTokenBytes) return std::nullopt;
  const Sha256 hash = sha256(token);
  std::optional<Instant> used_at;
  auto viewer = database.read([&](db::Tx& tx) -> std::optional<web::Viewer> {
    const auto row = tx.find(service_tokens_sql::find, db::BytesView{bytes_of(hash)}, program, now);
    if (!row) return std::nullopt;
    web::Viewer found;
    found.token = row->integer(0);
    found.person = row->id<web::PersonId>(2);
    found.name = row->text(4);
    used_at = row->maybe_instant(3);
    std::set<std::string, std::less<>> may;
    for (const db::Row role : tx.query(service_tokens_sql::roles, *found.person, program))
      may.merge(permissions_of(static_cast<Role>(role.integer(0))));
    for (const std::string& scope : scopes_in(row->text(1))) {
      if (may.contains(scope)) found.permissions.insert(scope);
    }
    const std::string staff(web::to_string(web::Permission::staff));
    if (may.contains(staff)) found.permissions.insert(staff);
    return found;
  });
  const Instant hour{now.micros - now.micros % kHour};
  if (!viewer || (used_at && *used_at >= hour)) return viewer;
  // A busy database costs this mark, not the request: the next one sets it.
  const Result<bool> touched = database.write([&](db::Tx& tx) -> Result<bool> {
    tx.execute(service_tokens_sql::touch, hour, viewer->token);
    return true;
  });
  static_cast<void>(touched);
  return viewer;
}

}  // namespace bursary::accounts
