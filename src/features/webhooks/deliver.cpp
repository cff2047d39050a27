// One attempt after another.
#include "base/crypto.h"
#include "features/webhooks/address.h"
#include "features/webhooks/signature.h"
#include "features/webhooks/webhooks.h"
#include "features/webhooks/webhooks.sql.h"

namespace bursary::webhooks {
namespace {

namespace webhooks_sql = sql::webhooks::webhooks;
using namespace std::chrono_literals;

constexpr std::chrono::seconds kPatience{10};  // for an answer
constexpr std::chrono::seconds kClaim{60};     // longer than one attempt can take
constexpr std::size_t kLargestAnswer = 65'536;
constexpr std::size_t kLongestDetail = 200;

// After the first failure in a row, the second …
constexpr std::chrono::seconds kWaits[] = {5s, 30s, 2min, 5min, 15min, 1h};

struct Ready {
  WebhookId id;
  std::string url;
  Instant created_at;
  int generation = 1, failures = 0;
  std::optional<Instant> earlier_until, delivered_at;
};
struct DueDelivery {
  DeliveryId id;
  std::string body;
  Instant created_at, next_at;
};

std::vector<Ready> read_ready(db::Tx& tx, Instant now) {
  std::vector<Ready> all;
  for (const db::Row row : tx.query(webhooks_sql::ready, now)) {
    Ready one;
    one.id = row.id<WebhookId>(0);
    one.url = row.text(1);
    one.generation = static_cast<int>(row.integer(2));
    if (!row.is_null(3)) one.earlier_until = row.instant(3);
    one.failures = static_cast<int>(row.integer(4));
    one.created_at = row.instant(5);
    if (!row.is_null(6)) one.delivered_at = row.instant(6);
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<DueDelivery> read_due(db::Tx& tx, WebhookId webhook, Instant now, std::size_t limit) {
  std::vector<DueDelivery> all;
  for (const db::Row row : tx.query(webhooks_sql::due, webhook, now, static_cast<std::int64_t>(limit)))
    all.push_back({row.id<DeliveryId>(0), row.text(1), row.instant(2), row.instant(3)});
  return all;
}

std::string signatures(const Parts& parts, const Ready& to, std::string_view body, std::string_view id,
                       std::int64_t seconds, Instant now) {
  const auto by = [&](int generation) {
    return signature(secret_bytes(parts.key, to.id.value, generation), id, seconds, body);
  };
  std::string all = by(to.generation);
  if (to.earlier_until && now < *to.earlier_until) all += " " + by(to.generation - 1);
  return all;
}

web::OutgoingRequest request_of(const Parts& parts, const Ready& to, const DueDelivery& one) {
  const Instant now = parts.clock.now();
  const std::string id = fmt::format("msg_{}", one.id.value);
  const std::int64_t seconds = now.micros / 1'000'000;
  web::OutgoingRequest request;
  request.url = to.url;
  request.method = "POST";
  request.headers = {{"Content-Type", "application/json"},
                     {"webhook-id", id},
                     {"webhook-timestamp", std::to_string(seconds)},
                     {"webhook-signature", signatures(parts, to, one.body, id, seconds, now)}};
  request.body = one.body;
  request.timeout = kPatience;
  request.largest = kLargestAnswer;
  const auto place = place_in(to.url);
  request.private_network = place && is_named(*place, parts.private_hosts);
  return request;
}

struct Outcome {
  std::optional<int> status;
  std::string detail;
  bool arrived() const { return status && *status >= 200 && *status < 300; }
  bool gone() const { return status && *status == 410; }
};

Outcome attempt(const Parts& parts, const Ready& to, const DueDelivery& one) {
  const auto answer = parts.fetcher.fetch(request_of(parts, to, one));
  if (!answer) return {std::nullopt, answer.error().detail.substr(0, kLongestDetail)};
  return {answer->status, {}};
}

void write_failure(db::Tx& tx, const Parts& parts, const Ready& to, const DueDelivery& one, const Outcome& outcome) {
  const Instant now = parts.clock.now();
  const auto step = std::min<std::size_t>(static_cast<std::size_t>(to.failures), std::size(kWaits) - 1);
  const Instant next = now + kWaits[step];
  const bool over = next > one.created_at + kGivenUpAfter;
  tx.post(webhooks_sql::failed, over ? std::nullopt : std::optional(next),
          over ? DeliveryState::given_up : DeliveryState::waiting, outcome.status, outcome.detail, one.id);
  tx.post(webhooks_sql::silent, next, to.id);
  if (outcome.gone()) {
    tx.post(webhooks_sql::pause_by_itself, now, Why::gone, to.id);
  } else if (now - to.delivered_at.value_or(to.created_at) > kPausedAfter) {
    tx.post(webhooks_sql::pause_by_itself, now, Why::silent, to.id);
  }
}

// Whoever claims it first tries it; should that node die, it is due again when the claim ends.
bool claim(const Parts& parts, const DueDelivery& one) {
  const Instant now = parts.clock.now();
  const auto claimed = parts.database.write([&](db::Tx& tx) -> Result<std::int64_t> {
    return tx.execute(webhooks_sql::claim, now + kClaim, now, one.id, one.next_at);
  });
  return claimed && *claimed == 1;
}

// Where this cannot be written, it is due again when the claim ends: a repetition, which receivers must bear.
void write_outcome(const Parts& parts, const Ready& to, const DueDelivery& one, const Outcome& outcome) {
  (void)parts.database.write([&](db::Tx& tx) -> Result<bool> {
    if (outcome.arrived()) {
      tx.post(webhooks_sql::arrived, outcome.status, one.id);
      tx.post(webhooks_sql::answered, parts.clock.now(), to.id);
    } else {
      write_failure(tx, parts, to, one, outcome);
    }
    return true;
  });
}

}  // namespace

std::size_t deliver(const Parts& parts, std::size_t limit) {
  const auto ready = parts.database.read([&](db::Tx& tx) { return read_ready(tx, parts.clock.now()); });
  std::size_t tried = 0;
  for (const Ready& to : ready) {
    const auto due = parts.database.read([&](db::Tx& tx) { return read_due(tx, to.id, parts.clock.now(), limit); });
    for (const DueDelivery& one : due) {
      if (!claim(parts, one)) continue;
      ++tried;
      const Outcome outcome = attempt(parts, to, one);
      write_outcome(parts, to, one, outcome);
      if (!outcome.arrived()) break;  // the others of it wait
    }
  }
  return tried;
}

}  // namespace bursary::webhooks
