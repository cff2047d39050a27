#include "features/accounts/password_sign_in.h"

#include "base/crypto.h"
#include "base/derived_secret.h"
#include "base/mail_address.h"
#include "base/text.h"
#include "features/accounts/ceremony.h"
#include "features/accounts/password_hash.h"
#include "features/accounts/password_sign_in.sql.h"
#include "features/accounts/second_factor.h"

namespace bursary::accounts {
namespace {

namespace password_sign_in_sql = sql::accounts::password_sign_in;

constexpr std::chrono::hours kCounted{1};
struct AttemptTag;

// A browser that was let in before. A new password ends what it knows.
std::string device_purpose(Instant changed_at) { return fmt::format("bursary known device {} 1", changed_at.micros); }

struct Account {
  std::optional<web::PersonId> person;
  std::string hash;  // empty: no password
  Instant changed_at;
};

Account account_of(db::Tx& tx, std::string_view email) {
  const auto row = tx.find(password_sign_in_sql::by_email, email);
  if (!row) return {};
  Account account{row->id<web::PersonId>(0), row->text_or_empty(1), {}};
  if (!row->is_null(2)) account.changed_at = row->instant(2);
  return account;
}

Sha256 attempt_key(std::string_view email, bool known) {
  return sha256(fmt::format("bursary password attempts\n{}\n{}", known ? "known" : "unknown", email));
}

// Counted before it is looked at: parallel guesses cannot have more.
Result<void> count(const Parts& parts, const Sha256& key) {
  const Instant now = parts.clock.now();
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    std::int64_t turn = 0;
    for (std::size_t i = 0; i < 8; ++i)
      turn = static_cast<std::int64_t>(static_cast<std::uint64_t>(turn) << 8 | key[i]);
    tx.hold(turn);
    tx.post(password_sign_in_sql::forget_attempts, now - kCounted);
    if (tx.query(password_sign_in_sql::attempts, db::BytesView{bytes_of(key)}, now - kCounted).at(0).integer(0) >=
        kAttemptsAnHour)
      return fail(ErrorKind::limit, "accounts.password.too_many");
    tx.post(password_sign_in_sql::add_attempt, db::BytesView{bytes_of(key)}, now, parts.ids.next<AttemptTag>());
    return {};
  });
}

[[nodiscard]] auto wrong_pair() { return fail(ErrorKind::invalid, "accounts.password.wrong"); }

[[nodiscard]] auto wrong(const char* field, const Phrase& message) {
  return fail(Error{ErrorKind::invalid, message, {}, {{field, message}}});
}

}  // namespace

Result<std::string> begin_by_password(const Parts& parts, std::string_view typed, std::string_view password,
                                      std::string_view device) {
  const auto address = read_mail_address(trim(typed));
  if (!address || password.empty() || password.size() > 4 * kLongestPassword) return wrong_pair();
  const std::string email = to_lower_ascii(address->text());
  const Account account = parts.database.read([&](db::Tx& tx) { return account_of(tx, email); });
  const auto known = read_derived_secret(device_purpose(account.changed_at), device, parts.secret);
  const Sha256 key = attempt_key(email, account.person && known == account.person->value);
  if (auto counted = count(parts, key); !counted) return fail(counted.error());
  const bool right = password_holds(account.hash, password);
  const std::string fresh = right && wants_new_hash(account.hash) ? hash_password(password) : std::string();
  Result<std::string> begun = parts.database.write([&](db::Tx& tx) -> Result<std::string> {
    if (!right) {
      if (account.person) write_account_event(tx, parts, *account.person, "sign_in_refused", R"({"by":"password"})");
      return std::string();
    }
    if (!fresh.empty()) tx.post(password_sign_in_sql::renew_hash, fresh, *account.person, account.hash);
    tx.post(password_sign_in_sql::clear_attempts, db::BytesView{bytes_of(key)});
    return begin_ceremony(tx, parts, CeremonyKind::second_factor, account.person, {}, kSecondFactorLife);
  });
  if (begun && begun->empty()) return wrong_pair();
  return begun;
}

Result<Admitted> finish_by_code(const Parts& parts, std::string_view secret, std::string_view code,
                                const Visitor& visitor) {
  enum class Outcome { in, wrong, ended };
  struct Finished {
    Outcome outcome = Outcome::ended;
    Admitted admitted;
  };
  const Result<Finished> finished = parts.database.write([&](db::Tx& tx) -> Result<Finished> {
    const auto ceremony = find_ceremony(tx, parts, CeremonyKind::second_factor, secret);
    if (!ceremony || !ceremony->person || !count_attempt(tx, parts, ceremony->id, kSecondFactorAttempts))
      return Finished{};
    const web::PersonId person = *ceremony->person;
    if (!take_code(tx, parts, person, code)) {
      write_account_event(tx, parts, person, "sign_in_refused", R"({"by":"code"})");
      return Finished{Outcome::wrong, {}};
    }
    if (!end_ceremony(tx, parts, CeremonyKind::second_factor, secret)) return Finished{};
    const auto row = tx.find(password_sign_in_sql::of_person, person);
    if (!row) return Finished{};
    return Finished{Outcome::in,
                    {start_session(tx, parts, person, Strength::strong, Method::password, visitor),
                     derived_secret(device_purpose(row->instant(1)), person.value, parts.secret)}};
  });
  if (!finished) return fail(finished.error());
  if (finished->outcome == Outcome::wrong) return wrong("code", "accounts.password.wrong_code");
  if (finished->outcome == Outcome::ended) return fail(ErrorKind::conflict, "accounts.password.ended");
  return finished->admitted;
}

