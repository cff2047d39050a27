// What a person meets while the database is away: no word lost, nothing taken twice.
#include <doctest/doctest.h>

#include "features/applications/test_house.h"

using namespace bursary;
using namespace bursary::applications;

namespace {

// A database that can be taken away; `lose_answers` commits and then says that nobody knows.
class Switched final : public db::Database {
 public:
  explicit Switched(db::Database& whole) : whole_(whole) {}
  db::Dialect dialect() const override { return whole_.dialect(); }
  unsigned node() const override { return whole_.node(); }
  std::optional<std::string> problem_with(std::string_view text) override { return whole_.problem_with(text); }
  Figures figures() const override { return whole_.figures(); }
  Result<void> backup_to(const std::string& path) override { return whole_.backup_to(path); }

  bool away = false;
  bool lose_answers = false;

 protected:
  std::optional<Error> write_erased(const std::function<bool(db::Tx&)>& fn) override {
    must_be_here();
    bool kept = false;
    const auto done = whole_.write([&](db::Tx& tx) -> Result<void> {
      kept = fn(tx);
      if (!kept) return fail(ErrorKind::conflict, "applications.problem.changed_elsewhere");
      return {};
    });
    if (lose_answers) throw db::DatabaseBroken("lost while committing");
    if (!done && kept) return done.error();
    return std::nullopt;
  }
  void read_erased(const std::function<void(db::Tx&)>& fn) override {
    must_be_here();
    whole_.read([&](db::Tx& tx) {
      fn(tx);
      return true;
    });
  }

 private:
  void must_be_here() const {
    if (away) throw db::DatabaseBroken("the database is away");
  }
  db::Database& whole_;
};

struct Given {
  testing::SqliteForTest sqlite;
  Switched database{*sqlite.database};
  House house{database};
  Site site{house};
};

}  // namespace

TEST_CASE("a form that comes while the database is away is shown again as it was typed") {
  Given given;
  const auto fields = given.site.good_fields();
  given.database.away = true;
  const web::Response refused = given.site.post("/apply", fields);
  CHECK(refused.status == 503);
  CHECK(refused.headers.find("Retry-After") == "5");
  CHECK(has(body_of(refused), "We study how models follow instructions under perturbed prompts."));
  CHECK(has(body_of(refused), "amina@example.org"));
  CHECK_FALSE(has(body_of(refused), "the database is away"));
  CHECK(has(body_of(refused), "We cannot tell whether this was saved"));
  CHECK(given.site.get("/draft/06HP04FSR0G00-nn5ybzqVekOQfJYk1toD9A").status == 503);
  given.database.away = false;
  CHECK(given.site.post("/apply", fields).status == 303);
  CHECK(given.house.count("application") == 1);
}

TEST_CASE("an answer that was lost on its way is one application when the form is sent again") {
  Given given;
  auto fields = given.site.good_fields();
  fields.emplace_back("_key", std::string(32, 'k'));
  given.database.lose_answers = true;
  CHECK(given.site.post("/apply", fields).status == 503);
  given.database.lose_answers = false;
  CHECK(location_of(given.site.post("/apply", fields)).starts_with("/application/"));
  CHECK(given.house.count("application") == 1);
}
