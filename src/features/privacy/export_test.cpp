#include "features/privacy/export.h"

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <map>

#include "features/privacy/test_world.h"
#include "features/privacy/zip.h"

using namespace bursary;
using namespace bursary::privacy;

namespace rows = sql::privacy::test_rows;

namespace {

using Files = std::map<std::string, std::string>;

// As another program reads it.
Files unzip(const std::string& zip) {
  const NamesInUtf8 names;
  Files files;
  ::archive* archive = archive_read_new();
  archive_read_support_format_zip(archive);
  REQUIRE(archive_read_open_memory(archive, zip.data(), zip.size()) == ARCHIVE_OK);
  for (archive_entry* entry = nullptr; archive_read_next_header(archive, &entry) == ARCHIVE_OK;) {
    std::string& bytes = files[archive_entry_pathname_utf8(entry)];
    char block[4096];
    for (la_ssize_t got = 0; (got = archive_read_data(archive, block, sizeof block)) > 0;)
      bytes.append(block, static_cast<std::size_t>(got));
  }
  CHECK(archive_errno(archive) == 0);
  archive_read_free(archive);
  return files;
}

Files exported(World& world, const std::string& who) {
  const auto source = open_data_export(world.parts, world.find(who));
  std::string zip;
  for (std::string piece; source->next(piece);) zip += piece;
  return unzip(zip);
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a ZIP that is written piece by piece is read whole, names beyond ASCII too") {
  std::string out;
  const std::string large(300'000, 'x');
  Zip zip(out);
  zip.begin_file("data.json", 2, {});
  zip.add("{}");
  const std::size_t early = out.size();
  zip.begin_file("files/añadido 学.pdf", static_cast<std::int64_t>(large.size()), {});
  zip.add(large);
  CHECK(early > 0);
  CHECK(out.size() > early);
  zip.finish();
  CHECK(unzip(out) == Files{{"data.json", "{}"}, {"files/añadido 学.pdf", large}});
}

TEST_CASE("the export has everything of a person, and nothing that is not theirs to know") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    plant(world);
    const Files files = exported(world, "zanzibarquux@example.org");
    REQUIRE(files.size() == 2);
    const auto data = boost::json::parse(files.at("data.json")).as_object();
    CHECK(data.at("format") == "bursary-data-1");
    CHECK(data.at("person").at("name") == kMark);
    CHECK(data.at("person").at("passkeys").as_array().size() == 1);
    const auto& applications = data.at("applications").as_array();
    REQUIRE(applications.size() == 2);
    CHECK(applications.at(0).as_object().contains("draft"));
    const auto& submitted = applications.at(1).as_object();
    const auto& answers = submitted.at("submissions").as_array().at(0).at("answers").as_object();
    CHECK(answers.at("institution") == "zanzibarquux University");
    CHECK(submitted.at("letters").as_array().size() == 1);
    // Who is invited to it, as its owner sees them.
    CHECK(submitted.at("people").as_array().at(0).at("state") == "invited");
    CHECK_FALSE(submitted.at("mails").as_array().empty());
    // Of the decision that is not released, and of what staff wrote to each other, nothing.
    CHECK(submitted.at("decisions").as_array().empty());
    CHECK_FALSE(submitted.contains("notes"));
    CHECK_FALSE(has(files.at("data.json"), "somebodyelse"));
    // The file under its reference.
    const std::string path(submitted.at("files").as_array().at(0).at("path").as_string());
    CHECK(path.starts_with("files/" + std::string(submitted.at("reference").as_string())));
    CHECK(files.at(path) == kMark);
  });
}

TEST_CASE(
    "who belongs to another's application is told so, and what they are invited to; nothing of what stands in it") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    plant(world);
    const auto id = world.submit("thirdmark");
    world.change(
        [&](db::Tx& tx) { tx.execute(rows::application_person, world.next(), id, "zanzibarquux@example.org"); });
    const std::string text = exported(world, "zanzibarquux@example.org").at("data.json");
    const auto data = boost::json::parse(text);
    const auto& all = data.at("person").at("belongs_to").as_array();
    const auto states = [&](const char* state) {
      return std::ranges::count_if(all, [&](const auto& one) { return one.at("state") == state; });
    };
    CHECK(states("belongs") >= 1);
    CHECK(states("invited") >= 1);
    CHECK_FALSE(has(text, "somebodyelse"));
    CHECK_FALSE(has(text, "thirdmark"));
  });
}

TEST_CASE("a pending decision is not told: the application is still in review") {
  testing::for_each_database([](db::Database& database) {
    World world(database);
    world.change([&](db::Tx& tx) { tx.execute(rows::person, 1, "Staff"); });
    const auto id = world.submit(kMark);
    world.move(id, applications::State::screening);
    world.move(id, applications::State::decided);
    const auto data = boost::json::parse(exported(world, "zanzibarquux@example.org").at("data.json"));
    CHECK(data.at("applications").at(0).at("state") == "in_review");
    CHECK_FALSE(data.as_object().contains("person"));
  });
}
