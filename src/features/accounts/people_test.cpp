// Addresses of a person, invitations and roles.
#include "features/accounts/people.h"

#include "base/derived_secret.h"
#include "features/accounts/account_world.h"
#include "features/accounts/addresses.h"
#include "features/accounts/test_rows.sql.h"
#include "features/messages/messages.h"

using namespace bursary;
using namespace bursary::accounts;
using namespace std::chrono_literals;

namespace rows = sql::accounts::test_rows;

namespace {

struct World : AccountWorld {
  explicit World(db::Database& opened) : AccountWorld(opened), admin(person("admin@example.org")) {
    give(admin, Role::administrator);
  }
  std::string link_of_newest() {
    const auto waiting =
        database.read([&](db::Tx& tx) { return invitations_of(tx, programs->current()->slug, clock.now()); });
    REQUIRE_FALSE(waiting.empty());
    const std::string address = must(tell_invitation(parts, waiting.front().id.value));
    return address.substr(address.rfind('/') + 1);
  }
  std::string code_of(const std::string& asked) { return must(tell_address_code(parts, must(id_in_secret(asked)))); }
  std::vector<std::string> emails(web::PersonId person) { return must(viewer(session(person, Strength::mail))).emails; }
  bool has_role(web::PersonId person, const char* permission) { return must(viewer(session(person))).may(permission); }

  web::PersonId admin;
};

}  // namespace

TEST_CASE("an invitation gives its role once, and mail alone still opens no console") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    REQUIRE(invite(world.parts, world.admin, " Bo@Example.org ", Role::coordinator, "en"));
    const std::string link = world.link_of_newest();
    const auto session = accept_invitation(world.parts, link, {});
    REQUIRE(session);
    const auto viewer = world.viewer(*session);
    CHECK(viewer->emails == std::vector<std::string>{"bo@example.org"});
    CHECK_FALSE(viewer->is_staff());
    CHECK(world.has_role(*viewer->person, "screen_applications"));
    CHECK_FALSE(world.has_role(*viewer->person, "manage_people"));
    CHECK(accept_invitation(world.parts, link, {}).error().kind == ErrorKind::conflict);
    CHECK(world.events("invited") == 1);
    CHECK(world.events("invitation_accepted") == 1);
  });
}

TEST_CASE("an invitation ends: taken back, replaced, too late, of another installation") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const auto waiting = [&] {
      return database.read(
          [&](db::Tx& tx) { return invitations_of(tx, world.programs->current()->slug, world.clock.now()); });
    };
    REQUIRE(invite(world.parts, world.admin, "bo@example.org", Role::auditor, "en"));
    const std::string first = world.link_of_newest();
    world.clock.advance(1s);
    REQUIRE(invite(world.parts, world.admin, "bo@example.org", Role::auditor, "es"));
    CHECK(waiting().size() == 1);
    CHECK_FALSE(accept_invitation(world.parts, first, {}));
    CHECK(take_invitation_back(world.parts, world.admin, waiting().front().id).value());
    CHECK(waiting().empty());
    REQUIRE(invite(world.parts, world.admin, "bo@example.org", Role::auditor, "en"));
    const std::string late = world.link_of_newest();
    world.clock.advance(kInvitationLife);
    CHECK_FALSE(accept_invitation(world.parts, late, {}));
    CHECK_FALSE(accept_invitation(world.parts, "", {}));
    CHECK_FALSE(accept_invitation(world.parts, derived_secret("bursary invitation 1", 7, std::string(32, 'x')), {}));
    CHECK(invite(world.parts, world.admin, "no address", Role::auditor, "en").error().kind == ErrorKind::invalid);
    for (int i = 0; i < 30; ++i)
      REQUIRE(invite(world.parts, world.admin, fmt::format("p{}@example.org", i), Role::reviewer, "en"));
    CHECK(invite(world.parts, world.admin, "one@example.org", Role::reviewer, "en").error().kind == ErrorKind::limit);
  });
}

TEST_CASE("roles are given to staff alone, and the last administrator stays") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const auto eve = world.person("eve@example.org");
    CHECK(grant_role(world.parts, world.admin, eve, Role::administrator).error().kind == ErrorKind::not_found);
    CHECK(take_role(world.parts, world.admin, world.admin, Role::administrator).error().kind == ErrorKind::conflict);
    CHECK(world.has_role(world.admin, "manage_people"));
    const auto bo = world.person("bo@example.org");
    world.give(bo, Role::auditor);
    REQUIRE(grant_role(world.parts, world.admin, bo, Role::administrator));
    REQUIRE(grant_role(world.parts, world.admin, bo, Role::administrator));
    CHECK(world.events("role_granted") == 1);
    REQUIRE(take_role(world.parts, bo, world.admin, Role::administrator));
    CHECK_FALSE(world.has_role(world.admin, "staff"));
    CHECK(world.has_role(bo, "manage_people"));
    CHECK(take_role(world.parts, bo, bo, Role::administrator).error().kind == ErrorKind::conflict);
    const auto staff = database.read([&](db::Tx& tx) { return staff_of(tx, world.programs->current()->slug); });
    REQUIRE(staff.size() == 1);
    CHECK(staff[0].roles.size() == 2);
    CHECK_FALSE(staff[0].strong);
  });
}

