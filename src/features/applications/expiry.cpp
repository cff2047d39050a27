#include "features/applications/draft.sql.h"
#include "features/applications/expiry.sql.h"
#include "features/applications/files.h"
#include "features/applications/key.h"
#include "features/applications/mail.h"
#include "features/applications/rows.h"

namespace bursary::applications {

namespace expiry_sql = sql::applications::expiry;

namespace {

constexpr std::chrono::hours kReminderBefore{7 * 24};
// Longer than any run: `limit` writes of milliseconds each.
constexpr std::chrono::minutes kLease{10};

// Holds the table's lease while it lives. Two nodes at it would do nothing twice (each row is claimed by its own
// statement); the lease only spares them the work.
class Lease {
 public:
  explicit Lease(const Parts& parts) : parts_(parts), holder_(random_token(parts.random)) {
    const Instant now = parts.clock.now();
    const Result<bool> taken = parts.database.write(
        [&](db::Tx& tx) -> Result<bool> { return tx.execute(expiry_sql::take_lease, holder_, now + kLease, now) > 0; });
    held_ = taken && *taken;
  }
  ~Lease() {
    if (!held_) return;
    try {
      const Result<void> ended = parts_.database.write([&](db::Tx& tx) -> Result<void> {
        tx.post(expiry_sql::end_lease, holder_);
        return {};
      });
      (void)ended;  // it runs out by itself
    } catch (const std::exception&) {
      held_ = false;
    }
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  bool held() const { return held_; }

 private:
  const Parts& parts_;
  std::string holder_;
  bool held_ = false;
};

template <class Query, class... Args>
std::vector<ApplicationId> ids_of(const Parts& parts, const Query& query, const Args&... args) {
  return parts.database.read([&](db::Tx& tx) {
    std::vector<ApplicationId> out;
    for (const db::Row& row : tx.query(query, args...)) out.push_back(row.id<ApplicationId>(0));
    return out;
  });
}

// The mail tells the link again, which the server can but for one that was drawn at random or under an older secret.
bool remind(const Parts& parts, ApplicationId id, Instant now) {
  const Result<bool> done = parts.database.write([&](db::Tx& tx) -> Result<bool> {
    const std::optional<StoredApplication> draft = load_application(tx, id);
    if (!draft || draft->application.state != State::draft || tx.execute(expiry_sql::mark_reminded, now, id) == 0)
      return false;
    const std::string link = LinkSecret::derive(id, parts.secret, draft->application.link_generation).text;
    if (!same_secret(draft->link_hash, bytes_of(sha256(link)))) return false;
    messages::queue_message(tx, parts.ids, parts.random, now, messages::message_id_domain(parts.public_address),
                            draft_expires_mail(draft->application, now));
    audit::write_event(tx, {parts.ids.next<audit::EventTag>(), id.value, "draft_reminded", audit::By::program(), now});
    return true;
  });
  return done && *done;
}

bool expire(const Parts& parts, ApplicationId id, Instant now) {
  const Result<bool> done = parts.database.write([&](db::Tx& tx) -> Result<bool> {
    if (tx.execute(expiry_sql::expire, now, id) == 0) return false;  // saved again meanwhile
    tx.post(sql::applications::draft::drop, id);
    tx.post(expiry_sql::forget_emails, id);
    tx.post(expiry_sql::forget_people, id);
    tx.post(expiry_sql::forget_seen, id);
    write_files(tx, parts.ids, now, id, {}, {}, false);
    audit::write_event(tx, {parts.ids.next<audit::EventTag>(), id.value, "draft_expired", audit::By::program(), now});
    return true;
  });
  return done && *done;
}

}  // namespace

DraftExpiry run_draft_expiry(const Parts& parts, int limit) {
  DraftExpiry out;
  const Lease lease(parts);
  if (!lease.held()) return out;
  const Instant now = parts.clock.now();
  for (const ApplicationId id : ids_of(parts, expiry_sql::to_remind, now, now + kReminderBefore, limit)) {
    out.reminded += remind(parts, id, now) ? 1 : 0;
  }
  for (const ApplicationId id : ids_of(parts, expiry_sql::to_expire, now, limit))
    out.expired += expire(parts, id, now) ? 1 : 0;
  forget_keys(parts.database, now);
  return out;
}

}  // namespace bursary::applications
