// What staff do with webhooks.
#include "features/audit/audit.h"
#include "features/webhooks/address.h"
#include "features/webhooks/pages.h"
#include "features/webhooks/webhook_kind.h"
#include "features/webhooks/webhooks.h"
#include "features/webhooks/webhooks.sql.h"

namespace bursary::webhooks {
namespace {

namespace webhooks_sql = sql::webhooks::webhooks;

constexpr std::int64_t kTurn = 0x776562686F6F6B;  // "webhook": how many there are, one at a time

template <class Number>
std::optional<Number> maybe(const db::Row& row, std::size_t column) {
  if (row.is_null(column)) return std::nullopt;
  return static_cast<Number>(row.integer(column));
}
std::optional<Instant> maybe_instant(const db::Row& row, std::size_t column) {
  if (row.is_null(column)) return std::nullopt;
  return row.instant(column);
}

Webhook webhook_in(const db::Row& row) {
  Webhook one;
  one.id = row.id<WebhookId>(0);
  one.url = row.text(1);
  one.kinds = words_in(row.text(2));
  one.created_at = row.instant(3);
  one.generation = static_cast<int>(row.integer(4));
  one.earlier_until = maybe_instant(row, 5);
  one.failures = static_cast<int>(row.integer(6));
  one.wait_until = row.instant(7);
  one.delivered_at = maybe_instant(row, 8);
  one.paused_at = maybe_instant(row, 9);
  one.paused_why = maybe<Why>(row, 10);
  return one;
}

void write_event(db::Tx& tx, const Parts& parts, web::PersonId by, const char* kind, WebhookId id) {
  audit::write_event(tx, {parts.ids.next<audit::EventTag>(), std::nullopt, kind, audit::By::staff(by),
                          parts.clock.now(), fmt::format(R"({{"webhook":{}}})", id.value)});
}

// `change` says how many rows it touched; none: somebody was faster.
template <class Change>
Result<void> change(const Parts& parts, web::PersonId by, WebhookId id, const char* kind, const Change& change) {
  const auto program = parts.programs.current();
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    const auto webhook = find(tx, program->slug, id);
    if (!webhook) return fail(ErrorKind::not_found, "problem.not_found");
    if (change(tx, *webhook) == 0) return fail(ErrorKind::conflict, "webhooks.problem.changed");
    write_event(tx, parts, by, kind, id);
    return {};
  });
}

}  // namespace

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    if (end != 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return words;
}

Result<WebhookId> add(const Parts& parts, web::PersonId by, std::string_view url,
                      const std::vector<std::string>& kinds) {
  std::vector<FieldError> wrong;
  const auto place = place_in(url);
  if (!place || url.size() > kLongestUrl) {
    wrong.push_back({"url", "webhooks.problem.address"});
  } else if (!url.starts_with("https://") && !is_named(*place, parts.private_hosts)) {
    wrong.push_back({"url", "webhooks.problem.plain"});
  }
  if (kinds.empty() || !std::ranges::all_of(kinds, [](const std::string& one) { return is_webhook_kind(one); }))
    wrong.push_back({"kinds", "webhooks.problem.kinds"});
  if (!wrong.empty()) return fail(std::move(wrong));
  const std::string program = parts.programs.current()->slug;
  const auto id = parts.ids.next<WebhookTag>();
  return parts.database.write([&](db::Tx& tx) -> Result<WebhookId> {
    tx.hold(kTurn);
    if (list(tx, program).size() >= kMostWebhooks)
      return fail(std::vector<FieldError>{{"url", Phrase("webhooks.problem.too_many")}});
    tx.post(webhooks_sql::add, id, program, url, fmt::format("{}", fmt::join(kinds, " ")), by, parts.clock.now());
    write_event(tx, parts, by, "webhook_added", id);
    return id;
  });
}

Result<void> pause(const Parts& parts, web::PersonId by, WebhookId id) {
  return change(parts, by, id, "webhook_paused", [&](db::Tx& tx, const Webhook&) {
    return tx.execute(webhooks_sql::pause, parts.clock.now(), Why::staff, id);
  });
}