TEST_CASE("an address is added by its code, typed by who asked") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const auto ada = world.person("ada@example.org"), eve = world.person("eve@example.org");
    const std::string asked = ask_address(world.parts, ada, "Ada@Work.example", "en").value();
    const std::string code = world.code_of(asked);
    // A code that is not bound to who asked would let a stranger take the address.
    CHECK(confirm_address(world.parts, eve, asked, code).error().kind == ErrorKind::conflict);
    CHECK(confirm_address(world.parts, ada, asked, "AAAAAA").error().kind == ErrorKind::invalid);
    REQUIRE(confirm_address(world.parts, ada, asked, code));
    CHECK(world.emails(ada) == std::vector<std::string>{"ada@example.org", "ada@work.example"});
    CHECK(confirm_address(world.parts, ada, asked, code).error().kind == ErrorKind::conflict);
    CHECK(ask_address(world.parts, ada, "ada@work.example", "en").error().kind == ErrorKind::conflict);
    CHECK(remove_address(world.parts, eve, "eve@example.org").error().kind == ErrorKind::conflict);
    CHECK_FALSE(remove_address(world.parts, ada, "eve@example.org").value());
    CHECK(remove_address(world.parts, ada, "ada@example.org").value());
    CHECK(world.emails(ada) == std::vector<std::string>{"ada@work.example"});
  });
}

TEST_CASE("who becomes one person with another belongs to what either belonged to, by the stronger of the two") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const auto ada = world.person("ada@example.org"), other = world.person("ada@work.example");
    REQUIRE(database.write([&](db::Tx& tx) -> Result<void> {
      tx.execute(rows::form_version);
      for (const int id : {1, 2, 3}) tx.execute(rows::application, id, db::BytesView{"hash"});
      tx.execute(rows::belongs, 11, 1, other, 0);  // the other's alone
      tx.execute(rows::belongs, 12, 2, other, 0);  // the other owns what she edits
      tx.execute(rows::belongs, 13, 2, ada, 1);
      tx.execute(rows::belongs, 14, 3, other, 2);  // she owns what the other is named on
      tx.execute(rows::belongs, 15, 3, ada, 0);
      return {};
    }));
    const std::string asked = ask_address(world.parts, ada, "ada@work.example", "en").value();
    REQUIRE(confirm_address(world.parts, ada, asked, world.code_of(asked)));
    const auto relations = [&](web::PersonId person) {
      std::vector<std::int64_t> found;
      database.read([&](db::Tx& tx) {
        for (const db::Row row : tx.query(rows::relations_of, person)) found.push_back(row.integer(0));
        return true;
      });
      return found;
    };
    CHECK(relations(ada) == std::vector<std::int64_t>{0, 0, 0});
    CHECK(relations(other).empty());
  });
}

TEST_CASE("five codes for an address, then a new one") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const auto ada = world.person("ada@example.org");
    const std::string asked = ask_address(world.parts, ada, "ada@work.example", "en").value();
    for (int i = 0; i < kCodeAttempts; ++i) CHECK_FALSE(confirm_address(world.parts, ada, asked, "AAAAAA"));
    CHECK(confirm_address(world.parts, ada, asked, world.code_of(asked)).error().kind == ErrorKind::conflict);
    const std::string late = ask_address(world.parts, ada, "ada@work.example", "en").value();
    const std::string code = world.code_of(late);
    world.clock.advance(kAddressCodeLife);
    CHECK_FALSE(confirm_address(world.parts, ada, late, code));
    CHECK_FALSE(tell_address_code(world.parts, must(id_in_secret(late))));
  });
}

TEST_CASE("two accounts become one only where the other has nothing but mail") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    const auto ada = world.person("ada@example.org"), other = world.person("ada@home.example");
    const std::string theirs = world.session(other, Strength::mail);
    const auto join = [&](const char* email) {
      const std::string asked = ask_address(world.parts, ada, email, "en").value();
      return confirm_address(world.parts, ada, asked, world.code_of(asked));
    };
    REQUIRE(join("ada@home.example"));
    CHECK(world.emails(ada).size() == 2);
    CHECK_FALSE(world.viewer(theirs).has_value());
    CHECK(world.events("people_merged") == 1);
    // An account with a role keeps its address: its mail alone must not be a way to the console.
    CHECK(join("admin@example.org").error().kind == ErrorKind::conflict);
    CHECK(world.emails(world.admin) == std::vector<std::string>{"admin@example.org"});
  });
}
