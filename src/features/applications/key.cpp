#include "features/applications/key.h"

#include "features/applications/key.sql.h"

namespace bursary::applications {

namespace key_sql = sql::applications::key;

namespace {
constexpr std::int64_t kMicrosADay = 86'400'000'000;
// Forgotten in one write, so that no submission waits long behind it; and writes in one run.
constexpr std::int64_t kAtOnce = 1000;
constexpr int kRounds = 200;
}  // namespace

bool is_page_key(std::string_view key) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return key.size() >= 16 && key.size() <= 100 && std::all_of(key.begin(), key.end(), allowed);
}

std::optional<Sha256> submission_key(std::string_view program, std::string_view page_key, std::string_view email,
                                     std::string_view canonical_answers) {
  std::string text;
  text.reserve(program.size() + canonical_answers.size() + 64);
  if (is_page_key(page_key)) {
    text.append("page\n").append(program).append("\n").append(page_key);
  } else if (!email.empty()) {
    text.append("answers\n").append(program).append("\n").append(email).append("\n").append(canonical_answers);
  } else {
    return std::nullopt;
  }
  return sha256(text);
}

std::int64_t day_of(Instant at) { return at.micros / kMicrosADay; }

void take_key(db::Tx& tx, const Sha256& key, Instant now, ApplicationId application) {
  tx.post(key_sql::take, db::BytesView{bytes_of(key)}, day_of(now), application);
}

std::optional<ApplicationId> find_key(db::Tx& tx, const Sha256& key) {
  const auto row = tx.find(key_sql::find, db::BytesView{bytes_of(key)});
  return row ? std::optional(row->id<ApplicationId>(0)) : std::nullopt;
}

std::int64_t forget_keys(db::Database& database, Instant now) {
  std::int64_t forgotten = 0;
  for (int round = 0; round < kRounds; ++round) {
    const Result<std::int64_t> gone = database.write(
        [&](db::Tx& tx) -> Result<std::int64_t> { return tx.execute(key_sql::forget, day_of(now) - 1, kAtOnce); });
    if (!gone) break;  // overloaded: the next run goes on
    forgotten += *gone;
    if (*gone < kAtOnce) break;
  }
  return forgotten;
}

}  // namespace bursary::applications
