// Applications made up by the program, to practise and to measure with: people of many countries, projects in each
// area, states spread as after a year of work. Nobody real: names are drawn from lists, institutions are generic, every
// address is under example.org or example.edu.
//
// The same seed, count and moment make the same applications; each depends on its number alone, not on those before it.
// What must be one of a kind is drawn anew each time (ids, references, links, salts), so that a set stands beside
// others and beside real applications; seed_beside makes it one of other people.
//
// Marker words, for benches of search. They stand nowhere else in what is made. Of a million applications about
//   100 have each of     kRareMarkers
//   5,000 have each of   kMiddleMarkers
//   90,000 have each of  kCommonMarkers
// each drawn independently, so of two words a share of the other's share.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "features/applications/applications.h"
#include "features/forms/answers.h"
#include "features/programs/programs.h"

namespace bursary::rehearsal {

inline constexpr std::array<std::string_view, 3> kRareMarkers = {"sastrugi", "quincunx", "zeugma"};
inline constexpr std::array<std::string_view, 3> kMiddleMarkers = {"hysteresis", "palimpsest", "isogloss"};
inline constexpr std::array<std::string_view, 3> kCommonMarkers = {"longitudinal", "ablation", "annotator"};
inline constexpr double kRareShare = 0.0001, kMiddleShare = 0.005, kCommonShare = 0.09;

struct Rehearsal {
  std::uint64_t seed = 1;
  std::int64_t count = 0;  // 1 … 1,000,000
};

struct MadeApplication {
  forms::Answers answers;  // pass forms::check_answers
  std::string locale;      // "en", or "es" for some
  Instant submitted_at;
  applications::State state = applications::State::submitted;
  std::uint64_t flags = 0;  // bits of applications::Flag, without what is found in the answers
  // Most began as a draft, for the page saves while somebody types; the others came in one post.
  struct Draft {
    Instant started_at;
    std::optional<Instant> link_mailed_at;
  };
  std::optional<Draft> draft = {};
  // How it came from `submitted` to `state`, in order, all of it before `now`.
  struct Move {
    applications::State from, to;
    Instant at;
  };
  std::vector<Move> moves = {};
};

// Application `number` (0 … count − 1; in order of submission, the last one shortly before `now`, the first one a year
// earlier, or as early as ids go back). Any form will do: questions are answered by what they mean and, failing that,
// by their type.
MadeApplication make_application(const Rehearsal& rehearsal, std::int64_t number, const programs::Program& program,
                                 Instant now);

// The seed for a set that is added to what is there: `seed` itself when there is nothing, so that an empty database is
// filled alike each time; after that one that depends on how many there are. With the same seed again everybody would
// apply twice, and be flagged as a near duplicate.
std::uint64_t seed_beside(db::Tx& tx, std::uint64_t seed);

// Writes them as applications::submit and ::move would have, in large transactions: application, submission, areas,
// readings, flags, events, mails (as sent: no mail leaves) and the search backlog, which the index job then empties. A
// queue id holds the moment of submitted_at, as a real one does: the queue's order is the order of submission, among
// others too. About 10,000 a second. `progress` is told how many are on disk. Throws db::DatabaseBroken, or
// std::runtime_error when the database takes no writes; what was told to `progress` stays. `parts.random` must suit any
// thread.
void insert_applications(const applications::Parts& parts, const Rehearsal& rehearsal,
                         const std::function<void(std::int64_t)>& progress);

}  // namespace bursary::rehearsal
