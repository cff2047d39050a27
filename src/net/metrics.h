// The server's figures for Prometheus. Names and help are part of the operator's guide: change them with care.
#pragma once
#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <vector>

#include "net/figures.h"

namespace bursary::net {

// Reads the figures at the moment it is asked. All names begin with "bursary_http_".
class Metrics final : public prometheus::Collectable {
 public:
  explicit Metrics(const Figures& figures) : figures_(figures) {}
  std::vector<prometheus::MetricFamily> Collect() const override;  // NOLINT(readability-identifier-naming)

 private:
  const Figures& figures_;
};

}  // namespace bursary::net
