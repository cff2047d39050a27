// Who works with the program: roles, and the invitations that lead to them. A part of accounts, not of its public face.
//
// Invariants
//   - An invitation gives its role once, to the person who owns its address; its link alone opens no session of staff.
//   - The last administrator of a program keeps that role.
//   - Who loses a role loses it at their next request: roles are read with each.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "features/accounts/accounts.h"
#include "features/accounts/roles.h"
#include "features/accounts/sessions.h"

namespace bursary::accounts {

struct InvitationTag;
using InvitationId = Id<InvitationTag>;
inline constexpr std::chrono::hours kInvitationLife{7 * 24};
inline constexpr std::string_view kOpensInvitation = "invitation";

struct StaffRole {
  Role role;
  bool everywhere = false;  // in every program, as the terminal gives it
};
struct StaffMember {
  web::PersonId person;
  std::string name;
  std::vector<std::string> emails;
  std::vector<StaffRole> roles;
  bool strong = false;  // has a passkey, a password or a provider: else the console is closed to them
};
std::vector<StaffMember> staff_of(db::Tx& tx, std::string_view program);

struct Invitation {
  InvitationId id;
  std::string email, inviter;
  Role role;
  Instant expires_at;
};
// Those that wait.
std::vector<Invitation> invitations_of(db::Tx& tx, std::string_view program, Instant now);

// Error{invalid} for no address, Error{limit} past thirty that wait.
Result<void> invite(const Parts& parts, web::PersonId by, std::string_view email, Role role, std::string_view locale);
Result<bool> take_invitation_back(const Parts& parts, web::PersonId by, InvitationId id);
// Of a link, while it may be used.
std::optional<Invitation> find_invitation(db::Tx& tx, const Parts& parts, std::string_view link, Instant now);
// Lets its person in by mail and gives the role: the session's secret. Error{conflict} when it cannot be used (any
// more).
Result<std::string> accept_invitation(const Parts& parts, std::string_view link, const Visitor& visitor);
std::optional<std::string> tell_invitation(const Parts& parts, std::int64_t id);

// Error{not_found} when nobody of this program's staff is such a person; Error{conflict} for the last administrator.
Result<void> grant_role(const Parts& parts, web::PersonId by, web::PersonId person, Role role);
Result<void> take_role(const Parts& parts, web::PersonId by, web::PersonId person, Role role);

}  // namespace bursary::accounts
