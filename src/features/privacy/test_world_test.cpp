#include "features/privacy/test_world.h"

#include <doctest/doctest.h>

#include <fstream>

#include "db/row_counts.h"
#include "features/privacy/inventory.h"

namespace bursary::privacy {

namespace rows = sql::privacy::test_rows;
using applications::ApplicationId;

namespace {

constexpr std::int64_t kStaff = 1;

std::unique_ptr<programs::Programs> open_program() {
  std::vector<programs::Problem> problems;
  auto opened = programs::Programs::open({}, problems);
  REQUIRE(opened);
  return std::move(*opened);
}

void plant_for_application(World& world, db::Tx& tx, ApplicationId id, const std::string& mark) {
  const std::int64_t file = world.next();
  const std::int64_t decision = world.next();
  tx.execute(rows::file, file, id, mark + ".pdf");
  tx.execute(rows::file_piece, file, db::BytesView{mark});
  tx.execute(rows::staff_note, world.next(), id, kStaff, mark);
  tx.execute(rows::verification, world.next(), id, mark, mark, kStaff);
  tx.execute(rows::hold, id, mark, kStaff);
  tx.execute(rows::change_request, world.next(), id, mark, kStaff);
  tx.execute(rows::decision, decision, id, mark, mark, kStaff);
  tx.execute(rows::appeal, world.next(), id, decision, mark, mark);
  tx.execute(rows::letter, world.next(), id, mark);
  tx.execute(rows::application_person, world.next(), id, mark + "@example.org");
  tx.execute(rows::application_seen, kStaff, id);
  tx.execute(rows::flag, id, mark);
  tx.execute(rows::saved_view, world.next(), kStaff, "state:submitted " + mark + "@example.org");
  tx.execute(rows::bulk, world.next(), kStaff, "email:" + mark + "@example.org");
}

void plant_for_person(World& world, db::Tx& tx, std::int64_t person, const std::string& mark) {
  const std::string email = mark + "@example.org";
  tx.execute(rows::person, person, mark);
  tx.execute(rows::person_email, email, person);
  tx.execute(rows::sign_in, world.next(), email);
  tx.execute(rows::staff_link, db::BytesView{mark}, person);
  tx.execute(rows::passkey, world.next(), person, db::BytesView{mark}, mark);
  tx.execute(rows::password, person, mark);
  tx.execute(rows::code_app, person, world.next());
  tx.execute(rows::recovery_code, person, db::BytesView{mark});
  tx.execute(rows::identity, mark, person);
  tx.execute(rows::ceremony, world.next(), person, email);
  tx.execute(rows::ceremony, world.next(), db::Null{}, email);
  tx.execute(rows::invitation, world.next(), email, kStaff);
  tx.execute(rows::session, db::BytesView{mark}, person, world.next(), mark);
  tx.execute(rows::list_setting, person);
  tx.execute(rows::service_token, world.next(), db::BytesView{mark}, mark, person);
  tx.execute(rows::digest_choice, person);
  tx.execute(rows::address_trouble, email, mark);
  tx.execute(rows::mail_to, world.next(), mark + "@Example.org", mark, mark, mark);
}

// A cell as text; a number has none.
std::string text_in(const db::Row& row) {
  if (row.is_null(0)) return {};
  try {
    return row.text(0);
  } catch (const std::logic_error&) {
    return {};
  }
}

bool is_here(const Column& column, db::Dialect dialect) {
  return column.database.empty() || (column.database == "SQLite") == (dialect == db::Dialect::sqlite);
}

}  // namespace

World::World(db::Database& opened)
    : database(opened),
      programs(open_program()),
      versions(opened),
      signing_key(SigningKey::from_seed(std::string(32, 's'))),
      applications{opened,
                   clock,
                   random,
                   ids,
                   *programs,
                   versions,
                   signing_key,
                   "https://apply.example.org",
                   std::string(32, 'k')},
      queue{opened, clock, ids, *programs, versions, "test"},
      parts{opened, clock, ids, *programs, versions, "test"} {
  versions.keep(*programs->current(), ids, clock.now());
}

forms::Answers World::answers(const std::string& mark) const {
  forms::Answers given;
  given.set("first_name", mark);
  given.set("last_name", mark);
  given.set("email", mark + "@example.org");
  given.set("institution", mark + " University");
  given.set("country", std::string("KE"));
  given.set("research_areas", std::vector<std::string>{"alignment", "robustness"});
  std::string project;
  for (int i = 0; i < 40; ++i) project += fmt::format("we study {} and prompts of kind {}; ", mark, i);
  given.set("project_description", project);
  given.set("model_types", std::vector<std::string>{"natural-language"});
  given.set("timeline", std::string("6 months"));
  given.set("budget", std::string("USD 5,000"));
  given.set("investigators", std::string("2"));
  const forms::Definition& form = programs->current()->form;
  for (const auto& section : form.sections) {
    for (const auto& question : section.questions) {
      if (question.type == forms::QuestionType::consent) given.set(question.key, form.consent_version(question));
    }
  }
  return given;
}

ApplicationId World::submit(const std::string& mark) {
  applications::SubmitRequest request;
  request.locale = "en";
  request.answers = answers(mark);
  const auto submitted = applications::submit(applications, request);
  REQUIRE(submitted);
  return submitted->application.id;
}

ApplicationId World::draft(const std::string& mark) {
  const auto saved = applications::start_draft(applications, *programs->current(), "en", answers(mark), {});
  REQUIRE(saved);
  return saved->id;
}

void World::change(const std::function<void(db::Tx&)>& how) {
  REQUIRE(database.write([&](db::Tx& tx) -> Result<bool> {
    how(tx);
    return true;
  }));
}

void World::index() {
  db::JobWrites writes;
  queue::IndexJob job(queue, writes);
  while (job.run_once(100).indexed > 0) {
  }
}

void World::move(ApplicationId id, applications::State to) {
  change([&](db::Tx& tx) { REQUIRE(applications::move(tx, ids, clock.now(), id, {to, audit::By::staff({kStaff})})); });
}

std::int64_t World::count(const std::string& table) { return db::row_counts(database).at(table); }

Planted plant(World& world) {
  world.change([&](db::Tx& tx) { tx.execute(rows::person, kStaff, "Staff"); });
  const ApplicationId others = world.submit("somebodyelse");
  world.index();
  Planted planted;
  planted.submitted = world.submit(kMark);
  planted.draft = world.draft(kMark);
  world.index();
  world.submit("anotherperson");
  world.index();
  world.change([&](db::Tx& tx) {
    plant_for_application(world, tx, planted.submitted, kMark);
    plant_for_person(world, tx, planted.person.value, kMark);
    // They edit somebody else's application with them.
    tx.execute(rows::membership, world.next(), others, planted.person, std::string(kMark) + "@example.org");
    tx.execute(rows::application_seen, planted.person, others);
    // To another they said no, and its mail to them is kept there.
    tx.execute(rows::declined, world.next(), others, std::string(kMark) + "@example.org");
    tx.execute(rows::invited_by_mail, std::string(kMark) + "@example.org", others);
  });
  return planted;
}

std::set<std::string> places_of(db::Database& database, const std::string& mark) {
  std::set<std::string> places;
  database.read([&](db::Tx& tx) {
    for (const Column& column : inventory()) {
      if (!is_here(column, tx.dialect())) continue;
      const bool words = column.kind == "tsvector";
      const std::string text = fmt::format(
          "select {} from \"{}\"",
          words ? fmt::format("cast({} as text)", column.name) : fmt::format("\"{}\"", column.name), column.table);
      for (const db::Row row : tx.query_composed(text, {})) {
        if (text_in(row).find(mark) != std::string::npos)
          places.insert(fmt::format("{}.{}", column.table, column.name));
      }
    }
    return true;
  });
  return places;
}

std::vector<std::string> files_with(const std::filesystem::path& folder, const std::string& mark) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    if (bytes.find(mark) != std::string::npos) found.push_back(entry.path().filename().string());
  }
  return found;
}

TEST_CASE("every personal column of the schema has something planted in it, so that its erasure is seen") {
  // A country's code and a number cannot hold the mark; they are looked at by themselves.
  const std::set<std::string> elsewhere = {"application.country", "reading.value"};
  testing::for_each_database([&](db::Database& database) {
    World world(database);
    plant(world);
    const auto places = places_of(database, kMark);
    for (const Column& column : inventory()) {
      const std::string name = fmt::format("{}.{}", column.table, column.name);
      if (column.data_class != "personal" || elsewhere.contains(name)) continue;
      CHECK_MESSAGE(places.contains(name), name << " is personal: plant something in it, and erase it in erase.sql");
    }
  });
}

}  // namespace bursary::privacy
