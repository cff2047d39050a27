// What an applicant does to an application that came in: change it, withdraw it, begin another from it. Public:
// applications.h lists it.
//
// Invariants
//   - Changes are made on a working copy. What was submitted stays, with its receipt; the changed answers become the
//     next submission of the same application, under the same reference and in its place in the queue.
//   - Only while nobody has begun to look at it, or when its applicant was asked for changes. Once that is over, a
//     working copy can no longer be sent; its text can still be read.
#pragma once
#include <string>
#include <string_view>

#include "features/applications/applications.h"
#include "features/defence/defence.h"

namespace bursary::applications {

// Whether an applicant may change an application in this state.
bool may_be_changed(State state);
// Opens the working copy; the same when it is open already. Error{conflict} when it may not be changed (any more).
Result<void> begin_changes(const Parts& parts, const Holder& holder);
// Gives the working copy up.
Result<void> drop_changes(const Parts& parts, const Holder& holder);

// From any open state; the working copy goes. Error{conflict} when it has been decided or has ended.
Result<void> withdraw(const Parts& parts, const Holder& holder);
bool may_be_withdrawn(State state);

// What counts a new draft that nobody typed, and the address that asked for it.
struct DraftGate {
  defence::Defence& defence;
  std::string_view peer;
};
// A new draft with the answers that fit the present form, but for consents and files: its link. Error{limit} when
// too many were begun.
Result<LinkSecret> copy_application(const Parts& parts, const programs::Program& program, const Holder& holder,
                                    std::string_view locale, const DraftGate& gate);

struct WorkingCopy {
  std::string answers;  // JSON
  std::int64_t version = 0;
};
std::optional<WorkingCopy> find_working_copy(db::Tx& tx, const Application& application);

// As save_draft and submit, of a working copy.
struct PreparedSubmission;
Result<std::int64_t> save_working_copy(db::Tx& tx, ApplicationId id, std::int64_t base_version,
                                       const std::string& answers);
// False when its working copy is no more, or not of `base_version`: nothing was written.
Result<bool> write_resubmission(db::Tx& tx, const Parts& parts, const PreparedSubmission& prepared, State seen,
                                std::int64_t base_version);

}  // namespace bursary::applications
