// What is done with many on another feature's page: who may, how many, and what that page is told.
#include "features/queue/queue.h"
#include "tests/support/staff_house.h"

using namespace bursary;
using namespace bursary::testing;

namespace {

struct House : StaffHouse {
  explicit House(db::Database& opened) : StaffHouse(opened) {
    queue::BulkPage page;
    page.name = "letter";
    page.permission = web::Permission::send_messages;
    page.most = 2;
    page.open = [this](const web::Request&, const web::Context&, const std::vector<std::string>& references) {
      told = references;
      return web::Response{};
    };
    queue.pages.push_back(page);
    site::add_routes(router, *programs);
    queue::add_routes(router, queue);
  }
  web::Response ask(Fields fields, std::string_view who = "ana") {
    told.clear();
    fields.emplace_back("act", "letter");
    return post("/staff/bulk", std::move(fields), who);
  }
  std::string now() { return std::to_string(ids.next_value()); }

  queue::Parts queue{database, clock, ids, *programs, versions, "test"};
  std::vector<std::string> told;
};

}  // namespace

TEST_CASE("a page of another feature is opened with what was ticked, each once") {
  for_each_database([](db::Database& database) {
    House house(database);
    const std::string first = house.submit().reference, second = house.submit().reference;
    CHECK(house.ask({{"row", second + ":submitted"}, {"row", first + ":submitted"}, {"row", second}}).status == 200);
    CHECK(house.told == std::vector<std::string>{second, first});
    CHECK(house.ask({{"row", "RA-2222-22222:submitted"}}).status == 422);
    CHECK(house.told.empty());
  });
}

TEST_CASE("a page of another feature takes no more than it says, ticked or all that a query finds") {
  for_each_database([](db::Database& database) {
    House house(database);
    const std::string first = house.submit().reference, second = house.submit().reference;
    CHECK(house.ask({{"all", "1"}, {"q", ""}, {"as_of", house.now()}}).status == 200);
    CHECK(house.told.size() == 2);
    const std::string before = house.now();
    house.clock.advance(std::chrono::seconds(1));
    const std::string third = house.submit().reference;
    const auto refused = house.ask({{"row", first}, {"row", second}, {"row", third}});
    CHECK(refused.status == 422);
    CHECK(has(StaffHouse::text(refused), "2"));
    CHECK(house.ask({{"all", "1"}, {"q", ""}, {"as_of", house.now()}}).status == 422);
    CHECK(house.told.empty());
    // What came in after the list was shown is not meant.
    CHECK(house.ask({{"all", "1"}, {"q", ""}, {"as_of", before}}).status == 200);
    CHECK(house.told.size() == 2);
  });
}

TEST_CASE("a page of another feature is not there for who may not do what it does") {
  for_each_database([](db::Database& database) {
    House house(database);
    const std::string reference = house.submit().reference;
    CHECK(house.ask({{"row", reference}}, "auditor").status == 404);
    CHECK(house.told.empty());
  });
}
