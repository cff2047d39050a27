#include "features/accounts/sessions.h"

#include "base/crypto.h"
#include "features/accounts/browser_name.h"
#include "features/accounts/roles.h"
#include "features/accounts/service_tokens.h"
#include "features/accounts/session.sql.h"
#include "web/response.h"

namespace bursary::accounts {
namespace {

namespace session_sql = sql::accounts::session;

constexpr std::size_t kSessionBytes = 32;
constexpr std::size_t kSecretLength = 43;  // 32 bytes as base64url
constexpr std::chrono::minutes kTouchEvery{5};

struct SessionTag;

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
      const auto row = tx.find(session_sql::find_session, key, now, now - kIdleLife);
      if (!row) return std::nullopt;
      seen_at = row->instant(2);
      web::Viewer found;
      found.person = row->id<web::PersonId>(0);
      found.name = row->text(1);
      found.session = row->maybe_integer(5).value_or(0);
      for (const db::Row email : tx.query(session_sql::emails, *found.person)) found.emails.push_back(email.text(0));
      // Staff need a second factor: mail alone opens what is one's own.
      if (static_cast<Strength>(row->integer(3)) != Strength::strong) return found;
      found.strong = true;
      found.proved_at = row->instant(4);
      for (const db::Row role : tx.query(session_sql::roles, *found.person, program))
        found.permissions.merge(permissions_of(static_cast<Role>(role.integer(0))));
      return found;
    });
    if (viewer && now - seen_at >= kTouchEvery) touch(hash, now);
    return viewer;
  }

  std::optional<web::Viewer> find_token(std::string_view token, Instant now) override {
    return viewer_of_token(database_, programs_.current()->slug, token, now);
  }

 private:
  // A busy database costs this mark, not the request: the next one sets it.
  void touch(const Sha256& hash, Instant now) {
    const Result<bool> touched = database_.write([&](db::Tx& tx) -> Result<bool> {
      tx.execute(session_sql::touch_session, now, db::BytesView{bytes_of(hash)});
      return true;
    });
    static_cast<void>(touched);
  }

  db::Database& database_;
  programs::Programs& programs_;
};

}  // namespace

std::unique_ptr<web::Sessions> open_sessions(const Parts& parts) { return std::make_unique<StoredSessions>(parts); }

std::string_view to_string(Method method) {
  switch (method) {
    case Method::unknown:
      return "unknown";
    case Method::mail:
      return "mail";
    case Method::terminal:
      return "terminal";
    case Method::passkey:
      return "passkey";
    case Method::password:
      return "password";
    case Method::provider:
      return "provider";
  }
  return "unknown";
}

Visitor Visitor::of(const web::Request& request) {
  return {web::read_cookie(request, kSessionCookie).value_or(""), browser_name(request.header("User-Agent"))};
}

std::string start_session(db::Tx& tx, const Parts& parts, web::PersonId person, Strength strength, Method method,
                          const Visitor& visitor) {
  const Instant now = parts.clock.now();
  tx.post(session_sql::forget_ended_sessions, now, now - kIdleLife);
  end_session(tx, visitor.session);
  const std::string secret = random_token(parts.random, kSessionBytes);
  const Sha256 hash = sha256(secret);
  tx.post(session_sql::insert_session, db::BytesView{bytes_of(hash)}, person, strength, now, now + kSessionLife,
          parts.ids.next<SessionTag>(), method, visitor.browser);
  write_account_event(tx, parts, person, "signed_in", fmt::format(R"({{"by":"{}"}})", to_string(method)));
  return secret;
}

std::string renew_session(db::Tx& tx, const Parts& parts, web::PersonId person, Method method, const Visitor& visitor) {
  const std::string secret = random_token(parts.random, kSessionBytes);
  const Sha256 fresh = sha256(secret), old = sha256(visitor.session);
  if (tx.execute(session_sql::renew, db::BytesView{bytes_of(fresh)}, method, parts.clock.now(),
                 db::BytesView{bytes_of(old)}, person) != 1)
    return {};
  write_account_event(tx, parts, person, "confirmed", fmt::format(R"({{"by":"{}"}})", to_string(method)));
  return secret;
}

void end_session(db::Tx& tx, std::string_view secret) {
  if (secret.empty()) return;
  const Sha256 hash = sha256(secret);
  tx.post(session_sql::end_session, db::BytesView{bytes_of(hash)});
}

std::vector<SessionLine> sessions_of(db::Tx& tx, web::PersonId person, Instant now) {
  std::vector<SessionLine> lines;
  for (const db::Row row : tx.query(session_sql::list, person, now, now - kIdleLife)) {
    lines.push_back({row.integer(0), static_cast<Method>(row.integer(1)), row.text(2), row.instant(3), row.instant(4)});
  }
  return lines;
}

bool end_session_of(db::Tx& tx, web::PersonId person, std::int64_t id) {
  return tx.execute(session_sql::end_by_id, person, id) == 1;
}

void end_other_sessions(db::Tx& tx, web::PersonId person, std::int64_t but) {
  tx.post(session_sql::end_others, person, but);
}

audit::By act_of(db::Tx& tx, const Parts& parts, web::PersonId person) {
  const bool staff = !tx.query(session_sql::roles, person, parts.programs.current()->slug).empty();
  return staff ? audit::By::staff(person) : audit::By::applicant(person);
}

void write_account_event(db::Tx& tx, const Parts& parts, web::PersonId person, std::string_view kind,
                         std::string_view detail) {
  audit::write_event(tx, {parts.ids.next<audit::EventTag>(), std::nullopt, kind, act_of(tx, parts, person),
                          parts.clock.now(), detail});
}

}  // namespace bursary::accounts
