#include "app/data_folder.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>

using namespace bursary;
namespace fs = std::filesystem;

namespace {

struct Place {
  fs::path path = fs::temp_directory_path() / ("bursary-data-folder-" + std::to_string(::getpid()));
  Place() { fs::remove_all(path); }
  ~Place() { fs::remove_all(path); }
  void write(const std::string& name, const std::string& text, mode_t mode) const {
    fs::create_directories((path / name).parent_path());
    std::ofstream(path / name) << text;
    ::chmod((path / name).c_str(), mode);
  }
};

}  // namespace

TEST_CASE("secrets are made once, differ, and stay") {
  Place place;
  SystemRandom random;
  const auto first = app::DataFolder::open(place.path, random);
  REQUIRE(first);
  const auto again = app::DataFolder::open(place.path, random);
  REQUIRE(again);
  CHECK(first->secrets().form == again->secrets().form);
  CHECK(first->secrets().receipt.id() == again->secrets().receipt.id());
  CHECK(first->secrets().form.size() == 32);
  struct stat facts {};
  REQUIRE(::stat((place.path / "secrets/form").c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
}

TEST_CASE("a secret that others can read is refused") {
  Place place;
  SystemRandom random;
  place.write("secrets/form", "8f1b7c5e2d9a4f60b3c7e1d2a5968f0e11d2c3b4a5968778695a4b3c2d1e0f99\n", 0644);
  const auto opened = app::DataFolder::open(place.path, random);
  REQUIRE(!opened);
  CHECK(opened.error().detail.find("chmod 600") != std::string::npos);
}

TEST_CASE("a secret that is not random is refused") {
  Place place;
  SystemRandom random;
  place.write("secrets/form", std::string(64, '0'), 0600);
  REQUIRE(!app::DataFolder::open(place.path, random));
  place.write("secrets/form", "secret", 0600);
  REQUIRE(!app::DataFolder::open(place.path, random));
}

TEST_CASE("earlier receipt keys still verify") {
  Place place;
  SystemRandom random;
  REQUIRE(app::DataFolder::open(place.path, random));
  fs::rename(place.path / "secrets/receipt", place.path / "secrets/receipt.2025");
  const auto opened = app::DataFolder::open(place.path, random);
  REQUIRE(opened);
  REQUIRE(opened->secrets().earlier_receipt.size() == 1);
  CHECK(opened->secrets().earlier_receipt[0].id() != opened->secrets().receipt.id());
}
