// Mail, from the moment it is decided to the moment it left. A rule queues a message as one row in its own transaction;
// the outbox sends it afterwards. The row keeps the template's key and the values; the words are made when it is sent
// and again when it is shown, always by the same function.
//
// Lists as public: features/messages/desk.h.
//
// Invariants
//   - A message that was queued in a transaction that committed is sent, or ends as failed or "maybe sent", where staff
//     see it; one queued in a transaction that was rolled back never existed.
//   - It is never sent twice by itself: state `sending` is on disk before the first byte leaves, and a row found there
//     after its lease ended (the process died in between) becomes `maybe_sent` and stays so.
//   - Its Message-ID is fixed when it is queued, so that a receiver can drop a repetition.
//   - The row holds no secret: a private link stands in it as what it opens, and is told again when the mail is
//     composed to leave, at no other time.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "base/random.h"
#include "db/database.h"
#include "features/programs/programs.h"
#include "html/writer.h"
#include "web/outside.h"

namespace bursary::web {
class SparingLog;
}

namespace bursary::messages {

struct MessageTag;
using MessageId = Id<MessageTag>;

// The codes are stored: never renumber.
// held: composed for something that can still be undone, and no business of the outbox until it is let go.
// cancelled: staff took it back before it left.
enum class State : std::int16_t {
  waiting = 0,
  sending = 1,
  sent = 2,
  failed = 3,
  maybe_sent = 4,
  held = 5,
  cancelled = 6
};
inline constexpr State kAllStates[] = {State::waiting,    State::sending, State::sent,     State::failed,
                                       State::maybe_sent, State::held,    State::cancelled};
std::string_view to_string(State state);

// An address whose knowledge opens something, or a code to be typed, by what it opens. To be compared with no other
// kind of value: in the row's JSON it is an object, which nothing that somebody typed can be.
struct PrivateLink {
  std::string opens;    // "draft", "application", "sign_in", "sign_in_code", "address_code", "invitation"
  std::int64_t id = 0;  // of it
};
// The whole address, or the code; nothing when it cannot be told (any more).
using TellLink = std::function<std::optional<std::string>(const PrivateLink&)>;

struct NewMessage {
  std::optional<std::int64_t> application;
  std::string template_key;  // key of programs::Program::mail
  std::string locale;        // the recipient's
  std::string recipient;     // one address
  // By name; what a value is follows from the name's end (docs/program-authors.md):
  //   "…link"          an http(s) address made by this program that anybody may know: may become a link
  //   "…_at", "…_date" RFC 3339: shown as date and time, or date, in the recipient's language and the program's zone
  //   anything else    text: shown as it stands, never as Markdown or HTML, never as a link
  // program, host and contact_email are there without being given.
  std::map<std::string, std::string> placeholders;
  std::map<std::string, PrivateLink> links;  // by name, which ends in "link" or "code"; none in `placeholders` too
  Instant due;
};

// What stands behind the @ of a Message-ID: the host of "https://apply.example.org:8443", or "localhost".
std::string message_id_domain(std::string_view public_address);

// Adds one row. `message_id_domain` stands behind the @ of its Message-ID. `random` must suit the thread that runs the
// transaction. Safe to repeat when the transaction is retried.
MessageId queue_message(db::Tx& tx, IdSource& ids, Random& random, Instant now, std::string_view message_id_domain,
                        const NewMessage& message);

// The same, held: it leaves after let_go(), and is gone after drop_held() as if it had never been.
MessageId hold_message(db::Tx& tx, IdSource& ids, Random& random, Instant now, std::string_view message_id_domain,
                       const NewMessage& message);
void let_go(db::Tx& tx, Instant now, MessageId id);
void drop_held(db::Tx& tx, MessageId id);

// A message as it is kept, as staff and (later) the applicant's portal see it.
struct Message {
  MessageId id;
  std::optional<std::int64_t> application;
  std::string template_key, locale, recipient, message_id;
  std::map<std::string, std::string> placeholders;
  std::map<std::string, PrivateLink> links;
  State state = State::waiting;
  int attempts = 0;
  Instant due_at, created_at;
  std::optional<Instant> lease_until, sent_at;
  std::string problem;  // the last refusal, for staff
};
// Oldest first. The caller has settled that its viewer may read this application.
std::vector<Message> messages_of(db::Tx& tx, std::int64_t application);

// The words of a message. Without `tell` a private link is masked: so staff see it. Error{not_found} when the program
// has no such template, or a link cannot be told.
struct Words {
  std::string subject;  // one line of UTF-8
  std::string plain;    // reads well by itself; LF line ends
  html::SafeHtml html;  // the body alone
};
Result<Words> words_of(const programs::Program& program, const Message& message, const TellLink& tell = nullptr);

struct Sender {
  std::string address;  // "apply@example.org": From and envelope sender
  std::string name;     // shown; empty: the program's host
  // Where mail that comes back is sent to; empty: to `address`. Each message then leaves from an envelope address of
  // its own (desk.h, envelope_for), made with `secret`.
  std::string bounce_address = {}, secret = {};
};
// The whole RFC 5322 message with CR LF line ends, fit for SMTP (7 bit, but for a recipient whose name needs
// SMTPUTF8) and for a Maildir. `date` becomes its Date.
// Private links are in it, so it goes to its recipient alone; without `tell` a message that has any is not composed.
Result<web::OutgoingMail> compose(const programs::Program& program, const Message& message, const Sender& sender,
                                  Instant date, const TellLink& tell);

struct OutboxParts {
  db::Database& database;
  const Clock& clock;
  Random& random;  // jitter of the waits
  programs::Programs& programs;
  web::MailSender& mail;
  Sender sender;
  TellLink tell_link = nullptr;
};

struct OutboxOptions {
  std::chrono::seconds lease{120};      // longer than the sender's own time limit
  int attempts = 10;                    // then `failed`
  std::chrono::seconds first_wait{60};  // doubled at each refusal, ± 20 %
  std::chrono::seconds longest_wait{12 * 3600};
};

// Sends what is due. Any number of nodes may run one each; a message is claimed by one.
class Outbox {
 public:
  explicit Outbox(OutboxParts parts, OutboxOptions options = {});
  ~Outbox();

