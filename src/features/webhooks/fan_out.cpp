// From sealed events to deliveries.
#include <boost/json.hpp>

#include "base/number.h"
#include "features/webhooks/pages.h"
#include "features/webhooks/webhook_kind.h"
#include "features/webhooks/webhooks.h"
#include "features/webhooks/webhooks.sql.h"

namespace bursary::webhooks {
namespace {

namespace webhooks_sql = sql::webhooks::webhooks;

struct Told {
  WebhookId id;
  std::string program;
  std::vector<std::string> kinds;
  Instant since;
};
struct DueEvent {
  WebhookId webhook;
  std::int64_t event = 0;
  std::string_view kind;
  std::string body;
};
struct Batch {
  std::int64_t before = 0, seal = 0;
  std::size_t events = 0;
  std::vector<DueEvent> due;
  std::vector<WebhookId> behind;
};

std::string_view name_of(std::string_view event) {
  for (const WebhookKind& one : kWebhookKinds) {
    if (one.event == event) return one.name;
  }
  return {};
}

std::vector<Told> read_active(db::Tx& tx) {
  std::vector<Told> all;
  for (const db::Row row : tx.query(webhooks_sql::active))
    all.push_back({row.id<WebhookId>(0), row.text(1), words_in(row.text(2)), row.instant(3)});
  return all;
}

std::int64_t read_done(db::Tx& tx) {
  const auto row = tx.find(webhooks_sql::done_to);
  if (!row) throw std::logic_error("the setting webhooks_seal is missing");
  return read_row_number(row->text(0));
}

// Who is too far behind gets nothing more.
void drop_behind(db::Tx& tx, std::vector<Told>& told, std::vector<WebhookId>& behind) {
  std::erase_if(told, [&](const Told& one) {
    const bool full = tx.query(webhooks_sql::count_waiting, one.id, kMostWaiting).at(0).integer(0) >= kMostWaiting;
    if (full) behind.push_back(one.id);
    return full;
  });
}

Batch look(db::Tx& tx, std::size_t limit) {
  Batch batch;
  batch.before = batch.seal = read_done(tx);
  std::vector<Told> told = read_active(tx);
  drop_behind(tx, told, batch.behind);
  if (told.empty()) {
    // Nobody is there to be told: what is sealed by now is done with.
    if (const auto last = tx.find(webhooks_sql::last_seal)) batch.seal = last->integer(0);
    return batch;
  }
  for (const db::Row row : tx.query(webhooks_sql::sealed, batch.before, static_cast<std::int64_t>(limit))) {
    batch.seal = row.integer(0);
    ++batch.events;
    if (row.is_null(1) || row.is_null(5)) continue;
    const std::string_view name = name_of(row.text(2));
    if (name.empty()) continue;
    for (const Told& one : told) {
      if (one.program != row.text(5) || row.instant(3) < one.since) continue;
      if (std::ranges::find(one.kinds, name) == one.kinds.end()) continue;
      batch.due.push_back({one.id, row.integer(1), name,
                           body_of(name, row.instant(3), row.text(5), row.is_null(6) ? "" : row.text(6), row.text(4))});
    }
  }
  return batch;
}

}  // namespace

std::string body_of(std::string_view kind, Instant at, std::string_view program, std::string_view reference,
                    std::string_view detail) {
  boost::json::object data;
  data["program"] = program;
  if (!reference.empty()) data["reference"] = reference;
  boost::system::error_code problem;
  if (const auto parsed = boost::json::parse(detail, problem); !problem && parsed.is_object()) {
    for (const auto& [name, value] : parsed.get_object()) data[name] = value;
  }
  return boost::json::serialize(
      boost::json::object{{"type", kind}, {"timestamp", to_rfc3339(at)}, {"data", std::move(data)}});
}

std::size_t fan_out(const Parts& parts, std::size_t limit) {
  const Batch batch = parts.database.read([&](db::Tx& tx) { return look(tx, limit); });
  if (batch.seal == batch.before && batch.behind.empty()) return 0;
  const Instant now = parts.clock.now();
  const auto done = parts.database.write([&](db::Tx& tx) -> Result<std::size_t> {
    for (const WebhookId id : batch.behind) tx.post(webhooks_sql::pause_by_itself, now, Why::behind, id);
    if (batch.seal == batch.before) return std::size_t{0};
    if (tx.execute(webhooks_sql::set_done, batch.seal, batch.before) == 0) return std::size_t{0};
    const auto active = read_active(tx);
    for (const DueEvent& one : batch.due) {
      // Removed since.
      if (std::ranges::none_of(active, [&](const Told& told) { return told.id == one.webhook; })) continue;
      tx.post(webhooks_sql::put, parts.ids.next<DeliveryTag>(), one.webhook, one.event, one.kind, one.body, now);
    }
    return batch.events;
  });
  return done ? *done : 0;
}

}  // namespace bursary::webhooks
