#include "features/applications/judging.h"

#include "features/site/apply_page.h"

namespace bursary::applications {
namespace {

std::uint64_t bit_if(bool set, Flag flag) { return set ? static_cast<std::uint64_t>(bit_of(flag)) : 0; }

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
    return bit_if(verdict.without_proof, Flag::no_proof_of_work) | bit_if(verdict.trapped, Flag::honeypot) |
           bit_if(verdict.too_fast, Flag::bot_speed);
  };
}

}  // namespace bursary::applications
