// Who opens an application as its applicant, and what they may do with it: the one rule for every page, file and post
// of the applicant's side. It is asked where the data are read (find_held in applications.h). Public: applications.h
// lists it.
//
// Invariants
//   - Whoever holds the private link is its owner: the link is the owner's to give away, and to make anew.
//   - A person belongs to it by a row of application_person that they answered themself, or, as long as no row names an
//     owner, by having verified the address that it gives. The first invitation names its owner, so that nobody who
//     edits the address becomes one.
//   - Nobody belongs to anything before an address of theirs is verified.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "web/context.h"

namespace bursary::applications {

struct ApplicationTag;
using ApplicationId = Id<ApplicationTag>;

// The codes are stored: never renumber.
enum class Relation : std::int16_t { owner = 0, co_editor = 1, investigator = 2 };
inline constexpr Relation kAllRelations[] = {Relation::owner, Relation::co_editor, Relation::investigator};
std::string_view to_string(Relation relation);

enum class Right {
  read,    // what was submitted, where it stands, what was decided: everybody who belongs to it
  edit,    // the draft and the working copy, and what is written to staff and by them: owner and co-editors
  submit,  // and give changes up: the owner, and co-editors of whom the owner said so
  own      // withdraw, appeal, copy, its address, its private link, its people: the owner
};

struct Belonging {
  Relation relation = Relation::owner;
  bool may_submit = true;
  bool may(Right right) const;
};

// Whoever asks, with what they have: a private link's text, or a verified person and the application they name.
class Holder {
 public:
  // NOLINTBEGIN(google-explicit-constructor): the text of a private link is what its holder has
  Holder(std::string_view link) : link_(link) {}
  Holder(const std::string& link) : link_(link) {}
  Holder(const char* link) : link_(link) {}
  // NOLINTEND(google-explicit-constructor)
  Holder(web::PersonId person, std::vector<std::string> verified_emails, ApplicationId application)
      : person_(person), emails_(std::move(verified_emails)), application_(application) {}

  // Which application is meant; nothing is proved by that.
  std::optional<ApplicationId> application() const;
  const std::string& link() const { return link_; }  // empty: a person
  const std::optional<web::PersonId>& person() const { return person_; }
  const std::vector<std::string>& emails() const { return emails_; }

 private:
  std::string link_;
  std::optional<web::PersonId> person_;
  std::vector<std::string> emails_;
  ApplicationId application_;
};
// Of a route with {link}, or with {application} for who is logged in.
Holder holder_in(const web::Context& context);

}  // namespace bursary::applications
