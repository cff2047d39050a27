// Accounts on a fresh database, for the tests of this folder alone.
#pragma once
#include <doctest/doctest.h>

#include "base/crypto.h"
#include "features/accounts/mail_sign_in.h"
#include "features/accounts/people.h"
#include "features/accounts/sessions.h"
#include "features/accounts/test_rows.sql.h"
#include "tests/support/databases.h"

namespace bursary::accounts {

// What a test knows to be there.
template <class T>
T must(std::optional<T> value) {
  if (!value) throw std::logic_error("nothing is there");
  return std::move(*value);
}

struct AccountWorld {
  explicit AccountWorld(db::Database& opened)
      : database(opened),
        ids(clock, 0),
        programs(std::move(programs::Programs::open({}, problems).value())),
        parts{opened, clock, random, ids, *programs, "https://apply.example.org", std::string(32, 's')},
        sessions(open_sessions(parts)) {
    crypto_ready();
  }

  // Somebody whose address this is.
  web::PersonId person(const std::string& email) {
    return database.write([&](db::Tx& tx) -> Result<web::PersonId> { return person_with(tx, ids, email, clock.now()); })
        .value();
  }
  void give(web::PersonId person, Role role) {
    REQUIRE(database.write([&](db::Tx& tx) -> Result<std::int64_t> {
      return tx.execute(sql::accounts::test_rows::give, person, programs->current()->slug, role);
    }));
  }
  std::string session(web::PersonId person, Strength strength = Strength::strong) {
    return database
        .write([&](db::Tx& tx) -> Result<std::string> {
          return start_session(tx, parts, person, strength, Method::passkey, {});
        })
        .value();
  }
  std::optional<web::Viewer> viewer(const std::string& session) { return sessions->find(session, clock.now()); }
  std::int64_t events(std::string_view kind) {
    return database.read(
        [&](db::Tx& tx) { return tx.query(sql::accounts::test_rows::count_events, kind).at(0).integer(0); });
  }

  db::Database& database;
  FakeClock clock{Instant{1'772'357'401'000'000}};
  SystemRandom random;
  IdSource ids;
  std::vector<programs::Problem> problems;
  std::unique_ptr<programs::Programs> programs;
  Parts parts;
  std::unique_ptr<web::Sessions> sessions;
};

}  // namespace bursary::accounts
