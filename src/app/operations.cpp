#include "app/operations.h"

#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <sstream>

#include "app/house.h"
#include "net/metrics.h"

namespace bursary::app {
namespace {

using Families = std::vector<prometheus::MetricFamily>;

// One figure as a family of its own. Counters are told as they stand; Prometheus takes the difference.
void add(Families& families, std::string name, std::string help, prometheus::MetricType type, double value) {
  prometheus::ClientMetric metric;
  if (type == prometheus::MetricType::Counter) {
    metric.counter.value = value;
  } else {
    metric.gauge.value = value;
  }
  families.push_back({std::move(name), std::move(help), type, {metric}});
}

void count(Families& families, const char* name, const char* help, auto value) {
  add(families, name, help, prometheus::MetricType::Counter, static_cast<double>(value));
}

void add_database(Families& families, const db::Database& database) {
  using prometheus::MetricType;
  const auto figures = database.figures();
  count(families, "bursary_database_commits_total", "Commits; on SQLite one serves many writes.", figures.commits);
  count(families, "bursary_database_writes_total", "Writes that were asked for and ran.", figures.writes);
  count(families, "bursary_database_retries_total", "Writes that ran again after a conflict.", figures.retries);
  count(families, "bursary_database_refused_total", "Writes refused because the queue or the pool was full.",
        figures.refused);
  count(families, "bursary_database_commit_seconds_total", "Time spent in commits.", figures.commit_seconds);
  add(families, "bursary_database_queue", "Writes that wait now.", MetricType::Gauge,
      static_cast<double>(figures.queue_depth));
}

void add_jobs(Families& families, House& house) {
  using prometheus::MetricType;
  const auto index = house.database().read([](db::Tx& tx) { return queue::IndexJob::figures(tx); });
  const double age = index.oldest ? static_cast<double>((house.clock().now() - *index.oldest).count()) / 1e6 : 0;
  add(families, "bursary_index_waiting", "Applications whose text search does not find yet.", MetricType::Gauge,
      static_cast<double>(index.waiting));
  add(families, "bursary_index_oldest_seconds", "How long the first of them has waited.", MetricType::Gauge, age);
  const auto mail = house.outbox().figures();
  add(families, "bursary_mail_waiting", "Messages that have not left yet.", MetricType::Gauge,
      static_cast<double>(mail.waiting));
  count(families, "bursary_mail_sent_total", "Messages that left.", mail.total.sent);
  count(families, "bursary_mail_postponed_total", "Refusals after which a message waits for its next try.",
        mail.total.postponed);
  count(families, "bursary_mail_failed_total", "Messages that will not be tried again.", mail.total.failed);
  count(families, "bursary_mail_maybe_sent_total", "Messages of which nobody knows whether they left.",
        mail.total.maybe_sent);
  add(families, "bursary_mail_oldest_seconds", "How long the first due message has been due.", MetricType::Gauge,
      static_cast<double>(mail.oldest_due.count()));
}

void add_defence(Families& families, const defence::Defence& defence) {
  using prometheus::MetricType;
  const auto figures = defence.figures();
  count(families, "bursary_defence_challenges_total", "Proof-of-work challenges handed out.", figures.challenges);
  count(families, "bursary_defence_accepted_total", "Submissions let through.", figures.accepted);
  count(families, "bursary_defence_held_total", "Submissions kept as drafts because too many came.", figures.held);
  count(families, "bursary_defence_drafts_held_total", "Saves of drafts refused because too much was saved.",
        figures.drafts_held);
  count(families, "bursary_defence_bad_proofs_total", "Proofs that did not hold.", figures.bad_proofs);
  count(families, "bursary_defence_trapped_total", "Submissions that filled the hidden field.", figures.trapped);
  add(families, "bursary_defence_bits", "Work asked for now, in bits.", MetricType::Gauge, figures.bits);
}

web::Response metrics(House& house) {
  Families families = net::Metrics(house.server_figures()).Collect();
  add_database(families, house.database());
  add_jobs(families, house);
  add_defence(families, house.defence());
  web::Response response = web::plain_text(prometheus::TextSerializer{}.Serialize(families));
  response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  return response;
}

}  // namespace

void add_operation_routes(web::Router& router, House& house) {
  using web::Method;
  using web::Permission;
  router.add({Method::get, "/healthz", Permission::anyone,
              [](const web::Request&, const web::Context&) { return web::plain_text("ok\n"); }});
  router.add({Method::get, "/readyz", Permission::anyone, [&house](const web::Request&, const web::Context&) {
                return house.health().empty() ? web::plain_text("ready\n")
                                              : web::plain_text("the database does not answer\n", 503);
              }});
  router.add({Method::get, "/metrics", Permission::operate,
              [&house](const web::Request&, const web::Context&) { return metrics(house); }});
}

}  // namespace bursary::app
