// Who belongs to an application: its owner, who edits it with them, who is named on it. Asked by mail, answered by
// whoever logs in with a verified address. Public: applications.h lists it.
//
// Invariants
//   - An invitation's link is no row's: it is made of its id and the installation's secret. It answers once, ends after
//     kInvitationLife, and is bound to nobody until somebody answers.
//   - An application has at most one named owner; a person belongs to it at most once. The database holds both.
//   - Who left or was removed has no row, and so no access at their next request.
//   - Handing over ends the private link, for it was the owner's before.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/applications/applications.h"
#include "features/messages/messages.h"

namespace bursary::applications {

struct MemberTag;
using MemberId = Id<MemberTag>;
// The codes are stored: never renumber.
enum class Membership : std::int16_t { invited = 0, belongs = 1, declined = 2 };

struct Member {
  MemberId id;
  Relation relation{};
  Membership state{};
  bool may_submit = false;
  std::string email, name;  // as invited, else one that its person has verified; the name that they gave, if any
  std::optional<web::PersonId> person;
  Instant invited_at, expires_at;
  std::optional<Instant> answered_at;
};
// The owner first, then in the order in which they were asked. For who may see the application.
std::vector<Member> people_of(db::Tx& tx, ApplicationId id);

inline constexpr std::chrono::hours kInvitationLife{14 * 24};
inline constexpr std::size_t kMostPeople = 30;  // who belong or are asked
inline constexpr int kInvitationsADay = 20;     // of one application, and of one person
inline constexpr int kInvitationsToOne = 3;     // to one address, a day
inline constexpr std::string_view kOpensInvitation = "application_invitation";

struct NewMember {
  std::string email;
  Relation relation = Relation::co_editor;  // or investigator
  bool may_submit = false;                  // of a co-editor
};
// The owner asks. Error{invalid} with the field "email"; Error{limit} past the numbers above.
Result<MemberId> invite(const Parts& parts, const Holder& owner, const NewMember& asked, std::string_view locale);
// Before it was answered, or once it was declined.
Result<void> take_invitation_back(const Parts& parts, const Holder& owner, MemberId id);

struct Invitation {
  Member asked;
  ApplicationId application;
  std::string program, inviter;
};
// Of a link that may still be answered.
std::optional<Invitation> find_invitation(db::Tx& tx, const Parts& parts, std::string_view link);
// Those that wait for whoever has verified these addresses: their links.
struct Waiting {
  Invitation invitation;
  std::string link;
};
std::vector<Waiting> invitations_for(db::Tx& tx, const Parts& parts, const std::vector<std::string>& verified_emails);
// Error{conflict} when it cannot be answered (any more) or who answers belongs to it already; Error{forbidden} for who
// has verified no address.
Result<ApplicationId> accept_invitation(const Parts& parts, std::string_view link, web::PersonId person,
                                        const std::vector<std::string>& verified_emails);
Result<void> decline_invitation(const Parts& parts, std::string_view link, std::optional<web::PersonId> person);

// By themself; an owner hands over instead: Error{conflict}.
Result<void> leave(const Parts& parts, const Holder& holder);
// By the owner, of somebody else who belongs to it.
Result<void> remove_member(const Parts& parts, const Holder& owner, MemberId id);
Result<void> let_submit(const Parts& parts, const Holder& owner, MemberId id, bool may_submit);
// A co-editor becomes the owner, and who was it a co-editor. Mail goes to the new owner's address from now on.
Result<void> hand_over(const Parts& parts, const Holder& owner, MemberId id);
// The private link made anew; the one before opens nothing any more.
Result<void> renew_link(const Parts& parts, const Holder& owner);
// The whole private link, for its owner; nothing where the server cannot tell it.
std::optional<std::string> private_link(db::Tx& tx, const Parts& parts, const Holder& owner);

// For a rule that writes what an application's people write: nobody else writes it until the rule ends, whoever was
// removed meanwhile or holds a link that was made anew is refused, and who owns it is named.
Result<Held> take_hold(db::Tx& tx, const Parts& parts, const Holder& holder, Right right);
// From the first thing that an owner does as a person on, a row says so, whatever address stands in the answers later.
// For rules that hold the application.
void name_owner(db::Tx& tx, const Parts& parts, const Held& held, web::PersonId person);
// The address in the answers that are being edited, where there are any.
void readdress_copy(db::Tx& tx, const Parts& parts, const Application& application, const std::string& email);

// Where an application's people find it.
std::string portal_path(ApplicationId id);

// messages::TellLink of invitations.
std::optional<std::string> tell_together_link(const Parts& parts, const messages::PrivateLink& link);

}  // namespace bursary::applications
