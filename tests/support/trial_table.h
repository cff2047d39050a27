// A table and statements for tests of the database seam itself.
#pragma once
#include "db/database.h"

namespace bursary::testing {

template <std::size_t N>
constexpr db::Query<N> statement(std::string_view name, std::string_view sqlite, std::string_view postgres) {
  return {name, sqlite, postgres};
}

namespace trial {

inline constexpr auto kMakeParent =
    statement<0>("trial.make_parent", "create table parent (id bigint not null primary key)",
                 "create table parent (id bigint not null primary key)");
inline constexpr auto kMake =
    statement<0>("trial.make",
                 "create table trial (id bigint not null primary key, counter bigint not null check (counter >= 0), "
                 "name text unique,"
                 " ratio double precision, bytes blob, parent bigint references parent (id))",
                 "create table trial (id bigint not null primary key, counter bigint not null check (counter >= 0), "
                 "name text unique,"
                 " ratio double precision, bytes bytea, parent bigint references parent (id))");
inline constexpr auto kInsert = statement<2>("trial.insert", "insert into trial (id, counter) values (?1, ?2)",
                                             "insert into trial (id, counter) values ($1, $2)");
inline constexpr auto kInsertWhole = statement<6>(
    "trial.insert_whole", "insert into trial (id, counter, name, ratio, bytes, parent) values (?1, ?2, ?3, ?4, ?5, ?6)",
    "insert into trial (id, counter, name, ratio, bytes, parent) values ($1, $2, $3, $4, $5, $6)");
inline constexpr auto kAdd = statement<2>("trial.add", "update trial set counter = counter + ?2 where id = ?1",
                                          "update trial set counter = counter + $2 where id = $1");
inline constexpr auto kSet = statement<2>("trial.set", "update trial set counter = ?2 where id = ?1",
                                          "update trial set counter = $2 where id = $1");
inline constexpr auto kCounter =
    statement<1>("trial.counter", "select counter from trial where id = ?1", "select counter from trial where id = $1");
inline constexpr auto kWhole =
    statement<1>("trial.whole", "select id, counter, name, ratio, bytes, parent from trial where id = ?1",
                 "select id, counter, name, ratio, bytes, parent from trial where id = $1");
inline constexpr auto kCount = statement<0>("trial.count", "select count(*) from trial", "select count(*) from trial");
inline constexpr auto kAll =
    statement<0>("trial.all", "select id, counter from trial order by id", "select id, counter from trial order by id");
inline constexpr auto kInsertReturning =
    statement<2>("trial.insert_returning", "insert into trial (id, counter) values (?1, ?2) returning counter",
                 "insert into trial (id, counter) values ($1, $2) returning counter");

inline void make(db::Database& database) {
  const auto made = database.write([](db::Tx& tx) -> Result<void> {
    tx.execute(kMakeParent);
    tx.execute(kMake);
    return {};
  });
  if (!made) throw std::runtime_error(made.error().detail);
}

inline std::int64_t count(db::Database& database) {
  return database.read([](db::Tx& tx) { return tx.query(kCount).at(0).integer(0); });
}

inline std::int64_t counter(db::Database& database, std::int64_t id) {
  return database.read([&](db::Tx& tx) { return tx.find(kCounter, id).value().integer(0); });
}

}  // namespace trial
}  // namespace bursary::testing
