// A submission made ready outside the transaction, so that the writer does nothing but statements. Private.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "features/applications/applications.h"
#include "features/applications/columns.h"
#include "features/applications/given.h"
#include "features/messages/messages.h"

namespace bursary::applications {

struct PreparedSubmission {
  Application application;  // as it will be stored
  LinkSecret link;
  Sha256 link_hash{};
  Columns columns;
  std::string answers;     // canonical JSON
  std::string ineligible;  // which rules of the program do not hold, as the detail of their flag; empty: all do
  std::string salt;
  Sha256 digest{};
  std::vector<forms::Reading> readings;
  std::vector<NamedFile> files;
  std::set<std::string, std::less<>> files_named;  // every file that the answers name
  bool has_files = false;                          // the form has a question for files
  std::optional<messages::NewMessage> message;
  std::string mail_domain;
  std::optional<Sha256> key;  // of a submission without a draft
  Holder by = "";             // of a draft: who submits it
};

// `application.id`, `form_version`, `created_at` and, of a draft, `version` are taken from `base`.
PreparedSubmission prepare_submission(const Parts& parts, const programs::Program& program,
                                      const forms::Definition& definition, const SubmitRequest& request,
                                      const Given& given, const Application& base, LinkSecret link);
// Sets further bits of Flag.
void add_flags(PreparedSubmission& prepared, std::uint64_t flags);
// Another reference, for when the first one was taken.
void draw_reference(PreparedSubmission& prepared, const programs::Program& program, const Parts& parts);

// True. Breaks (ConstraintViolated) when key or reference are there already.
Result<bool> write_new(db::Tx& tx, const Parts& parts, const PreparedSubmission& prepared);
// False, and nothing written, when the draft was submitted before; Error{conflict} when it is not `base_version` any
// more.
Result<bool> write_from_draft(db::Tx& tx, const Parts& parts, const PreparedSubmission& prepared,
                              std::int64_t base_version);

}  // namespace bursary::applications
