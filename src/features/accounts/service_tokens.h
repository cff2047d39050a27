// Service tokens: how a program signs in to the API, in the name of whoever made it. A part of accounts, not of its
// public face.
//
// Invariants
//   - A token is 256 random bits behind a prefix that scanners for leaked secrets can know; it is shown once and kept
//     as SHA-256 alone.
//   - It may what its scopes say and its maker may at that moment: who loses a role takes it from their tokens too.
//   - A revoked or expired one, and one whose maker was erased, is nobody's.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "features/accounts/accounts.h"
#include "web/router.h"

namespace bursary::accounts {

struct TokenTag;
using TokenId = Id<TokenTag>;

inline constexpr std::string_view kTokenPrefix = "bursary_st_";
inline constexpr int kTokenLives[] = {30, 90, 365};  // days
inline constexpr std::size_t kMostTokens = 100;      // of one program that are good
inline constexpr web::Permission kScopes[] = {
    web::Permission::read_applications,   web::Permission::export_applications, web::Permission::screen_applications,
    web::Permission::decide_applications, web::Permission::read_messages,       web::Permission::send_messages,
    web::Permission::read_audit,          web::Permission::manage_people,       web::Permission::manage_program};

struct ServiceToken {
  TokenId id;
  std::string name, maker;
  std::vector<std::string> scopes;  // names of web::Permission
  web::PersonId person;
  Instant created_at, expires_at;
  std::optional<Instant> revoked_at, used_at;

  bool good(Instant now) const { return !revoked_at && expires_at > now; }
};
std::vector<ServiceToken> tokens_of(db::Tx& tx, std::string_view program);  // newest first
std::optional<ServiceToken> find_token(db::Tx& tx, std::string_view program, TokenId id);

struct TokenWish {
  std::string name;
  std::vector<std::string> scopes;
  std::int64_t days = 0;  // one of kTokenLives
};
struct MadeToken {
  TokenId id;
  std::string secret;
};
// Error{invalid} with fields; Error{limit} past kMostTokens. `maker` is who asks, with what they may: no scope beyond.
Result<MadeToken> make_token(const Parts& parts, const web::Viewer& maker, const TokenWish& wish);
// False when there is none such, or it was revoked before.
Result<bool> revoke_token(const Parts& parts, web::PersonId by, TokenId id);

// Who asks with it; notes its use, to the hour.
std::optional<web::Viewer> viewer_of_token(db::Database& database, std::string_view program, std::string_view token,
                                           Instant now);

}  // namespace bursary::accounts
