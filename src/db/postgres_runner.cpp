#include "db/postgres_runner.h"

#include <random>
#include <thread>

namespace bursary::db {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr int kConflictsBorne = 12;

// Doubles from 1 ms to 128 ms, and a random half of it, so that two that met do not meet again.
void back_off(int conflicts) {
  thread_local std::minstd_rand random(static_cast<unsigned>(std::hash<std::thread::id>{}(std::this_thread::get_id())));
  const unsigned longest = 1000U << std::min(conflicts, 7);
  std::this_thread::sleep_for(std::chrono::microseconds(longest / 2 + random() % (longest / 2)));
}

}  // namespace

void PostgresRunner::commit(PostgresTx& tx) {
  if (!tx.begun()) return;
  const auto start = SteadyClock::now();
  try {
    tx.commit();
  } catch (const ConnectionLost& lost) {
    throw DatabaseBroken(std::string("lost while committing, which may have taken place: ") + lost.what());
  }
  commits_.fetch_add(1);
  commit_nanos_.fetch_add((SteadyClock::now() - start) / std::chrono::nanoseconds(1));
}

// After anything but a commit: leaves the connection fit for the next caller.
PostgresRunner::Outcome PostgresRunner::finish(PostgresPool::Lease& lease, PostgresTx& tx, std::string& problem) {
  problem = tx.problem();
  if (tx.state() == PostgresTx::State::lost) {
    lease.drop();
    return Outcome::lost;
  }
  if (tx.begun() && !lease.connection().roll_back()) lease.drop();
  return tx.state() == PostgresTx::State::conflict ? Outcome::conflict : Outcome::done;
}

PostgresRunner::Outcome PostgresRunner::try_write(const std::function<bool(Tx&)>& fn, PostgresTx::Kind kind,
                                                  std::string& problem) {
  PostgresPool::Lease lease = pool_.take();
  PostgresTx tx(lease.connection(), kind);
  bool keep = false;
  try {
    keep = fn(tx);
    if (keep && tx.state() == PostgresTx::State::good) {
      commit(tx);
      return Outcome::done;
    }
  } catch (const DatabaseBroken&) {
    // Among others a commit of which nobody knows whether it took place: never once more.
    finish(lease, tx, problem);
    throw;
  } catch (...) {
    const Outcome outcome = finish(lease, tx, problem);
    if (outcome != Outcome::done) return outcome;
    throw;
  }
  const Outcome outcome = finish(lease, tx, problem);
  if (outcome == Outcome::done && keep) {
    throw std::logic_error("a rule went on after a statement that ended its transaction");
  }
  return outcome;
}

std::optional<Error> PostgresRunner::write(const std::function<bool(Tx&)>& fn, PostgresTx::Kind kind) {
  const auto unavailable = [](const std::string& why) {
    return Error{ErrorKind::unavailable, "problem.unavailable", why, {}};
  };
  int conflicts = 0;
  int losses = 0;
  std::string problem;
  for (;;) {
    Outcome outcome = Outcome::lost;
    try {
      outcome = try_write(fn, kind, problem);
    } catch (const Overloaded& overloaded) {
      return unavailable(overloaded.what());
    } catch (const ConnectionLost& lost) {  // none could be had
      problem = lost.what();
    }
    if (outcome == Outcome::done) return std::nullopt;
    if (outcome == Outcome::lost && ++losses == 2) throw DatabaseBroken(problem);
    if (outcome == Outcome::conflict && ++conflicts == kConflictsBorne) return unavailable(problem);
    retries_.fetch_add(1);
    if (outcome == Outcome::conflict) back_off(conflicts - 1);
  }
}

bool PostgresRunner::write_at_once(const std::function<bool(Tx&)>& fn) {
  try {
    PostgresPool::Lease lease = pool_.take();
    return attempt(lease, fn);
  } catch (const ConnectionLost&) {  // none could be had
    return false;
  }
}

bool PostgresRunner::attempt(PostgresPool::Lease& lease, const std::function<bool(Tx&)>& fn) {
  PostgresTx tx(lease.connection(), PostgresTx::Kind::hurried_posts);
  bool committing = false;
  try {
    if (fn(tx) && tx.state() == PostgresTx::State::good) {
      committing = true;
      commit(tx);
      return true;
    }
  } catch (...) {
    if (committing && tx.state() == PostgresTx::State::lost) {
      lease.drop();
      throw;
    }
  }
  std::string problem;
  finish(lease, tx, problem);
  return false;
}

bool PostgresRunner::try_read(const std::function<void(Tx&)>& fn, std::string& problem) {
  PostgresPool::Lease lease = pool_.take();
  PostgresTx tx(lease.connection(), PostgresTx::Kind::read);
  try {
    fn(tx);
  } catch (...) {
    if (finish(lease, tx, problem) != Outcome::done) return false;
    throw;
  }
  // Its end is sent, not awaited: nothing can go wrong with it that a reader would need to know.
  return finish(lease, tx, problem) == Outcome::done;
}

void PostgresRunner::read(const std::function<void(Tx&)>& fn) {
  std::string problem;
  for (int attempt = 0; attempt < 2; ++attempt) {
    try {
      if (try_read(fn, problem)) return;
    } catch (const ConnectionLost& lost) {
      problem = lost.what();
    }
  }
  throw DatabaseBroken(problem);
}

void PostgresRunner::add_to(Database::Figures& figures) const {
  figures.commits = figures.writes = commits_.load();
  figures.retries = retries_.load();
  figures.refused = pool_.refused();
  figures.queue_depth = pool_.waiting();
  figures.commit_seconds = static_cast<double>(commit_nanos_.load()) / 1e9;
}

std::optional<std::string> PostgresRunner::problem_with(std::string_view statement) {
  try {
    PostgresPool::Lease lease = pool_.take();
    const auto refused = lease.connection().prepare_only(statement);
    return refused ? std::optional(refused->message) : std::nullopt;
  } catch (const ConnectionLost& lost) {
    throw DatabaseBroken(lost.what());
  }
}

}  // namespace bursary::db
