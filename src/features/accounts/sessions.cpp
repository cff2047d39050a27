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
  explicit StoredSessions(const Parts& parts) : database_(parts.database), programs_(parts.programs) {}

  std::optional<web::Viewer> find(std::string_view session_secret, Instant now) override {
    if (session_secret.size() != kSecretLength) return std::nullopt;
    const Sha256 hash = sha256(session_secret);
    const db::BytesView key{bytes_of(hash)};
    const std::string program = programs_.current()->slug;
    Instant seen_at;
    std::optional<web::Viewer> viewer = database_.read([&](db::Tx& tx) -> std::optional<web::Viewer> {
      const auto row = tx.find(statements::find_session, key, now, now - kIdleLife);
      if (!row) return std::nullopt;
      seen_at = row->instant(2);
      web::Viewer found{row->id<web::PersonId>(0), row->text(1), {}, {}};
      for (const db::Row email : tx.query(statements::emails, *found.person)) found.emails.push_back(email.text(0));
      // Staff need a second factor: mail alone opens what is one's own.
      if (static_cast<Strength>(row->integer(3)) != Strength::strong) return found;
      for (const db::Row role : tx.query(statements::roles, *found.person, program))
        found.permissions.merge(permissions_of(static_cast<Role>(role.integer(0))));
      return found;
    });
    if (viewer && now - seen_at >= kTouchEvery) touch(hash, now);
    return viewer;
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
  programs::Programs& programs_;
};

}  // namespace

std::unique_ptr<web::Sessions> open_sessions(const Parts& parts) { return std::make_unique<StoredSessions>(parts); }

std::string start_session(db::Tx& tx, Random& random, Instant now, web::PersonId person, Strength strength,
                          std::string_view replaced_secret) {
  tx.execute(statements::forget_ended_sessions, now, now - kIdleLife);
  end_session(tx, replaced_secret);
  const std::string secret = random_token(random, kSecretBytes);
  const Sha256 hash = sha256(secret);
  tx.execute(statements::insert_session, db::BytesView{bytes_of(hash)}, person, strength, now, now + kSessionLife);
  return secret;
}

void end_session(db::Tx& tx, std::string_view secret) {
  if (secret.empty()) return;
  const Sha256 hash = sha256(secret);
  tx.execute(statements::end_session, db::BytesView{bytes_of(hash)});
}

}  // namespace bursary::accounts
