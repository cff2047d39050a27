#include "db/sqlite_backup.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "db/sqlite_connection.h"

namespace bursary::db {
namespace {

constexpr int kPagesAtOnce = 1024;

struct CloseTarget {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
using Target = std::unique_ptr<sqlite3, CloseTarget>;

tl::unexpected<Error> failed(std::string why) {
  return fail(ErrorKind::unavailable, "problem.unavailable", "backup: " + std::move(why));
}

// An empty string when all went well.
std::string sync_path(const std::filesystem::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return fmt::format("cannot open {}: {}", path.string(), std::strerror(errno));
  const int code = ::fsync(descriptor);
  const int problem = errno;
  ::close(descriptor);
  return code == 0 ? std::string{} : fmt::format("cannot sync {}: {}", path.string(), std::strerror(problem));
}

std::string copy_pages(sqlite3* from, sqlite3* to) {
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
  if (backup == nullptr) return sqlite3_errmsg(to);
  int code = SQLITE_OK;
  while (code == SQLITE_OK) code = sqlite3_backup_step(backup, kPagesAtOnce);
  sqlite3_backup_finish(backup);
  return code == SQLITE_DONE ? std::string{} : sqlite3_errstr(code);
}

std::string copy_snapshot(const std::string& from, const std::string& to) {
  SqliteConnection source(from, SqliteRole::reader);
  // One snapshot for all steps: a commit beside it would make the copy begin again, without end under load.
  source.run("begin");
  source.fetch({}, "select count(*) from sqlite_schema", nullptr, 0);
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(to.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  const Target target(raw);
  if (code != SQLITE_OK) return sqlite3_errstr(code);
  return copy_pages(source.handle(), target.get());
}

}  // namespace

Result<void> backup_sqlite(const std::string& from, const std::string& to) {
  const std::filesystem::path final_path = std::filesystem::absolute(to);
  const std::filesystem::path part = final_path.string() + ".part";
  std::error_code ignored;
  std::filesystem::remove(part, ignored);
  std::string problem;
  try {
    problem = copy_snapshot(from, part.string());
  } catch (const std::exception& thrown) {
    problem = thrown.what();
  }
  if (problem.empty()) problem = sync_path(part, O_RDWR);
  if (problem.empty()) {
    std::error_code code;
    std::filesystem::rename(part, final_path, code);
    if (code) problem = code.message();
  }
  if (problem.empty()) problem = sync_path(final_path.parent_path(), O_RDONLY | O_DIRECTORY);
  if (problem.empty()) return {};
  std::filesystem::remove(part, ignored);
  return failed(std::move(problem));
}

}  // namespace bursary::db