Result<void> resume(const Parts& parts, web::PersonId by, WebhookId id) {
  return change(parts, by, id, "webhook_resumed", [&](db::Tx& tx, const Webhook& webhook) {
    if (tx.execute(webhooks_sql::resume, parts.clock.now(), id) == 0) return 0;
    // Else it would be too far behind at once.
    if (webhook.paused_why == Why::behind) {
      tx.post(webhooks_sql::give_up_waiting, id);
    } else {
      tx.post(webhooks_sql::due_at_once, parts.clock.now(), id);
    }
    return 1;
  });
}

Result<void> remove(const Parts& parts, web::PersonId by, WebhookId id) {
  return change(parts, by, id, "webhook_removed", [&](db::Tx& tx, const Webhook&) {
    tx.post(webhooks_sql::drop_deliveries, id);
    return tx.execute(webhooks_sql::drop, id);
  });
}

Result<void> renew_secret(const Parts& parts, web::PersonId by, WebhookId id) {
  return change(parts, by, id, "webhook_secret_renewed", [&](db::Tx& tx, const Webhook&) {
    return tx.execute(webhooks_sql::renew, parts.clock.now() + kEarlierSecretSigns, id);
  });
}

Result<void> try_out(const Parts& parts, web::PersonId by, WebhookId id) {
  const auto program = parts.programs.current();
  const Instant now = parts.clock.now();
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    const auto webhook = find(tx, program->slug, id);
    if (!webhook) return fail(ErrorKind::not_found, "problem.not_found");
    if (webhook->paused_at) return fail(ErrorKind::conflict, "webhooks.problem.paused");
    if (tx.query(webhooks_sql::count_waiting, id, kMostWaiting).at(0).integer(0) >= kMostWaiting)
      return fail(ErrorKind::limit, "webhooks.problem.behind");
    const auto delivery = parts.ids.next<DeliveryTag>();
    tx.post(webhooks_sql::put, delivery, id, delivery, kTrial, body_of(kTrial, now, program->slug, {}, "{}"), now);
    tx.post(webhooks_sql::hurry, id);
    write_event(tx, parts, by, "webhook_tried", id);
    return {};
  });
}

Result<void> send_again(const Parts& parts, web::PersonId by, WebhookId id, DeliveryId delivery) {
  const auto program = parts.programs.current();
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    if (!find(tx, program->slug, id) || !tx.find(webhooks_sql::delivery, delivery, id))
      return fail(ErrorKind::not_found, "problem.not_found");
    if (tx.execute(webhooks_sql::again, parts.clock.now(), delivery, id) == 0)
      return fail(ErrorKind::conflict, "webhooks.problem.waiting");
    tx.post(webhooks_sql::hurry, id);
    write_event(tx, parts, by, "webhook_sent_again", id);
    return {};
  });
}

std::vector<Webhook> list(db::Tx& tx, std::string_view program) {
  std::vector<Webhook> all;
  for (const db::Row row : tx.query(webhooks_sql::list, program)) all.push_back(webhook_in(row));
  return all;
}

std::optional<Webhook> find(db::Tx& tx, std::string_view program, WebhookId id) {
  const auto row = tx.find(webhooks_sql::find, program, id);
  if (!row) return std::nullopt;
  return webhook_in(*row);
}

std::vector<Delivery> deliveries_of(db::Tx& tx, WebhookId id, std::size_t most) {
  std::vector<Delivery> all;
  for (const db::Row row : tx.query(webhooks_sql::deliveries, id, static_cast<std::int64_t>(most))) {
    all.push_back({row.id<DeliveryId>(0), row.text(1), row.instant(2), maybe_instant(row, 3), maybe_instant(row, 4),
                   static_cast<int>(row.integer(5)), static_cast<DeliveryState>(row.integer(6)), maybe<int>(row, 7),
                   row.text(8)});
  }
  return all;
}

std::int64_t forget(const Parts& parts) {
  constexpr std::int64_t kAtOnce = 1000;
  const auto gone = parts.database.write([&](db::Tx& tx) -> Result<std::int64_t> {
    return tx.execute(webhooks_sql::forget, parts.clock.now() - kKept, kAtOnce);
  });
  return gone ? *gone : 0;
}

}  // namespace bursary::webhooks
