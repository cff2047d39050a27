#include "net/metrics.h"

#include <limits>
#include <string>
#include <utility>

namespace bursary::net {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

struct Named {
  Count count;
  const char* name;
  const char* help;
};

constexpr Named kCounters[] = {
    {Count::connections_accepted, "bursary_http_connections_accepted_total", "Connections taken."},
    {Count::connections_refused, "bursary_http_connections_refused_total", "Connections refused past a limit."},
    {Count::connections_evicted, "bursary_http_connections_evicted_total", "Idle connections closed to make room."},
    {Count::timeouts, "bursary_http_timeouts_total", "Connections cut because the other side was too slow."},
    {Count::malformed, "bursary_http_malformed_total", "Requests refused before a route was sought."},
    {Count::shed, "bursary_http_shed_total", "Requests answered 503 because the queue was full."},
    {Count::stored_pages, "bursary_http_stored_pages_total", "Answers from stored pages."},
    {Count::bytes_in, "bursary_http_received_bytes_total", "Bytes received."},
    {Count::bytes_out, "bursary_http_sent_bytes_total", "Bytes sent."},
    {Count::bodies_spooled, "bursary_http_bodies_spooled_total",
     "Request bodies kept on disk while they were handled."},
    {Count::streams_cut, "bursary_http_streams_cut_total", "Streamed answers that failed and were cut."},
};

MetricFamily family(const char* name, const char* help, MetricType type) { return {name, help, type, {}}; }

MetricFamily counter(const char* name, const char* help, std::uint64_t value) {
  MetricFamily made = family(name, help, MetricType::Counter);
  made.metric.emplace_back().counter.value = static_cast<double>(value);
  return made;
}

MetricFamily gauge(const char* name, const char* help, std::uint64_t value) {
  MetricFamily made = family(name, help, MetricType::Gauge);
  made.metric.emplace_back().gauge.value = static_cast<double>(value);
  return made;
}

MetricFamily answers(const FigureValues& values) {
  MetricFamily made = family("bursary_http_answers_total", "Answers by class of status.", MetricType::Counter);
  for (std::size_t i = 0; i < 5; ++i) {
    ClientMetric& metric = made.metric.emplace_back();
    metric.label = {{"class", std::to_string(i + 1) + "xx"}};
    metric.counter.value = static_cast<double>(values.counts[static_cast<std::size_t>(Count::answers_1xx) + i]);
  }
  return made;
}

MetricFamily durations(const FigureValues& values) {
  MetricFamily made =
      family("bursary_http_handling_seconds", "From a request's head to its handler's answer.", MetricType::Histogram);
  auto& histogram = made.metric.emplace_back().histogram;
  std::uint64_t cumulative = 0;
  for (std::size_t i = 0; i < values.durations.size(); ++i) {
    cumulative += values.durations[i];
    ClientMetric::Bucket bucket;
    bucket.cumulative_count = cumulative;
    bucket.upper_bound = i < kDurationBounds.size() ? static_cast<double>(kDurationBounds[i]) / 1e6
                                                    : std::numeric_limits<double>::infinity();
    histogram.bucket.push_back(bucket);
  }
  histogram.sample_count = cumulative;
  histogram.sample_sum = static_cast<double>(values[Count::handled_micros]) / 1e6;
  return made;
}

}  // namespace

std::vector<MetricFamily> Metrics::Collect() const {
  const FigureValues values = figures_.values();
  std::vector<MetricFamily> all;
  for (const Named& named : kCounters) all.push_back(counter(named.name, named.help, values[named.count]));
  all.push_back(gauge("bursary_http_connections_open", "Connections open now.", values.connections_open()));
  all.push_back(gauge("bursary_http_queue_waiting", "Requests that wait for a worker.", values.queue_waiting));
  all.push_back(gauge("bursary_http_workers_busy", "Workers that run a handler.", values.workers_busy));
  all.push_back(answers(values));
  all.push_back(durations(values));
  return all;
}

}  // namespace bursary::net
