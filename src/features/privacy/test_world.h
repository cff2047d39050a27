// A program with applications and people, and data planted in every column that is personal; for the tests of this
// folder alone.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "features/privacy/privacy.h"
#include "features/privacy/test_rows.sql.h"
#include "tests/support/databases.h"

namespace bursary::privacy {

struct World {
  explicit World(db::Database& opened);

  // What somebody types, with `mark` in it wherever it may be.
  forms::Answers answers(const std::string& mark) const;
  applications::ApplicationId submit(const std::string& mark);
  applications::ApplicationId draft(const std::string& mark);
  void change(const std::function<void(db::Tx&)>& how);
  void index();
  void move(applications::ApplicationId id, applications::State to);
  Target find(const std::string& who) {
    return database.read([&](db::Tx& tx) { return find_target(tx, who); });
  }
  std::int64_t count(const std::string& table);
  std::int64_t next() { return ids.next_value(); }

  db::Database& database;
  FakeClock clock{*parse_rfc3339("2026-03-01T12:00:00Z")};
  SystemRandom random;
  IdSource ids{clock, 0};
  std::unique_ptr<programs::Programs> programs;
  applications::FormVersions versions;
  SigningKey signing_key;
  applications::Parts applications;
  queue::Parts queue;
  Parts parts;
};

inline constexpr const char* kMark = "zanzibarquux";

// A submitted application, a draft and a person with every way in, all of them full of kMark, among others'.
struct Planted {
  applications::ApplicationId submitted, draft;
  web::PersonId person{500};
};
Planted plant(World& world);

// "table.column" of every cell that holds `mark`.
std::set<std::string> places_of(db::Database& database, const std::string& mark);
std::vector<std::string> files_with(const std::filesystem::path& folder, const std::string& mark);

}  // namespace bursary::privacy
