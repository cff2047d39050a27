// Being let in by mail: who can read the mail of an address may sign in as its person. One way for those who are known
// and those who are not: an address that nobody has yet makes a new person. A part of accounts, not of its public face.
//
// Invariants
//   - A link and its code open one session, once, within ten minutes of being asked for; a newer one for the same
//     address ends them.
//   - The code works only in the browser that asked, and for five attempts, right or wrong.
//   - Nobody is locked out by another's asking: past six an hour no new one is made, and the newest stays good.
//   - The answer to asking does not tell whether an address is known.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "features/accounts/accounts.h"
#include "features/accounts/sessions.h"

namespace bursary::accounts {

struct SignInTag;
using SignInId = Id<SignInTag>;

inline constexpr std::chrono::minutes kMailLinkLife{10};
inline constexpr int kCodeAttempts = 5;
inline constexpr int kMailsAnHour = 6;

// Two who do something with one address at once take turns by it.
std::int64_t address_key(std::string_view email);

// Whoever reads the mail of this address: a new person where nobody has it yet.
web::PersonId person_with(db::Tx& tx, IdSource& ids, const std::string& email, Instant now);

// Queues the mail. The secret for the browser that asked: a cookie by which its code is taken. Error{invalid} when
// `typed` is no address, Error{limit} when too many were asked for.
Result<std::string> ask_by_mail(const Parts& parts, std::string_view typed, std::string_view locale);
// The address that a browser's secret asked for; nothing when it is not ours or its row is gone.
std::optional<std::string> address_asked(db::Tx& tx, const Parts& parts, std::string_view browser);

enum class LinkState;
// Changes nothing.
LinkState state_of_mail_link(db::Tx& tx, const Parts& parts, std::string_view link, Instant now);

struct Entered {
  enum class Outcome { in, wrong_code, ended };
  Outcome outcome = Outcome::ended;
  std::string session;  // its secret, when in
};
// Error only when the database takes no writes.
Result<Entered> enter_by_link(const Parts& parts, std::string_view link, const Visitor& visitor);
Result<Entered> enter_by_code(const Parts& parts, std::string_view browser, std::string_view typed,
                              const Visitor& visitor);

}  // namespace bursary::accounts
