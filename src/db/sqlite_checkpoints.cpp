#include "db/sqlite_checkpoints.h"

namespace bursary::db {
namespace {

constexpr std::chrono::milliseconds kLook{20};
constexpr std::chrono::milliseconds kSleepyLook{250};
constexpr int kQuietLooks = 150;  // 3 s without a commit
constexpr int kLogPages = 8192;   // 64 MB: what a crash leaves to be read again at the next start
constexpr int kPasses = 4;
constexpr int kFewPages = 512;           // what a pause between two groups may copy
constexpr int kPatienceForReaders = 10;  // ms that writers may stand still for; the next pass tries again

}  // namespace

SqliteCheckpoints::SqliteCheckpoints(const std::string& path, SqliteWriter& writer)
    : connection_(path, SqliteRole::keeper), writer_(writer), thread_([this] { watch(); }) {}

SqliteCheckpoints::~SqliteCheckpoints() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
}

void SqliteCheckpoints::watch() {
  std::uint64_t seen = 0;
  int quiet = 0;
  bool emptied = false;
  int wanted = kLogPages;
  std::unique_lock lock(mutex_);
  while (!stop_.wait_for(lock, quiet > kQuietLooks ? kSleepyLook : kLook, [&] { return stopping_; })) {
    const std::uint64_t logged = writer_.logged();
    if (logged != seen) emptied = false;
    quiet = logged == seen ? quiet + 1 : 0;
    seen = logged;
    const int pages = writer_.log_pages();
    if (pages < wanted) wanted = kLogPages;
    if (pages >= wanted) {
      shorten();
      // Where a reader kept the log from starting anew, not again at once.
      wanted = pages + kLogPages;
    } else if (quiet >= kQuietLooks && !emptied) {
      emptied = empty();
    }
  }
}

// Failures are the writer's to report: it meets the same disk.
void SqliteCheckpoints::shorten() {
  sqlite3* db = connection_.handle();
  // Each pass leaves what was written meanwhile, which is less each time unless the disk is at its limit.
  for (int pass = 0; pass < kPasses; ++pass) {
    int copied = 0;
    sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, &copied);
    if (writer_.log_pages() - copied < kFewPages) break;
  }
  writer_.between_groups([&] {
    sqlite3_busy_timeout(db, kPatienceForReaders);
    sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
  });
}

bool SqliteCheckpoints::empty() {
  sqlite3* db = connection_.handle();
  int code = SQLITE_BUSY;
  sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  writer_.between_groups([&] {
    sqlite3_busy_timeout(db, kPatienceForReaders);
    code = sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  });
  return code == SQLITE_OK;
}

}  // namespace bursary::db
