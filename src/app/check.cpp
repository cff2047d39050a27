#include <boost/json.hpp>

#include "app/commands.h"
#include "features/programs/programs.h"

namespace bursary::app {
namespace {

std::string to_json(const programs::Problem& problem) {
  boost::json::object object;
  object["severity"] = problem.severity == programs::Problem::Severity::error ? "error" : "warning";
  object["code"] = problem.code;
  object["file"] = problem.file;
  object["line"] = problem.line;
  object["what"] = problem.what;
  object["mend"] = problem.mend;
  return boost::json::serialize(object);
}

}  // namespace

int check_program(const std::filesystem::path& folder, bool json) {
  const auto files = programs::read_folder(folder);
  if (!files) return complain(files.error().detail.empty() ? "cannot read " + folder.string() : files.error().detail);
  const auto loaded = programs::load(*files);
  int errors = 0;
  for (const auto& problem : loaded.problems) {
    if (problem.severity == programs::Problem::Severity::error) ++errors;
    fmt::print("{}\n", json ? to_json(problem) : programs::to_line(problem));
  }
  if (!json) {
    const auto warnings = loaded.problems.size() - static_cast<std::size_t>(errors);
    fmt::print("{}: {} errors, {} warnings\n", errors == 0 ? "good" : "not good", errors, warnings);
  }
  return errors == 0 ? 0 : 1;
}

}  // namespace bursary::app