  struct Run {
    int sent = 0, postponed = 0, failed = 0, maybe_sent = 0;
    int done() const { return sent + postponed + failed + maybe_sent; }
  };
  // Takes up to `limit` messages that are due, one after the other, and says what became of them. Returns when nothing
  // is due. Call it from one thread, again and again.
  Run run_once(int limit);
  // run_once() stops after the message in hand.
  void stop() { stopping_ = true; }

  // For /metrics: rows that wait (due or not; counted up to 100,000), how long the oldest due one has been due, and
  // what this outbox has done since it was made.
  struct Figures {
    std::int64_t waiting = 0;
    std::chrono::seconds oldest_due{0};
    Run total;
  };
  Figures figures() const;

 private:
  struct Outcome;
  // Writes what became of the last message and claims the next, in one commit.
  std::optional<Message> finish_and_claim(bool claim_next);
  Outcome send(const Message& message);
  web::SendResult hand_over(const Message& message);
  void count(const Outcome& outcome, Run& run);
  void log_trouble(const Outcome& outcome);

  OutboxParts parts_;
  OutboxOptions options_;
  std::unique_ptr<web::SparingLog> trouble_log_;
  std::unique_ptr<Outcome> unsaved_;  // kept until it is on disk, also over a database that refuses for a while
  Instant swept_;                     // when messages whose lease ended were last looked for
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;  // guards total_
  Run total_;
};

// How long to wait after the `attempt`-th refusal (1 is the first).
std::chrono::seconds wait_after(int attempt, const OutboxOptions& options, Random& random);

}  // namespace bursary::messages
