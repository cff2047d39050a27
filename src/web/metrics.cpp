#include "web/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace bursary::web {

struct Metrics::Series {
  // Asking for a family that is there already merges into it.
  prometheus::Registry registry{prometheus::Registry::InsertBehavior::Merge};
};

void Counter::add(double by) const { series_->Increment(by); }
void Gauge::set(double value) const { series_->Set(value); }
void Gauge::add(double by) const { series_->Increment(by); }
void Histogram::observe(double value) const { series_->Observe(value); }

Metrics::Metrics() : series_(std::make_unique<Series>()) {}
Metrics::~Metrics() = default;

Counter Metrics::counter(const std::string& name, const std::string& help, const Labels& labels) {
  return Counter(prometheus::BuildCounter().Name(name).Help(help).Register(series_->registry).Add(labels));
}

Gauge Metrics::gauge(const std::string& name, const std::string& help, const Labels& labels) {
  return Gauge(prometheus::BuildGauge().Name(name).Help(help).Register(series_->registry).Add(labels));
}

Histogram Metrics::histogram(const std::string& name, const std::string& help, const std::vector<double>& bounds,
                             const Labels& labels) {
  return Histogram(prometheus::BuildHistogram().Name(name).Help(help).Register(series_->registry).Add(labels, bounds));
}

std::string Metrics::text() const { return prometheus::TextSerializer().Serialize(series_->registry.Collect()); }

}  // namespace bursary::web
