// Messages as staff work with them: what waits, failed or may have been sent; sending again and taking back; what
// applicant and staff write to each other; a daily digest; and mail that came back. Public: messages.h lists it.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/messages/messages.h"
#include "web/context.h"
#include "web/router.h"

namespace bursary::api {
struct Parts;
}

namespace bursary::messages {

struct DeskParts {
  db::Database& database;
  const Clock& clock;
  Random& random;
  IdSource& ids;
  programs::Programs& programs;
  std::string public_address;  // "https://apply.example.org", no slash at its end
  std::string secret;          // of derived secrets: at least 32 bytes, the same on every node
};

// Of one message. Error{not_found}, or Error{conflict} where its state has changed meanwhile.
// Again: what failed or may have been sent, with the same Message-ID, so that a receiver can drop a repetition.
Result<void> send_again(const DeskParts& parts, MessageId id, web::PersonId by);
// Takes back what has not left: it waits and no node has it.
Result<void> cancel(const DeskParts& parts, MessageId id, web::PersonId by);

// What applicant and staff write to each other: a letter. The portal shows them; staff's go by mail too.
struct LetterTag;
using LetterId = Id<LetterTag>;
struct Letter {
  LetterId id;
  bool from_applicant = false;
  std::string author, body;  // author: a name; empty: whoever holds the application's link
  Instant at;
  std::optional<Instant> read_at;
  std::optional<MessageId> message;
  std::optional<web::PersonId> author_id;
};
inline constexpr std::size_t kLongestLetter = 8000;                    // characters
std::vector<Letter> letters_of(db::Tx& tx, std::int64_t application);  // oldest first
// One letter, one message to the applicant, one event, in the caller's transaction. `mail` is made by
// applications::mail_to_applicant for "staff_message"; its {message} is set here. Error{invalid} with the field
// "letter".
Result<LetterId> write_to_applicant(db::Tx& tx, const DeskParts& parts, NewMessage mail, std::string_view body,
                                    web::PersonId by);
// The applicant's side; whoever calls this has settled that the application is theirs.
Result<LetterId> write_to_staff(db::Tx& tx, const DeskParts& parts, std::int64_t application, std::string_view body,
                                std::optional<web::PersonId> by);
// The other side's, up to the last one that was shown.
void mark_read(db::Tx& tx, Instant now, std::int64_t application, bool by_applicant, LetterId shown);

// Messages that its applicant may be shown: what has been handed over or is about to be. Nothing held, nothing taken
// back: they would tell what is not decided yet.
std::vector<Message> messages_for_applicant(db::Tx& tx, std::int64_t application);

// The daily digest. Staff ask for it and end it by themselves, also by its own link.
bool has_digest(db::Tx& tx, web::PersonId person);
Result<void> choose_digest(const DeskParts& parts, web::PersonId person, std::string_view locale, bool wanted);
// Queues today's for whoever has none yet, wants it and may still read applications; nothing where nothing waits. How
// many.
int run_digest(const DeskParts& parts);

// TellLink of this feature: the console's address, and the link that ends a digest.
std::optional<std::string> tell_desk_link(const DeskParts& parts, const PrivateLink& link);

// Mail that came back (RFC 3464), by the envelope address that it was sent from: bounce+<token>@….
struct Bounce {
  enum class Kind { none, delayed, soft, hard };  // none: no delivery status notification
  Kind kind = Kind::none;
  std::string status, reason;           // "5.1.1", the other server's words
  std::vector<std::string> recipients;  // envelope addresses that the report was delivered to, as far as it tells
};
Bounce read_bounce(std::string_view mail);
// The message that an envelope address names; nothing for one that is not of our making.
std::optional<MessageId> message_of_envelope(std::string_view address, std::string_view secret);
std::string envelope_for(std::string_view bounce_address, MessageId id, std::string_view secret);
// Marks the message failed with the reason; a hard one flags its address too. False where nothing changed.
Result<bool> take_bounce(const DeskParts& parts, MessageId id, const Bounce& bounce);
// Why mail to an address came back; nothing when none did.
std::optional<std::string> trouble_of(db::Tx& tx, std::string_view email);

// /staff/messages…, /staff/applications/{reference}/messages, /digest/{secret}. `parts` outlives the router.
void add_routes(web::Router& router, const DeskParts& parts);
// /api/v1/messages…, /api/v1/applications/{reference}/messages, /api/v1/health/outbox.
void add_api_routes(web::Router& router, const DeskParts& parts, const api::Parts& api);

}  // namespace bursary::messages
