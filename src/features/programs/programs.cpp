#include "features/programs/programs.h"

#include "base/embedded.h"

namespace bursary::programs {
namespace {

std::string lines_of(const std::vector<Problem>& problems) {
  std::string out;
  for (const Problem& problem : problems) out += to_line(problem) + "\n";
  return out;
}

Result<Files> read(const std::filesystem::path& folder) {
  if (folder.empty()) return built_in_program();
  return read_folder(folder);
}

}  // namespace

const Page* Program::page(std::string_view wanted) const {
  for (const Page& each : pages) {
    if (each.slug == wanted) return &each;
  }
  return nullptr;
}

Files built_in_program() {
  Files out;
  for (const EmbeddedFile& file : embedded_program()) out.emplace(file.path, file.bytes);
  return out;
}

Programs::Programs(std::filesystem::path folder, std::shared_ptr<const Program> first)
    : folder_(std::move(folder)), current_(std::move(first)) {}

Result<std::unique_ptr<Programs>> Programs::open(const std::filesystem::path& folder, std::vector<Problem>& problems) {
  auto files = read(folder);
  if (!files) return fail(files.error());
  Loaded loaded = load(*files);
  problems = std::move(loaded.problems);
  if (!loaded.program) return fail(ErrorKind::invalid, "programs.problem.broken", lines_of(problems));
  return std::unique_ptr<Programs>(new Programs(folder, std::move(loaded.program)));
}

std::shared_ptr<const Program> Programs::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

bool Programs::reload(std::vector<Problem>& problems) {
  auto files = read(folder_);
  if (!files) {
    problems = {{Problem::Severity::error, "unreadable", folder_.string(), 0, files.error().detail,
                 "Put the folder back; the program that was read last is still served."}};
    return false;
  }
  Loaded loaded = load(*files);
  problems = std::move(loaded.problems);
  if (!loaded.program) return false;
  const std::lock_guard lock(mutex_);
  if (loaded.program->version == current_->version) return false;
  current_ = std::move(loaded.program);
  return true;
}

}  // namespace bursary::programs
