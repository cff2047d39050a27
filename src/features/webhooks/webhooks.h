// Webhooks: other people's programs are told of events by HTTP, signed as the Standard Webhooks specification 1.0 says
// (docs/webhooks.md). Lists as public: features/webhooks/signature.h.
//
// Invariants
//   - Deliveries are made of sealed events, each once for each webhook, in one transaction with the mark how far that
//     has come: no act waits for it, and none is forgotten.
//   - Each is tried until it arrives, at least once: its id stays the same, so that a receiver can tell a repetition.
//   - A body names an application by its reference and its states, never a person; what is pending is not told.
//   - No row holds a secret: it is made of the installation's own key.
//   - A webhook that does not answer waits longer each time, as a whole: it keeps no other waiting for more than one
//     attempt. What waits is bounded by kMostWaiting for each.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "base/result.h"
#include "db/database.h"
#include "features/programs/programs.h"
#include "web/context.h"
#include "web/outside.h"
#include "web/router.h"

namespace bursary::api {
struct Parts;
}

namespace bursary::webhooks {

struct WebhookTag;
using WebhookId = Id<WebhookTag>;
struct DeliveryTag;
using DeliveryId = Id<DeliveryTag>;

inline constexpr std::size_t kMostWebhooks = 20;  // of a program
inline constexpr std::int64_t kMostWaiting = 10'000;
inline constexpr std::size_t kLongestUrl = 1000;
inline constexpr std::chrono::hours kGivenUpAfter{72};
inline constexpr std::chrono::hours kPausedAfter{5 * 24};     // without anything that arrived
inline constexpr std::chrono::hours kEarlierSecretSigns{24};  // after a new one was made
inline constexpr std::chrono::hours kKept{30 * 24};           // what is over

struct Parts {
  db::Database& database;
  const Clock& clock;
  IdSource& ids;
  programs::Programs& programs;
  web::Fetcher& fetcher;
  std::string_view key;  // of this installation, 32 bytes: secrets are made of it
  std::vector<std::string>
      private_hosts;  // "host" or "host:port" that may lie in a private network and speak plain HTTP
};

// The codes are stored: never renumber.
enum class Why : std::int16_t { staff = 0, gone = 1, silent = 2, behind = 3 };
enum class DeliveryState : std::int16_t { waiting = 0, arrived = 1, given_up = 2 };

struct Webhook {
  WebhookId id;
  std::string url;
  std::vector<std::string> kinds;
  Instant created_at;
  int generation = 1;
  std::optional<Instant> earlier_until;
  int failures = 0;
  Instant wait_until;
  std::optional<Instant> delivered_at, paused_at;
  std::optional<Why> paused_why;
};
struct Delivery {
  DeliveryId id;
  std::string kind;
  Instant created_at;
  std::optional<Instant> next_at, tried_at;
  int attempts = 0;
  DeliveryState state = DeliveryState::waiting;
  std::optional<int> status;
  std::string detail;
};

// What staff do; each is an event. Error{invalid} names what was typed wrong, {not_found}: no such webhook or delivery,
// {conflict}: it is like that already, or somebody was faster.
Result<WebhookId> add(const Parts& parts, web::PersonId by, std::string_view url,
                      const std::vector<std::string>& kinds);
Result<void> pause(const Parts& parts, web::PersonId by, WebhookId id);
// What waits is due now; of one that was too far behind it is given up.
Result<void> resume(const Parts& parts, web::PersonId by, WebhookId id);
Result<void> remove(const Parts& parts, web::PersonId by, WebhookId id);
Result<void> renew_secret(const Parts& parts, web::PersonId by, WebhookId id);
// A delivery of kTrial, due now.
Result<void> try_out(const Parts& parts, web::PersonId by, WebhookId id);
// Due now, as if it had never been tried.
Result<void> send_again(const Parts& parts, web::PersonId by, WebhookId id, DeliveryId delivery);

std::vector<Webhook> list(db::Tx& tx, std::string_view program);
std::optional<Webhook> find(db::Tx& tx, std::string_view program, WebhookId id);
// The newest first.
std::vector<Delivery> deliveries_of(db::Tx& tx, WebhookId id, std::size_t most);

// Makes deliveries of at most `limit` sealed events; how many events were looked at. 0: nothing to do, or another node
// was faster.
std::size_t fan_out(const Parts& parts, std::size_t limit);
// Tries at most `limit` deliveries of each webhook that is ready; how many were tried. Blocks while it does.
std::size_t deliver(const Parts& parts, std::size_t limit);
// Forgets what is over for longer than kKept, a bounded number; how many.
std::int64_t forget(const Parts& parts);

// /staff/webhooks and below. `parts` outlives the router.
void add_routes(web::Router& router, const Parts& parts);
void add_api_routes(web::Router& router, const Parts& parts, const api::Parts& api);

}  // namespace bursary::webhooks
