#include "features/ledger/batcher.h"

#include <algorithm>
#include <iterator>

#include "db/latch.h"
#include "features/ledger/doubt.h"
#include "features/ledger/group.h"

namespace bursary::ledger {

Batcher::Batcher(db::Database& database, const Clock& clock, IdSource& ids, std::string node, Journal* journal,
                 BatcherOptions options)
    : database_(database),
      clock_(clock),
      ids_(ids),
      node_(std::move(node)),
      journal_(journal),
      options_(options),
      thread_([this] { run(); }) {}

Batcher::~Batcher() { stop(); }

void Batcher::reserve(Claim claim, std::function<void(const Answer&)> done) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && claims_.size() < options_.most_waiting) {
      claims_.push_back({std::move(claim), std::move(done)});
      wake_.notify_one();
      return;
    }
    ++figures_.refused;
  }
  done({});
}

Answer Batcher::reserve(Claim claim) {
  Answer answer;
  db::Latch told;
  reserve(std::move(claim), [&](const Answer& given) {
    answer = given;
    told.open();
  });
  told.wait();
  return answer;
}

void Batcher::end(Ending ending) {
  const std::lock_guard lock(mutex_);
  ends_.push_back(std::move(ending));
  wake_.notify_one();
}

bool Batcher::stop(std::chrono::milliseconds patience) {
  if (!thread_.joinable()) return true;
  std::unique_lock lock(mutex_);
  stopping_ = true;
  wake_.notify_one();
  const bool done = idle_.wait_for(lock, patience, [this] { return claims_.empty() && ends_.empty() && !busy_; });
  if (!done) abandoned_ = true;
  wake_.notify_one();
  lock.unlock();
  thread_.join();
  return done;
}

void Batcher::abandon() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = abandoned_ = true;
    wake_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

Batcher::Figures Batcher::figures() const {
  const std::lock_guard lock(mutex_);
  Figures figures = figures_;
  figures.waiting_claims = claims_.size();
  figures.waiting_ends = ends_.size();
  return figures;
}

void Batcher::run() {
  while (turn()) {
  }
  std::deque<Waiting> left;
  {
    const std::lock_guard lock(mutex_);
    left.swap(claims_);
    if (abandoned_) run_.reset();
  }
  for (const Waiting& waiting : left) waiting.done({});
  if (!run_) return;
  try {
    (void)database_.write([&](db::Tx& tx) -> Result<void> {
      end_run(tx, *run_, clock_.now());
      return {};
    });
  } catch (const std::exception&) {
    // Somebody finds it silent.
  }
}

bool Batcher::turn() {
  Group group = take();
  {
    const std::lock_guard lock(mutex_);
    if (abandoned_) {
      for (Waiting& waiting : group.claims) claims_.push_back(std::move(waiting));
      return false;
    }
    if (group.empty() && stopping_) return false;
  }
  if (group.empty()) {
    keep_run();
  } else {
    work(std::move(group));
  }
  const std::lock_guard lock(mutex_);
  busy_ = false;
  if (claims_.empty() && ends_.empty()) idle_.notify_all();
  return true;
}

// Ends first: they free what claims may want.
Batcher::Group Batcher::take() {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, options_.beat, [this] { return stopping_ || !claims_.empty() || !ends_.empty(); });
  Group group;
  const auto move_some = [&](auto& from, auto& to) {
    const std::size_t n = std::min(from.size(), options_.most_together);
    const auto end = from.begin() + static_cast<std::ptrdiff_t>(n);
    to.assign(std::make_move_iterator(from.begin()), std::make_move_iterator(end));
    from.erase(from.begin(), end);
  };
  move_some(ends_, group.ends);
  move_some(claims_, group.claims);
  busy_ = !group.empty();
  return group;
}

// Makes a run when there is none, else tells that it goes on. What fails is tried again at the next turn.
void Batcher::keep_run() {
  try {
    const auto kept = database_.write([&](db::Tx& tx) -> Result<std::optional<RunId>> {
      if (run_ && beat(tx, *run_)) return run_;
      return std::optional(start_run(tx, ids_, node_, clock_.now()));
    });
    if (kept) run_ = *kept;
  } catch (const std::exception&) {
    const std::lock_guard lock(mutex_);
    ++figures_.failures;
  }
}

void Batcher::work(Group group) {
  if (!run_) keep_run();
  if (!run_) return put_back(std::move(group), false);
  std::vector<const Claim*> claims;
  claims.reserve(group.claims.size());
  for (const Waiting& waiting : group.claims) claims.push_back(&waiting.claim);
  try {
    const auto written =
        database_.write([&](db::Tx& tx) { return write_group(tx, *run_, clock_.now(), claims, group.ends, journal_); });
    if (written) return finish(group, written->answers, written->unknown);
    if (written.error().kind == ErrorKind::conflict) run_.reset();
    put_back(std::move(group), false);
  } catch (const Unavailable&) {
    put_back(std::move(group), true);
  } catch (const std::exception&) {
    one_by_one(std::move(group));
  }
}

// Somebody's is wrong. Who is alone and wrong is refused; an end that cannot be written leaves its reservation to the
// next run.
void Batcher::one_by_one(Group group) {
  {
    const std::lock_guard lock(mutex_);
    ++figures_.failures;
  }
  if (group.claims.size() + group.ends.size() == 1) {
    for (const Waiting& waiting : group.claims) waiting.done({});
    return;
  }
  for (Ending& ending : group.ends) {
    Group one;
    one.ends.push_back(std::move(ending));
    work(std::move(one));
  }
  for (Waiting& waiting : group.claims) {
    Group one;
    one.claims.push_back(std::move(waiting));
    work(std::move(one));
  }
}

void Batcher::put_back(Group group, bool perhaps_written) {
  {
    std::unique_lock lock(mutex_);
    ++figures_.failures;
    figures_.refused += group.claims.size();
    // Told to be unavailable, they must hold nothing.
    if (perhaps_written) {
      for (const Waiting& waiting : group.claims) group.ends.push_back({waiting.claim.id, 0, nullptr});
    }
    ends_.insert(ends_.begin(), std::make_move_iterator(group.ends.begin()), std::make_move_iterator(group.ends.end()));
  }
  for (const Waiting& waiting : group.claims) waiting.done({});
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, options_.pause, [this] { return abandoned_; });
}

void Batcher::finish(Group& group, std::span<const Answer> answers, std::span<const TransferId> unknown) {
  {
    const std::lock_guard lock(mutex_);
    ++figures_.transactions;
    figures_.ended += group.ends.size() - unknown.size();
    for (const Answer& answer : answers) ++(answer.held() ? figures_.reserved : figures_.refused);
  }
  for (std::size_t i = 0; i < answers.size(); ++i) group.claims.at(i).done(answers[i]);
  for (const TransferId id : unknown) {
    const auto ending = std::ranges::find(group.ends, id, &Ending::id);
    if (ending != group.ends.end()) clear(*ending);
  }
}

// It is not open: never written, ended before, or doubted while this process was thought dead.
void Batcher::clear(const Ending& ending) {
  try {
    const auto cleared = database_.write([&](db::Tx& tx) -> Result<bool> {
      return clear_doubt(tx, ids_, ending.id, ending.cost, clock_.now(), std::nullopt, journal_, ending.note);
    });
    if (cleared) return;
  } catch (const db::ConstraintViolated&) {
    return;  // somebody cleared it at the same time
  } catch (const Unavailable&) {
    // As below.
  }
  const std::lock_guard lock(mutex_);
  ends_.push_back(ending);
}

}  // namespace bursary::ledger
