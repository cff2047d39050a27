// A person's e-mail addresses: added by a code that was mailed there, and typed where its person is logged in. A part
// of accounts, not of its public face.
//
// Invariants
//   - An address belongs to a person only after its mail was read by who is logged in as them; the code of another's
//     asking adds nothing, and neither does a link: there is none.
//   - Two people become one only where the other has nothing but mail to come in by and no role; whoever reads that
//     mail could have come in as them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "features/accounts/accounts.h"

namespace bursary::accounts {

inline constexpr std::chrono::minutes kAddressCodeLife{15};
inline constexpr int kMostAddresses = 10;

// Mails a code; what it returns names the asking. Error{invalid} for no address, Error{conflict} for one that the
// person has, Error{limit} past kMostAddresses or too many mails an hour.
Result<std::string> ask_address(const Parts& parts, web::PersonId person, std::string_view typed,
                                std::string_view locale);
// The address of an open asking of this person.
std::optional<std::string> address_of_asking(db::Tx& tx, const Parts& parts, web::PersonId person,
                                             std::string_view asked);
// Error{invalid} for a wrong code, Error{conflict} when the asking has ended or the address is another's account that
// has more than mail.
Result<void> confirm_address(const Parts& parts, web::PersonId person, std::string_view asked, std::string_view code);
// False when it is not theirs; Error{conflict} for the only one.
Result<bool> remove_address(const Parts& parts, web::PersonId person, std::string_view email);

// For tell_link: the code of an open asking.
std::optional<std::string> tell_address_code(const Parts& parts, std::int64_t id);
inline constexpr std::string_view kOpensAddressCode = "address_code";

}  // namespace bursary::accounts
