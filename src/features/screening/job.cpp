// What screening does by itself: it ends holds, and holds every name once against the operator's list.

#include "base/number.h"
#include "features/screening/job.sql.h"
#include "features/screening/sanctions.h"
#include "features/screening/screening.h"

namespace bursary::screening {

namespace job_sql = sql::screening::job;

namespace {

constexpr std::string_view kCompared = "screening_compared";
// Nodes' clocks differ, and a commit takes its time: what is younger may still have an older neighbour to come.
constexpr std::chrono::seconds kSettled{60};

struct Candidate {
  ApplicationId id;
  std::int64_t queue_id = 0;
  std::string program, locale;
  State state{};
  SanctionsList::Person person;
};

bool is_over(State state) {
  return state == State::withdrawn || state == State::closed || state == State::declined || state == State::expired;
}

// "<version of the list> <last queue id>"; another list begins from the start.
std::int64_t last_of(const std::string& kept, const std::string& version) {
  if (!kept.starts_with(version + " ")) return 0;
  return read_row_number(std::string_view(kept).substr(version.size() + 1));
}

std::vector<Candidate> read_batch(db::Tx& tx, const std::string& version, Instant now, int limit) {
  const auto kept = tx.find(job_sql::read_setting, kCompared);
  const std::int64_t after = kept ? last_of(kept->text(0), version) : 0;
  std::vector<Candidate> batch;
  for (const db::Row row : tx.query(job_sql::next_to_compare, after, first_id_at(now - kSettled), limit)) {
    batch.push_back({row.id<ApplicationId>(0),
                     row.integer(1),
                     row.text(2),
                     row.text(6),
                     static_cast<State>(row.integer(3)),
                     {row.text(4), row.text(5)}});
  }
  return batch;
}

}  // namespace

int compare_names(const Parts& parts, int limit) {
  const std::string version = parts.sanctions.version();
  if (version.empty()) return 0;
  const applications::Parts& house = parts.applications;
  const Instant now = house.clock.now();
  const auto batch = house.database.read([&](db::Tx& tx) { return read_batch(tx, version, now, limit); });
  if (batch.empty()) return 0;
  const auto program = house.programs.current();
  // Staff read the reason in the program's first language: a flag's detail is one text.
  const html::Phrasebook& phrases = program->phrasebooks->get(program->locales.front());
  std::vector<std::pair<ApplicationId, std::string>> alike;
  for (const Candidate& one : batch) {
    if (is_over(one.state)) continue;
    const auto matches = parts.sanctions.find(one.person);
    if (matches.empty()) continue;
    alike.emplace_back(one.id,
                       phrases.text("screening.sanctions.flag", {{"score", std::to_string(matches.front().score)},
                                                                 {"why", phrases.text(matches.front().why)}}));
  }
  const auto written = house.database.write([&](db::Tx& tx) -> Result<bool> {
    for (const auto& [id, reason] : alike) {
      applications::add_flag(tx, house.ids, now, id, applications::Flag::sanctions_list, reason, audit::By::program());
    }
    tx.post(job_sql::keep_setting, kCompared, fmt::format("{} {}", version, batch.back().queue_id));
    return true;
  });
  return written ? static_cast<int>(batch.size()) : 0;
}

}  // namespace bursary::screening
