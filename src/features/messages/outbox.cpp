#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/mail_address.h"
#include "base/text.h"
#include "features/messages/message.sql.h"
#include "features/messages/message_row.h"
#include "features/messages/messages.h"
#include "features/messages/outbox.sql.h"
#include "web/outside.h"
#include "web/sparing_log.h"

namespace bursary::messages {
namespace {

namespace outbox_sql = sql::messages::outbox;

// Other nodes may take the first of these meanwhile.
constexpr int kCandidates = 8;
constexpr std::int64_t kMostCounted = 100'000;
constexpr std::size_t kLongestProblem = 500;  // characters
constexpr std::string_view kLost = "The server stopped while this message was being sent. It may have arrived.";

// The other side's words, as they may be kept: UTF-8 on one line.
std::string shortened(std::string_view said) {
  std::string text = repair_utf8(said);
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return std::string(first_characters(trim(text), kLongestProblem));
}

// For the log, which names nobody. Servers like to repeat the address that they refuse. Names between quotes may hold
// anything: from there on nothing is told.
std::string without_addresses(std::string_view said) {
  if (said.find('@') == std::string_view::npos) return std::string(said);
  const std::size_t quote = std::min(said.find('"'), said.size());
  std::string out;
  for (std::size_t at = 0; at < quote;) {
    const std::size_t end = std::min(said.find(' ', at), quote);
    const std::string_view word = said.substr(at, end - at);
    out += word.find('@') == std::string_view::npos ? word : "(address)";
    if (end < quote) out += ' ';
    at = end + 1;
  }
  return quote < said.size() ? out + "(address) …" : out;
}

}  // namespace

struct Outbox::Outcome {
  MessageId id;
  Instant lease_until;
  State state = State::sent;
  Instant due_at;
  std::optional<Instant> sent_at;
  std::string problem;
};

std::chrono::seconds wait_after(int attempt, const OutboxOptions& options, Random& random) {
  std::chrono::seconds wait = options.first_wait;
  for (int i = 1; i < attempt && wait < options.longest_wait; ++i) wait *= 2;
  wait = std::min(wait, options.longest_wait);
  // 80 % to 120 %, so that what failed together does not come back together.
  return wait * (800 + static_cast<std::int64_t>(random.below(401))) / 1000;
}

Outbox::Outbox(OutboxParts parts, OutboxOptions options)
    : parts_(std::move(parts)), options_(options), trouble_log_(std::make_unique<web::SparingLog>()) {}

Outbox::~Outbox() = default;

namespace {

// The first of them that no other node has taken.
std::optional<Message> claim(db::Tx& tx, const db::Rows& candidates, Instant lease_until) {
  for (const db::Row& row : candidates) {
    const auto id = row.id<MessageId>(0);
    if (tx.execute(outbox_sql::claim_message, lease_until, id) != 1) continue;
    if (const auto found = tx.find(sql::messages::message::find_message, id)) return message_of(*found);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Message> Outbox::finish_and_claim(bool claim_next) {
  const Instant now = parts_.clock.now();
  const Instant lease_until = now + options_.lease;
  const bool sweep = claim_next && now - swept_ >= options_.lease / 4;
  const auto step = [&](db::Tx& tx) -> Result<std::optional<Message>> {
    if (unsaved_) {
      tx.execute(outbox_sql::finish_message, unsaved_->state, unsaved_->due_at, unsaved_->sent_at, unsaved_->problem,
                 unsaved_->id, unsaved_->lease_until);
    }
    if (sweep) tx.execute(outbox_sql::give_up_lost_messages, kLost, now);
    if (!claim_next) return std::optional<Message>();
    auto claimed = claim(tx, tx.query(outbox_sql::awaited_messages, now, kCandidates), lease_until);
    if (!claimed) claimed = claim(tx, tx.query(outbox_sql::due_messages, now, kCandidates), lease_until);
    return claimed;
  };
  Result<std::optional<Message>> claimed = parts_.database.write(step);
  if (!claimed) return std::nullopt;  // the database is busy: unsaved_ waits for the next call
  unsaved_.reset();
  if (sweep) swept_ = now;
  return std::move(*claimed);
}

// Composes and sends. Nothing has left when composing fails, also when it does because the database, asked for a
// private link, is away: that must not end as "maybe sent".
web::SendResult Outbox::hand_over(const Message& message) {
  Result<web::OutgoingMail> mail;
  try {
    mail = compose(*parts_.programs.current(), message, parts_.sender, parts_.clock.now(), parts_.tell_link);
  } catch (const std::exception& problem) {
    return {web::Delivery::refused_now, problem.what()};
  }
  if (!mail) return {web::Delivery::refused_for_good, mail.error().detail};
  return parts_.mail.send(*mail);
}

void Outbox::log_trouble(const Outcome& outcome) {
  if (outcome.state == State::sent) return;
  if (const auto held = trouble_log_->turn(parts_.clock.now())) {
    spdlog::warn("message {} is {}: {} ({} like it since the last such line)", outcome.id.value,
                 to_string(outcome.state), without_addresses(outcome.problem), *held);
  }
}

Outbox::Outcome Outbox::send(const Message& message) {
  Outcome outcome{message.id, message.lease_until.value_or(message.due_at), State::failed, message.due_at, std::nullopt,
                  {}};
  const web::SendResult result = hand_over(message);
  const Instant now = parts_.clock.now();
  outcome.problem = shortened(result.detail);
  switch (result.delivery) {
    case web::Delivery::sent:
      outcome.state = State::sent;
      outcome.sent_at = now;
      outcome.problem.clear();
      break;
    case web::Delivery::refused_now:
      outcome.state = message.attempts >= options_.attempts ? State::failed : State::waiting;
      outcome.due_at = now + wait_after(message.attempts, options_, parts_.random);
      break;
    case web::Delivery::refused_for_good:
      outcome.state = State::failed;
      break;
    case web::Delivery::maybe_sent:
      outcome.state = State::maybe_sent;
      break;
  }
  return outcome;
}

void Outbox::count(const Outcome& outcome, Run& run) {
  const std::lock_guard lock(mutex_);
  for (Run* each : {&run, &total_}) {
    each->sent += outcome.state == State::sent ? 1 : 0;
    each->postponed += outcome.state == State::waiting ? 1 : 0;
    each->failed += outcome.state == State::failed ? 1 : 0;
    each->maybe_sent += outcome.state == State::maybe_sent ? 1 : 0;
  }
}

Outbox::Run Outbox::run_once(int limit) {
  Run run;
  for (int i = 0; i < limit && !stopping_; ++i) {
    const std::optional<Message> message = finish_and_claim(true);
    if (!message) break;
    unsaved_ = std::make_unique<Outcome>(send(*message));
    count(*unsaved_, run);
    log_trouble(*unsaved_);
  }
  if (unsaved_) finish_and_claim(false);
  return run;
}

Outbox::Figures Outbox::figures() const {
  Figures figures = parts_.database.read([&](db::Tx& tx) {
    Figures waiting;
    waiting.waiting = tx.find(outbox_sql::count_waiting, kMostCounted)->integer(0);
    const std::optional<db::Row> oldest = tx.find(outbox_sql::oldest_due);
    const auto age = oldest ? parts_.clock.now() - oldest->instant(0) : Microseconds(0);
    waiting.oldest_due = std::max(std::chrono::seconds(0), std::chrono::duration_cast<std::chrono::seconds>(age));
    return waiting;
  });
  const std::lock_guard lock(mutex_);
  figures.total = total_;
  return figures;
}

}  // namespace bursary::messages
