// Who a person is at OpenID providers. A part of accounts, not of its public face.
//
// Invariants
//   - An identity is (issuer, subject) and belongs to one person.
//   - What a provider says of an address attaches nothing unless the operator trusts its word on that, and even then
//   not
//     to an account that has more than mail to come in by, or a role: its person connects the provider themselves.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/accounts/accounts.h"
#include "features/accounts/id_token.h"
#include "features/accounts/openid.h"
#include "features/accounts/sessions.h"

namespace bursary::accounts {

struct Identity {
  std::string issuer, subject, provider;
  Instant created_at, used_at;
};
std::vector<Identity> identities_of(db::Tx& tx, web::PersonId person);

// The new session's secret; makes a person when nobody has this identity yet. Error{conflict} when its address is
// another account's that must connect the provider itself.
Result<std::string> enter_by_provider(const Parts& parts, const Provider& provider, const Claims& claims,
                                      const Visitor& visitor);
// Error{conflict} when somebody else has it.
Result<void> connect_identity(const Parts& parts, web::PersonId person, const Provider& provider, const Claims& claims);
Result<bool> remove_identity(const Parts& parts, web::PersonId person, std::string_view issuer,
                             std::string_view subject);

}  // namespace bursary::accounts
