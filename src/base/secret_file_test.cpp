#include "base/secret_file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/support/databases.h"

using namespace bursary;

TEST_CASE("a secret is the first line of a file that strangers cannot read") {
  const bursary::testing::TempFolder folder;
  const auto file = folder.path() / "secret";
  const auto why = [&] {
    const auto read = read_secret_file(file);
    return read ? "read " + *read : read.error().detail;
  };
  CHECK(why() == "cannot read " + file.string());
  std::ofstream(file).close();
  ::chmod(file.c_str(), 0640);
  CHECK(why() == file.string() + " is empty");
  std::ofstream(file) << "\ns3cret\n";
  CHECK(why() == file.string() + " begins with an empty line");
  std::ofstream(file) << "s3cret\nand a note\n";
  CHECK(why() == "read s3cret");
  ::chmod(file.c_str(), 0604);
  CHECK(why() == file.string() + " may be read by others: chmod o-rwx it");
  CHECK(read_secret_file(folder.path()).error().detail.find(folder.path().string()) != std::string::npos);
}