Result<std::string> confirm_by_password(const Parts& parts, web::PersonId person, std::string_view password,
                                        std::string_view code, const Visitor& visitor) {
  const Sha256 key = sha256(fmt::format("bursary password attempts\nconfirm\n{}", person.value));
  if (auto counted = count(parts, key); !counted) return fail(counted.error());
  const std::string hash = parts.database.read([&](db::Tx& tx) {
    const auto row = tx.find(password_sign_in_sql::of_person, person);
    return row ? row->text(0) : std::string();
  });
  if (!password_holds(hash, password)) return wrong("password", "accounts.password.wrong_password");
  return parts.database.write([&](db::Tx& tx) -> Result<std::string> {
    if (!take_code(tx, parts, person, code)) return wrong("code", "accounts.password.wrong_code");
    tx.post(password_sign_in_sql::clear_attempts, db::BytesView{bytes_of(key)});
    std::string session = renew_session(tx, parts, person, Method::password, visitor);
    if (session.empty()) return fail(ErrorKind::conflict, "accounts.password.ended");
    return session;
  });
}

Result<std::string> begin_code_app(const Parts& parts, web::PersonId person) {
  return parts.database.write([&](db::Tx& tx) -> Result<std::string> {
    return begin_ceremony(tx, parts, CeremonyKind::code_app, person, {}, std::chrono::minutes(30));
  });
}

std::optional<std::int64_t> code_app_begun(db::Tx& tx, const Parts& parts, web::PersonId person,
                                           std::string_view begun) {
  const auto ceremony = find_ceremony(tx, parts, CeremonyKind::code_app, begun);
  return ceremony && ceremony->person == person ? std::optional(ceremony->id.value) : std::nullopt;
}

Result<std::vector<std::string>> set_password_and_app(const Parts& parts, web::PersonId person, std::string_view begun,
                                                      std::string_view code, std::string_view password,
                                                      const std::vector<std::string>& own_words) {
  using Codes = std::vector<std::string>;
  if (auto good = check_new_password(password, own_words); !good) return wrong("password", good.error().message);
  const std::string hash = hash_password(password);
  const Instant now = parts.clock.now();
  return parts.database.write([&](db::Tx& tx) -> Result<Codes> {
    const auto id = code_app_begun(tx, parts, person, begun);
    if (!id) return fail(ErrorKind::conflict, "accounts.password.ended");
    const auto step = step_of_code(parts, *id, code, now);
    if (!step) return wrong("code", "accounts.password.wrong_code");
    if (!end_ceremony(tx, parts, CeremonyKind::code_app, begun))
      return fail(ErrorKind::conflict, "accounts.password.ended");
    tx.post(password_sign_in_sql::remove_password, person);
    tx.post(password_sign_in_sql::insert_password, person, hash, now);
    tx.post(password_sign_in_sql::remove_app, person);
    tx.post(password_sign_in_sql::insert_app, person, *id, now, *step);
    write_account_event(tx, parts, person, "password_set");
    write_account_event(tx, parts, person, "code_app_added");
    return make_recovery_codes(tx, parts, person);
  });
}

Result<void> remove_password(const Parts& parts, web::PersonId person) {
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    if (tx.execute(password_sign_in_sql::remove_password, person) == 0) return {};
    tx.post(password_sign_in_sql::remove_app, person);
    tx.post(password_sign_in_sql::remove_recovery_codes, person);
    write_account_event(tx, parts, person, "password_removed");
    return {};
  });
}

Result<std::vector<std::string>> new_recovery_codes(const Parts& parts, web::PersonId person) {
  using Codes = std::vector<std::string>;
  return parts.database.write([&](db::Tx& tx) -> Result<Codes> {
    if (!tx.find(password_sign_in_sql::of_person, person)) return fail(ErrorKind::conflict, "accounts.password.none");
    write_account_event(tx, parts, person, "recovery_codes_made");
    return make_recovery_codes(tx, parts, person);
  });
}

PasswordState password_state(db::Tx& tx, web::PersonId person) {
  PasswordState state;
  state.set = tx.find(password_sign_in_sql::of_person, person).has_value();
  state.recovery_codes = static_cast<int>(tx.query(password_sign_in_sql::recovery_codes_left, person).at(0).integer(0));
  return state;
}

}  // namespace bursary::accounts
