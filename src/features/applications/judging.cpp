#include "features/applications/judging.h"

#include "features/site/apply_page.h"

namespace bursary::applications {
namespace {

std::uint64_t bit(Flag flag, bool set) { return set ? std::uint64_t{1} << static_cast<unsigned>(flag) : 0; }

}  // namespace

std::function<Result<std::uint64_t>(std::string_view)> judge_for(const Visit& visit, const web::FormData& form,
                                                                 std::optional<Instant> began,
                                                                 std::chrono::seconds& retry_after) {
  return [&visit, &form, began, &retry_after](std::string_view key) -> Result<std::uint64_t> {
    const std::string_view proof = form.find(site::kProofField).value_or(std::string_view());
    const std::string_view trap = form.find(site::kHoneypotField).value_or(std::string_view());
    const defence::Verdict verdict = visit.pages.defence.judge({visit.request.peer, proof, trap, key, began});
    if (verdict.action == defence::Verdict::Action::hold) {
      retry_after = std::max(verdict.retry_after, std::chrono::seconds(1));
      return fail(ErrorKind::limit, verdict.message);
    }
    return bit(Flag::no_proof_of_work, verdict.without_proof) | bit(Flag::honeypot, verdict.trapped) |
           bit(Flag::bot_speed, verdict.too_fast);
  };
}

}  // namespace bursary::applications
