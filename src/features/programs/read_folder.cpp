#include <fstream>
#include <system_error>

#include "features/programs/programs.h"
#include "features/programs/source.h"

namespace bursary::programs {
namespace {

namespace fs = std::filesystem;

// Hidden files (".git", ".DS_Store") and what editors leave behind.
bool is_leftover(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with('.') || name.ends_with('~') || name.ends_with(".swp") || name.ends_with(".bak") ||
         name.starts_with('#');
}

// One byte more than is allowed is enough for load() to see that a file is too large.
Result<std::string> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes(kLargestFile + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.bad() || (!in.eof() && in.fail())) {
    return fail(ErrorKind::unavailable, "programs.problem.unreadable", "cannot read " + path.string());
  }
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

}  // namespace

Result<Files> read_folder(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return fail(ErrorKind::not_found, "programs.problem.no_folder", "there is no folder " + folder.string());
  }
  Files files;
  std::size_t total = 0;
  fs::recursive_directory_iterator at(folder, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (is_leftover(at->path())) {
      at.disable_recursion_pending();
      continue;
    }
    if (at.depth() > 8) at.disable_recursion_pending();
    if (!at->is_regular_file(error)) continue;
    auto bytes = read_file(at->path());
    if (!bytes) return fail(bytes.error());
    total += bytes->size();
    if (files.size() >= kMostFiles || total > kLargestProgram) {
      return fail(ErrorKind::limit, "programs.problem.too_large",
                  folder.string() + " holds too many files for a program");
    }
    files.emplace(at->path().lexically_relative(folder).generic_string(), std::move(*bytes));
  }
  if (error)
    return fail(ErrorKind::unavailable, "programs.problem.unreadable", folder.string() + ": " + error.message());
  return files;
}

}  // namespace bursary::programs
