#include "app/opened_house.h"

namespace bursary::app {
namespace {

constexpr db::Query<2> kPerson{"trial.person", "insert into person (id, name, created_at) values (?1, ?2, 0)",
                               "insert into person (id, name, created_at) values ($1, $2, 0)"};
constexpr db::Query<2> kEmail{"trial.email",
                              "insert into person_email (email, person_id, verified_at) values (?1, ?2, 0)",
                              "insert into person_email (email, person_id, verified_at) values ($1, $2, 0)"};
constexpr db::Query<2> kRole{"trial.role",
                             "insert into role_grant (person_id, program, role, granted_at) values (?1, '*', ?2, 0)",
                             "insert into role_grant (person_id, program, role, granted_at) values ($1, '*', $2, 0)"};
constexpr db::Query<6> kSession{"trial.session",
                                "insert into session (hash, person_id, strength, created_at, seen_at, expires_at, id, "
                                "proved_at) values (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?4)",
                                "insert into session (hash, person_id, strength, created_at, seen_at, expires_at, id, "
                                "proved_at) values ($1, $2, $3, $4, $4, $5, $6, $4)"};

constexpr db::Query<6> kToken{
    "trial.token",
    "insert into service_token (id, hash, program, name, scopes, person_id, created_at, expires_at) "
    "values (?1, ?2, ?3, 'trial', ?4, ?5, 0, ?6)",
    "insert into service_token (id, hash, program, name, scopes, person_id, created_at, expires_at) "
    "values ($1, $2, $3, 'trial', $4, $5, 0, $6)"};

}  // namespace

web::PersonId OpenedHouse::add_person(const std::string& email, std::optional<int> role) const {
  const auto written = house->database().write([&](db::Tx& tx) -> Result<web::PersonId> {
    const auto person = house->accounts().ids.next<web::PersonTag>();
    tx.post(kPerson, person, "Somebody");
    tx.post(kEmail, email, person);
    if (role) tx.post(kRole, person, static_cast<std::int64_t>(*role));
    return person;
  });
  REQUIRE(written);
  return written.value_or(web::PersonId{});
}

std::string OpenedHouse::session_of(web::PersonId person, bool strong) const {
  SystemRandom random;
  const std::string secret = random_token(random, 32);
  const Sha256 hash = sha256(secret);
  const Instant now = house->clock().now();
  const auto written = house->database().write([&](db::Tx& tx) -> Result<void> {
    tx.post(kSession, db::BytesView{bytes_of(hash)}, person, std::int64_t{strong ? 1 : 0}, now,
            now + std::chrono::hours(24), house->accounts().ids.next_value());
    return {};
  });
  REQUIRE(written);
  return "__Host-session=" + secret;
}

std::string OpenedHouse::token_of(web::PersonId person, const std::string& scopes) const {
  SystemRandom random;
  const std::string token = "bursary_st_" + random_token(random, 32);
  const Sha256 hash = sha256(token);
  const Instant now = house->clock().now();
  const std::string program = house->programs().current()->slug;
  const auto written = house->database().write([&](db::Tx& tx) -> Result<void> {
    tx.post(kToken, house->accounts().ids.next_value(), db::BytesView{bytes_of(hash)}, program, scopes, person,
            now + std::chrono::hours(24));
    return {};
  });
  REQUIRE(written);
  return "Bearer " + token;
}

std::int64_t OpenedHouse::count_of(const std::string& from_where) const {
  return house->database().read(
      [&](db::Tx& tx) { return tx.query_composed("select count(*) from " + from_where, {}).at(0).integer(0); });
}

}  // namespace bursary::app
