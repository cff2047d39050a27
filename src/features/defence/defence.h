// Flood defence of the public form, without outsourcing and without turning a person away for good: proof of work done
// by the page, a honeypot, the time it took, and rates. It never judges content.
//
// How a challenge works
//   GET /apply/challenge gives {"challenge": c, "bits": n}. The page finds a nonce (decimal digits) such that SHA-256
//   of c + ":" + nonce begins with n zero bits, and posts `c:nonce` as `_proof`. c carries its time, n and 96 random
//   bits under an HMAC: nothing is stored until it is used. It is good for two hours and for one submission. Uses are
//   remembered in memory, per node and bounded: on several nodes one proof could serve once on each, and past the bound
//   the oldest is forgotten. Neither makes a second application out of the same post (applications::submit is
//   idempotent by its key).
//
// Without JavaScript
//   No proof is needed while few come: `unproven_per_address` an hour from one address and `unproven_per_program` an
//   hour in all. Beyond that the verdict is `hold`: the caller keeps the answers as a draft and says to come back later
//   by its link, or to use a browser with JavaScript. Nothing typed is lost.
//
// Drafts
//   Anybody may save one, again and again, so what they take up has its own limits: new drafts of one address,
//   kilobytes that one address adds (words and files), and kilobytes of words that all add together. How large one
//   draft may become is a rule of applications. Beyond a limit nothing is stored and the page keeps what was typed;
//   submitting is not limited by any of them.
//
// Rates are of this node alone; N nodes allow up to N times as much. An address is an IPv4 address or an IPv6 /64.
// Threads: all members of Defence may be called from any thread.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/phrase.h"
#include "base/random.h"
#include "web/router.h"

namespace bursary::defence {

struct Settings {
  bool enabled = true;             // false: every verdict is `accept`, without flags (benches, load tests)
  int bits = 16;                   // about 0.3 s of a slow phone
  int most_bits = 20;              // reached by adaptation: one more bit at each doubling past `calm_per_minute`
  int calm_per_minute = 60;        // accepted submissions a minute that cost no more than `bits`
  int proven_per_address = 60;     // an hour, with proof: a classroom behind one address
  int unproven_per_address = 5;    // an hour
  int unproven_per_program = 300;  // an hour
  int drafts_per_address = 120;    // new ones an hour: a classroom, each page anew
  int draft_kilobytes_per_address = 256 << 10;  // an hour
  int draft_kilobytes_in_all = 512 << 10;       // of words, an hour: some 50,000 long drafts
  std::chrono::seconds fastest{4};              // a form filled in less is flagged
  std::chrono::seconds life{2 * 3600};          // of a challenge
  std::size_t remembered = 200'000;             // uses and addresses kept, each
};

struct Challenge {
  std::string text;
  int bits = 0;
};

// What is known about one submission.
struct Inspection {
  std::string_view peer;         // client address as text (web::Request::peer)
  std::string_view proof;        // field `_proof`; empty: none
  std::string_view trap;         // field `_website`: hidden from people, so filled by programs (and some autofills)
  std::string_view key;          // names this submission: the same proof with the same key is the same post again
  std::optional<Instant> began;  // when the draft was made, if there is one
};

// What one save would add to what drafts take up.
struct DraftGrowth {
  std::string_view peer;
  bool is_new = false;
  std::size_t words = 0, files = 0;  // bytes
  bool copied = false;               // made of an application at the press of a button: nothing was typed for it
};

struct Verdict {
  enum class Action { accept, hold };
  Action action = Action::accept;
  bool repeated = false;  // this proof came before with the same key; not counted again
  // To be kept as flags with the application, for staff; none of them refuses by itself.
  bool without_proof = false, trapped = false, too_fast = false;
  // For `hold`: what to tell the person, and when the way without proof opens again.
  Phrase message;
  std::chrono::seconds retry_after{0};
};

class Defence {
 public:
  // secret: at least 32 bytes, the same on every node. Throws std::invalid_argument when shorter.
  Defence(const Clock& clock, Random& random, std::string secret, Settings settings = {});
  ~Defence();

  Challenge challenge();
  // Counts, and spends the proof: call it once, last, when the answers are fit to be submitted.
  Verdict judge(const Inspection& inspection);

  // Counts what it accepts. No flags.
  Verdict admit_draft(const DraftGrowth& growth);

  // For /metrics.
  struct Figures {
    std::uint64_t challenges = 0, accepted = 0, held = 0, bad_proofs = 0, trapped = 0, drafts_held = 0;
    int bits = 0;
  };
  Figures figures() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// GET /apply/challenge
void add_routes(web::Router& router, Defence& defence);

// The first nonce that solves a challenge: tests, benches and the load generator.
std::string solve(const Challenge& challenge);
// "203.0.113.9" → itself; "2001:db8:1:2:3::4" → "2001:db8:1:2::/64"; IPv4 within IPv6 → the IPv4; anything else →
// itself.
std::string address_group(std::string_view peer);

}  // namespace bursary::defence
