#include "features/defence/defence.h"

#include <algorithm>
#include <bit>
#include <mutex>
#include <stdexcept>

#include "features/defence/challenge.h"
#include "features/defence/rates.h"
#include "features/defence/spent_proofs.h"

namespace bursary::defence {
namespace {

constexpr std::string_view kWholeProgram = "*";

Phrase in_minutes(const char* key, std::chrono::seconds wait) {
  const std::int64_t minutes = std::max<std::int64_t>(1, (wait.count() + 59) / 60);
  return {key, {{"n", std::to_string(minutes)}}};
}

}  // namespace

struct Defence::State {
  State(const Clock& c, Random& r, std::string s, Settings chosen)
      : clock(c),
        random(r),
        secret(std::move(s)),
        settings(chosen),
        proven(std::chrono::hours(1), chosen.remembered),
        unproven(std::chrono::hours(1), chosen.remembered),
        drafts(std::chrono::hours(1), chosen.remembered),
        draft_kilobytes(std::chrono::hours(1), chosen.remembered),
        load(std::chrono::minutes(1), 1),
        spent(chosen.life, chosen.remembered) {}

  int bits_now(Instant now) const;
  Verdict judge_proven(const std::string& address, Verdict verdict, Instant now);
  Verdict judge_unproven(const std::string& address, bool tried, Verdict verdict, Instant now);

  const Clock& clock;
  Random& random;
  const std::string secret;
  const Settings settings;
  mutable std::mutex mutex;  // guards what follows
  Rates proven, unproven, drafts, draft_kilobytes, load;
  SpentProofs spent;
  Figures figures;
};

Defence::Defence(const Clock& clock, Random& random, std::string secret, Settings settings) {
  if (secret.size() < 32) throw std::invalid_argument("the defence's secret has fewer than 32 bytes");
  state_ = std::make_unique<State>(clock, random, std::move(secret), settings);
}

Defence::~Defence() = default;

int Defence::State::bits_now(Instant now) const {
  const std::int64_t calm = std::max(1, settings.calm_per_minute);
  const auto doublings = std::bit_width(static_cast<std::uint64_t>(load.counted(kWholeProgram, now) / calm));
  return std::clamp(settings.bits + static_cast<int>(doublings), settings.bits,
                    std::max(settings.bits, settings.most_bits));
}

Challenge Defence::challenge() {
  const std::lock_guard lock(state_->mutex);
  ++state_->figures.challenges;
  const Instant now = state_->clock.now();
  return make_challenge(state_->secret, now, state_->bits_now(now), state_->random);
}

Verdict Defence::State::judge_proven(const std::string& address, Verdict verdict, Instant now) {
  if (proven.has_room(address, settings.proven_per_address, now)) {
    proven.count(address, now);
    ++figures.accepted;
    return verdict;
  }
  ++figures.held;
  verdict.action = Verdict::Action::hold;
  verdict.retry_after = proven.until_room(address, settings.proven_per_address, now);
  verdict.message = in_minutes("defence.hold.many", verdict.retry_after);
  return verdict;
}

Verdict Defence::State::judge_unproven(const std::string& address, bool tried, Verdict verdict, Instant now) {
  verdict.without_proof = true;
  if (unproven.has_room(address, settings.unproven_per_address, now) &&
      unproven.has_room(kWholeProgram, settings.unproven_per_program, now)) {
    unproven.count(address, now);
    unproven.count(kWholeProgram, now);
    ++figures.accepted;
    return verdict;
  }
  ++figures.held;
  verdict.action = Verdict::Action::hold;
  verdict.retry_after = std::max(unproven.until_room(address, settings.unproven_per_address, now),
                                 unproven.until_room(kWholeProgram, settings.unproven_per_program, now));
  verdict.message =
      tried ? Phrase("defence.hold.stale_proof") : in_minutes("defence.hold.without_proof", verdict.retry_after);
  return verdict;
}

Verdict Defence::judge(const Inspection& inspection) {
  State& state = *state_;
  if (!state.settings.enabled) return {};
  const Instant now = state.clock.now();
  const std::optional<Proof> proof = check_proof(state.secret, inspection.proof, now, state.settings.life);
  const std::string address = address_group(inspection.peer);

  const std::lock_guard lock(state.mutex);
  Verdict verdict;
  verdict.trapped = !inspection.trap.empty();
  std::optional<Instant> began = inspection.began;
  if (proof) began = began ? std::min(*began, proof->issued) : proof->issued;
  verdict.too_fast = began && now - *began < state.settings.fastest;

  const auto use = proof ? state.spent.find(proof->id, inspection.key) : SpentProofs::Use::by_other;
  if (use == SpentProofs::Use::by_same) {
    verdict.repeated = true;
    return verdict;
  }
  state.load.count(kWholeProgram, now);
  if (verdict.trapped) ++state.figures.trapped;
  if (proof && use == SpentProofs::Use::unused) {
    verdict = state.judge_proven(address, std::move(verdict), now);
    if (verdict.action == Verdict::Action::accept) state.spent.spend(proof->id, inspection.key, now);
    return verdict;
  }
  const bool tried = !inspection.proof.empty();
  if (tried) ++state.figures.bad_proofs;
  return state.judge_unproven(address, tried, std::move(verdict), now);
}

Verdict Defence::admit_draft(const DraftGrowth& growth) {
  State& state = *state_;
  const Settings& limits = state.settings;
  if (!limits.enabled) return {};
  const Instant now = state.clock.now();
  const std::string address = address_group(growth.peer);
  const auto kilobytes = [](std::size_t bytes) { return static_cast<std::int64_t>((bytes + 1023) / 1024); };
  struct Limit {
    Rates& rates;
    std::string_view name;
    std::int64_t limit, amount;
  };
  const std::int64_t words = kilobytes(growth.words);

  const std::lock_guard lock(state.mutex);
  const Limit all[] = {
      {state.drafts, address, limits.drafts_per_address, growth.is_new ? 1 : 0},
      {state.draft_kilobytes, address, limits.draft_kilobytes_per_address, words + kilobytes(growth.files)},
      {state.draft_kilobytes, kWholeProgram, limits.draft_kilobytes_in_all, words}};
  Verdict verdict;
  for (const auto& [rates, name, limit, amount] : all) {
    if (amount == 0 || rates.has_room(name, limit, now, amount)) continue;
    verdict.action = Verdict::Action::hold;
    verdict.retry_after = std::max(verdict.retry_after, rates.until_room(name, limit, now, amount));
  }
  if (verdict.action == Verdict::Action::hold) {
    ++state.figures.drafts_held;
    verdict.message = in_minutes(growth.copied ? "defence.hold.copies" : "defence.hold.drafts", verdict.retry_after);
    return verdict;
  }
  for (const auto& [rates, name, limit, amount] : all) {
    if (amount > 0) rates.count(name, now, amount);
  }
  return verdict;
}

Defence::Figures Defence::figures() const {
  const std::lock_guard lock(state_->mutex);
  Figures figures = state_->figures;
  figures.bits = state_->bits_now(state_->clock.now());
  return figures;
}

}  // namespace bursary::defence
