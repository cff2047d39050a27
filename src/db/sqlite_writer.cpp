#include "db/sqlite_writer.h"

#include "db/sqlite_tx.h"

namespace bursary::db {
namespace {

using SteadyClock = std::chrono::steady_clock;
// So that a stream without a gap cannot keep the first of a group waiting.
constexpr std::chrono::milliseconds kLongestGroup{4};
constexpr int kCarefulGroups = 32;

}  // namespace

SqliteWriter::SqliteWriter(const SqliteOptions& options)
    : queue_limit_(options.queue_limit),
      group_limit_(std::max<std::size_t>(options.group_limit, 1)),
      connection_(options.path, SqliteRole::writer) {
  sqlite3_wal_hook(connection_.handle(), &SqliteWriter::note_log, this);
  thread_ = std::thread([this] { serve_all(); });
}

SqliteWriter::~SqliteWriter() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

int SqliteWriter::note_log(void* self, sqlite3*, const char*, int pages) {
  auto* const writer = static_cast<SqliteWriter*>(self);
  writer->log_pages_.store(pages, std::memory_order_relaxed);
  writer->logged_.fetch_add(1, std::memory_order_relaxed);
  return SQLITE_OK;
}

std::optional<Error> SqliteWriter::write(const std::function<bool(Tx&)>& fn) {
  if (std::this_thread::get_id() == thread_.get_id()) throw std::logic_error("a write inside a write");
  Ticket ticket{&fn, nullptr};
  const std::shared_ptr<Group> group = join(ticket);
  if (!group) return Error{ErrorKind::unavailable, "problem.unavailable", "the queue of writes is full", {}};
  group->done.wait();
  if (!group->broken.empty()) throw DatabaseBroken(group->broken);
  if (ticket.thrown) std::rethrow_exception(ticket.thrown);
  return std::nullopt;
}

std::shared_ptr<SqliteWriter::Group> SqliteWriter::join(Ticket& ticket) {
  const std::lock_guard lock(mutex_);
  if (stopping_) throw DatabaseBroken("the database is closing");
  if (waiting_ >= queue_limit_) {
    ++refused_;
    return nullptr;
  }
  if (groups_.empty() || groups_.back()->closed || groups_.back()->tickets.size() >= group_limit_) {
    groups_.push_back(std::make_shared<Group>());
    groups_.back()->tickets.reserve(group_limit_);
  }
  groups_.back()->tickets.push_back(&ticket);
  ++waiting_;
  if (!serving_) changed_.notify_all();
  return groups_.back();
}

void SqliteWriter::between_groups(const std::function<void()>& fn) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !paused_; });
  paused_ = true;
  changed_.wait(lock, [&] { return !serving_; });
  lock.unlock();
  try {
    fn();
  } catch (...) {
    lock.lock();
    paused_ = false;
    changed_.notify_all();
    throw;
  }
  lock.lock();
  paused_ = false;
  changed_.notify_all();
}

void SqliteWriter::serve_all() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return (!groups_.empty() && !paused_) || (groups_.empty() && stopping_); });
    if (groups_.empty()) return;
    const std::shared_ptr<Group> group = groups_.front();
    serving_ = true;
    lock.unlock();
    serve(*group);
    group->done.open();
    lock.lock();
    serving_ = false;
    if (paused_) changed_.notify_all();
  }
}

// The next request of the group that is served; nullptr when there is none, and then nobody can join any more.
SqliteWriter::Ticket* SqliteWriter::next_of(Group& group, std::size_t index, bool too_old) {
  const std::lock_guard lock(mutex_);
  if (too_old) group.closed = true;
  if (index == group.tickets.size()) {
    groups_.pop_front();
    return nullptr;
  }
  if (index == group.begun) {
    ++group.begun;
    --waiting_;
  }
  return group.tickets[index];
}

void SqliteWriter::abandon(Group& group) {
  const std::lock_guard lock(mutex_);
  if (groups_.empty() || groups_.front().get() != &group) return;
  waiting_ -= group.tickets.size() - group.begun;
  groups_.pop_front();
}

void SqliteWriter::serve(Group& group) {
  try {
    bool careful = careful_groups_ > 0;
    if (careful) --careful_groups_;
    while (!run_group(group, careful)) {
      connection_.run("rollback");
      reruns_.fetch_add(1, std::memory_order_relaxed);
      careful_groups_ = kCarefulGroups;
      careful = true;
    }
    commit();
    writes_.fetch_add(group.tickets.size(), std::memory_order_relaxed);
  } catch (const std::exception& problem) {
    group.broken = problem.what();
    if (connection_.in_transaction()) sqlite3_exec(connection_.handle(), "rollback", nullptr, nullptr, nullptr);
    abandon(group);
  }
}

// False: a request failed that cannot be undone alone.
bool SqliteWriter::run_group(Group& group, bool careful) {
  const auto start = SteadyClock::now();
  connection_.run("begin immediate");
  std::size_t index = 0;
  while (Ticket* ticket = next_of(group, index, SteadyClock::now() - start > kLongestGroup)) {
    ++index;
    if (!run_request(*ticket, careful)) return false;
  }
  return true;
}

bool SqliteWriter::run_request(Ticket& ticket, bool careful) {
  SqliteTx tx(connection_, careful ? SqliteTx::Kind::careful : SqliteTx::Kind::light);
  bool keep = false;
  ticket.thrown = nullptr;
  try {
    keep = (*ticket.fn)(tx);
    if (keep && tx.failed()) throw std::logic_error("a rule went on after a statement that ended its transaction");
  } catch (...) {
    ticket.thrown = std::current_exception();
    keep = false;
  }
  if (!tx.broken().empty()) throw DatabaseBroken(tx.broken());
  if (!tx.touched()) return true;
  if (!careful) return keep;
  if (!keep) connection_.run("rollback to request");
  connection_.run("release request");
  return true;
}

void SqliteWriter::commit() {
  const auto start = SteadyClock::now();
  connection_.run("commit");
  commits_.fetch_add(1, std::memory_order_relaxed);
  commit_nanos_.fetch_add((SteadyClock::now() - start) / std::chrono::nanoseconds(1), std::memory_order_relaxed);
}

void SqliteWriter::add_to(Database::Figures& figures) const {
  figures.commits = commits_.load(std::memory_order_relaxed);
  figures.writes = writes_.load(std::memory_order_relaxed);
  figures.retries = reruns_.load(std::memory_order_relaxed);
  figures.commit_seconds = static_cast<double>(commit_nanos_.load(std::memory_order_relaxed)) / 1e9;
  figures.queue_limit = queue_limit_;
  const std::lock_guard lock(mutex_);
  figures.queue_depth = waiting_;
  figures.refused += refused_;
}

}  // namespace bursary::db
