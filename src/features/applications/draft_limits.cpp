#include "features/applications/draft_limits.h"

namespace bursary::applications {

Result<void> within_draft_limits(const Visit& visit, const Posted& posted, const forms::Answers* stored,
                                 std::chrono::seconds& retry_after) {
  defence::DraftGrowth growth;
  growth.peer = visit.request.peer;
  growth.is_new = stored == nullptr;
  const std::size_t before = stored == nullptr ? 0 : forms::to_json(*stored).size();
  const std::size_t after = forms::to_json(posted.answers).size();
  growth.words = after - std::min(after, before);
  for (const NewFile& file : posted.files) growth.files += file.bytes.size();
  const defence::Verdict verdict = visit.pages.defence.admit_draft(growth);
  if (verdict.action == defence::Verdict::Action::accept) return {};
  retry_after = std::max(verdict.retry_after, std::chrono::seconds(1));
  return fail(ErrorKind::limit, verdict.message);
}

}  // namespace bursary::applications
