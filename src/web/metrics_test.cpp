#include "web/metrics.h"

#include <doctest/doctest.h>

using namespace bursary::web;

TEST_CASE("what is counted is written for Prometheus") {
  Metrics metrics;
  metrics.counter("bursary_a_total", "A.", {{"kind", "x"}}).add();
  metrics.counter("bursary_a_total", "A.", {{"kind", "x"}}).add(2);
  metrics.counter("bursary_a_total", "A.", {{"kind", "y"}}).add();
  const Gauge gauge = metrics.gauge("bursary_b", "B.");
  gauge.set(5);
  gauge.add(-2);
  metrics.histogram("bursary_c_seconds", "C.", {0.1, 1}).observe(0.5);
  const std::string text = metrics.text();
  for (const char* line : {"# TYPE bursary_a_total counter", "bursary_a_total{kind=\"x\"} 3",
                           "bursary_a_total{kind=\"y\"} 1", "bursary_b 3", "bursary_c_seconds_bucket{le=\"0.1\"} 0",
                           "bursary_c_seconds_bucket{le=\"1\"} 1", "bursary_c_seconds_count 1"}) {
    CAPTURE(line);
    CHECK(text.find(line) != std::string::npos);
  }
}
