#include "net/metrics.h"

#include <doctest/doctest.h>
#include <prometheus/text_serializer.h>

#include <string>

using namespace bursary::net;

TEST_CASE("figures are added up over their threads and told to Prometheus") {
  Figures figures;
  for (std::size_t shard = 0; shard < 20; ++shard) figures.add(shard, Count::stored_pages, 2);
  figures.add(0, Count::connections_accepted, 5);
  figures.add(3, Count::connections_closed, 2);
  figures.add_answer(1, 200);
  figures.add_answer(2, 503);
  figures.add_answer(2, 504);
  figures.add_duration(0, std::chrono::microseconds{500});
  figures.add_duration(1, std::chrono::microseconds{700});
  figures.add_duration(2, std::chrono::seconds{60});
  figures.set_queue(7, 3);
  CHECK(figures.values()[Count::stored_pages] == 40);
  CHECK(figures.values().connections_open() == 3);

  const std::string text = prometheus::TextSerializer().Serialize(Metrics(figures).Collect());
  for (const auto* line :
       {"bursary_http_stored_pages_total 40\n", "bursary_http_connections_open 3\n",
        "bursary_http_answers_total{class=\"2xx\"} 1\n", "bursary_http_answers_total{class=\"5xx\"} 2\n",
        "bursary_http_handling_seconds_bucket{le=\"0.0005\"} 1\n",
        "bursary_http_handling_seconds_bucket{le=\"0.001\"} 2\n",
        "bursary_http_handling_seconds_bucket{le=\"+Inf\"} 3\n", "bursary_http_handling_seconds_count 3\n",
        "bursary_http_queue_waiting 7\n", "bursary_http_workers_busy 3\n"}) {
    CAPTURE(line);
    CHECK(text.find(line) != std::string::npos);
  }
}
