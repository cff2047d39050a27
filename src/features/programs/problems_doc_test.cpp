// What docs/ says of programs: every code is listed and made by a row, and the guide's examples load.
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
  for (const auto& rows : {general_mistakes(), form_mistakes(), eligibility_mistakes(), model_mistakes()}) {
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

// The TOML examples of a page, in order.
std::vector<std::string> examples(const std::string& path) {
  std::ifstream page(BURSARY_SOURCE_DIR "/" + path);
  REQUIRE(page.good());
  std::vector<std::string> out;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line == "```toml") {
      inside = true;
      out.emplace_back();
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      out.back() += line + "\n";
    }
  }
  return out;
}

TEST_CASE("the examples in the guide for program authors load without a word") {
  const std::vector<std::string> toml = examples("docs/program-authors.md");
  REQUIRE(toml.size() == 4);  // questions, dates, a translation, the product's words
  Files files = small_program();
  files["form.toml"] += "\n" + toml[0];
  replace(files, "program.toml", "time_zone = \"Africa/Nairobi\"\n", toml[1]);
  files["es/form.toml"] += "ethics_detail.label = \"¿Cómo?\"\n\n" + toml[2];
  files["locales/en.toml"] = toml[3];
  const Loaded loaded = load(files);
  for (const Problem& problem : loaded.problems) FAIL_CHECK(to_line(problem));
  REQUIRE(loaded.program != nullptr);
  CHECK(loaded.program->form.find("ethics")->options.at(0).label.in("es") == "Sí");
  CHECK(loaded.program->closes.has_value());
  CHECK(loaded.program->phrasebooks->get("en").text(Phrase("programs.problem.no_folder")) ==
        "We cannot find that folder.");
}

}  // namespace
}  // namespace bursary::programs
