// Why a draft could not be written. Private.
#pragma once
#include <string_view>

#include "features/applications/rows.h"

namespace bursary::applications {

// The draft that `holder` opens, as it is stored now; or why it is none any more: Error{not_found} for a wrong link,
// Error{conflict} when it was submitted or ended.
struct DraftNow {
  std::int64_t version = 0;
  std::string answers;  // canonical JSON
};
Result<DraftNow> draft_now(db::Tx& tx, const Holder& holder);
[[nodiscard]] tl::unexpected<Error> changed_elsewhere();
[[nodiscard]] tl::unexpected<Error> already_submitted(const Application& application);

// Error{invalid} for answers beyond kLargestDraft.
Result<void> fits_a_draft(std::string_view answers_json);

Instant draft_end(const programs::Program& program, Instant now);

}  // namespace bursary::applications
