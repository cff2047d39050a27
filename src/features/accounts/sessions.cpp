#include "features/accounts/sessions.h"

#include "base/crypto.h"
#include "features/accounts/roles.h"
#include "features/accounts/session.sql.h"

namespace bursary::accounts {
namespace {

namespace statements = sql::accounts::session;

constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kSecretLength = 43;  // 32 bytes as base64url
constexpr std::chrono::minutes kTouchEvery{5};

class StoredSessions final : public web::Sessions {
 public:
  explicit StoredSessions(const Parts& parts) : database_(parts.database) {}

  std::optional<web::Viewer> find(std::string_view session_secret, Instant now) override {
    if (session_secret.size() != kSecretLength) return std::nullopt;
    const Sha256 hash = sha256(session_secret);
    const db::BytesView key{bytes_of(hash)};
    const std::optional<db::Row> row =
        database_.read([&](db::Tx& tx) { return tx.find(statements::find_session, key, now, now - kIdleLife); });
    if (!row) return std::nullopt;
    if (now - row->instant(3) >= kTouchEvery) touch(hash, now);
    return web::Viewer{row->id<web::StaffId>(0), row->text(1), permissions_of(row->text(2))};
  }

 private:
  // A busy database costs this mark, not the request: the next one sets it.
  void touch(const Sha256& hash, Instant now) {
    const Result<bool> touched = database_.write([&](db::Tx& tx) -> Result<bool> {
      tx.execute(statements::touch_session, now, db::BytesView{bytes_of(hash)});
      return true;
    });
    static_cast<void>(touched);
  }

  db::Database& database_;
};

}  // namespace

std::unique_ptr<web::Sessions> open_sessions(const Parts& parts) { return std::make_unique<StoredSessions>(parts); }

std::string start_session(db::Tx& tx, Random& random, Instant now, web::StaffId staff,
                          std::string_view replaced_secret) {
  tx.execute(statements::forget_ended_sessions, now, now - kIdleLife);
  end_session(tx, replaced_secret);
  const std::string secret = random_token(random, kSecretBytes);
  const Sha256 hash = sha256(secret);
  tx.execute(statements::insert_session, db::BytesView{bytes_of(hash)}, staff, now, now + kSessionLife);
  return secret;
}

void end_session(db::Tx& tx, std::string_view secret) {
  if (secret.empty()) return;
  const Sha256 hash = sha256(secret);
  tx.execute(statements::end_session, db::BytesView{bytes_of(hash)});
}

}  // namespace bursary::accounts
