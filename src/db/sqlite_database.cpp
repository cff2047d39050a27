#include <filesystem>
#include <mutex>

#include "db/database.h"
#include "db/file_lock.h"
#include "db/sqlite_backup.h"
#include "db/sqlite_checkpoints.h"
#include "db/sqlite_readers.h"
#include "db/sqlite_writer.h"

namespace bursary::db {
namespace {

class SqliteDatabase final : public Database {
 public:
  explicit SqliteDatabase(const SqliteOptions& options) : path_(options.path) {
    if (!options.read_only) {
      if (!options.beside) lock_ = std::make_unique<FileLock>(path_ + ".lock");
      writer_ = std::make_unique<SqliteWriter>(options);
      if (!options.beside) checkpoints_ = std::make_unique<SqliteCheckpoints>(path_, *writer_);
    }
    readers_ = std::make_unique<SqliteReaders>(options);
  }

  Dialect dialect() const override { return Dialect::sqlite; }
  unsigned node() const override { return 0; }

  Figures figures() const override {
    Figures figures;
    figures.refused = readers_->refused();
    if (writer_) writer_->add_to(figures);
    return figures;
  }

  std::optional<std::string> problem_with(std::string_view statement) override {
    SqliteConnection connection(path_, SqliteRole::reader);
    return connection.problem_with(statement);
  }

  Result<void> backup_to(const std::string& path) override { return backup_sqlite(path_, path); }

 protected:
  std::optional<Error> write_erased(const std::function<bool(Tx&)>& fn) override {
    if (!writer_) throw std::logic_error("a write on a database that was opened to read");
    return writer_->write(fn);
  }
  void read_erased(const std::function<void(Tx&)>& fn) override { readers_->read(fn); }

 private:
  const std::string path_;
  // In this order, and the other way round at the end: the last to close is the writer, and it empties the log.
  std::unique_ptr<FileLock> lock_;
  std::unique_ptr<SqliteWriter> writer_;
  std::unique_ptr<SqliteCheckpoints> checkpoints_;
  std::unique_ptr<SqliteReaders> readers_;
};

// For the whole process, before SQLite starts; later calls are refused and change nothing.
void configure_library() {
  static std::once_flag once;
  std::call_once(once, [] {
    // A savepoint keeps the pages it changes for as long as its request runs. By default SQLite moves them to a file
    // when they pass 64 KB, which one submission does.
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, 16 << 20);
    // Nobody reads SQLite's count of its memory, and to keep it takes a lock for every allocation of every thread.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  });
}

}  // namespace

std::unique_ptr<Database> open_sqlite(const SqliteOptions& options) {
  configure_library();
  return std::make_unique<SqliteDatabase>(options);
}

}  // namespace bursary::db
