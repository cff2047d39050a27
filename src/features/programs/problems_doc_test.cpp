// docs/formats/program.md lists every code; each listed code has a row that makes it, and each row's code is listed.
#include <fstream>
#include <set>

#include "features/programs/mistake.h"

namespace bursary::programs {
namespace {

// Codes of the table below "## Problems", and which of them are warnings.
std::map<std::string, bool> documented() {
  std::ifstream page(BURSARY_SOURCE_DIR "/docs/formats/program.md");
  REQUIRE(page.good());
  std::map<std::string, bool> out;
  bool there = false;
  for (std::string line; std::getline(page, line);) {
    if (line == "## Problems") there = true;
    if (!there || !line.starts_with("| `")) continue;
    const std::size_t end = line.find('`', 3);
    out[line.substr(3, end - 3)] = line.find("*warning*") != std::string::npos;
  }
  return out;
}

TEST_CASE("docs/formats/program.md lists the codes of all problems and no other") {
  std::map<std::string, bool> made;
  for (const auto& rows : {general_mistakes(), form_mistakes()}) {
    for (const Mistake& row : rows) made[row.code] = row.kind == Kind::warning;
  }
  CHECK(made.size() >= 70);
  const auto listed = documented();
  for (const auto& [code, warning] : made) {
    CHECK_MESSAGE(listed.contains(code), code << " is not listed");
    if (listed.contains(code)) CHECK_MESSAGE(listed.at(code) == warning, code << " has another severity");
  }
  for (const auto& [code, warning] : listed) CHECK_MESSAGE(made.contains(code), code << " has no test");
}

}  // namespace
}  // namespace bursary::programs
