#include "html/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace bursary::html {
namespace {

constexpr double kWidth = 320, kRow = 32, kBar = 10, kTop = 18, kPlot = 150, kFoot = 22;

std::string length(double value) {
  const double rounded = std::round(value * 10) / 10;
  return rounded == std::floor(rounded) ? fmt::format("{:.0f}", rounded) : fmt::format("{:.1f}", rounded);
}

ChartView begun(const ChartData& data, double height) {
  ChartView view;
  view.id = data.id;
  view.title = data.title;
  view.description = data.description;
  view.width = length(kWidth);
  view.height = length(height);
  if (data.series.size() > 1) {
    for (std::size_t i = 0; i < data.series.size(); ++i)
      view.keys.push_back({data.series[i].name, std::to_string(i + 1)});
  }
  return view;
}

double value_at(const ChartSeries& series, std::size_t i) { return i < series.values.size() ? series.values[i] : 0; }

// The frame of a chart in time: its base line, its highest mark and three of its labels.
void frame(ChartView& view, const ChartData& data, double step) {
  const double base = kTop + kPlot;
  view.rules.push_back({"0", length(base), length(kWidth), "", ""});
  view.rules.push_back({"0", length(kTop), length(kWidth), "", ""});
  if (!data.shown.empty()) view.texts.push_back({"0", length(kTop - 5), data.shown.front(), "start"});
  const std::size_t last = data.labels.empty() ? 0 : data.labels.size() - 1;
  for (const std::size_t i : {std::size_t{0}, last / 2, last}) {
    if (i >= data.labels.size() || (i == last / 2 && last < 4 && i != 0 && i != last)) continue;
    const char* anchor = i == 0 ? "start" : i == last ? "end" : "middle";
    const double x = i == 0 ? 0 : i == last ? kWidth : (static_cast<double>(i) + 0.5) * step;
    view.texts.push_back({length(x), length(base + 15), data.labels[i], anchor});
    if (last == 0) break;
  }
}

}  // namespace

ChartView plot_bars(const ChartData& data) {
  ChartView view = begun(data, kRow * static_cast<double>(std::max<std::size_t>(1, data.labels.size())));
  view.keys.clear();
  if (data.series.empty()) return view;
  double most = 0;
  for (std::size_t i = 0; i < data.labels.size(); ++i) most = std::max(most, value_at(data.series[0], i));
  for (std::size_t i = 0; i < data.labels.size(); ++i) {
    const double y = static_cast<double>(i) * kRow;
    const double value = value_at(data.series[0], i);
    view.texts.push_back({"0", length(y + 13), data.labels[i], "start"});
    if (i < data.shown.size()) view.texts.push_back({length(kWidth), length(y + 13), data.shown[i], "end"});
    const double width = most > 0 ? kWidth * value / most : 0;
    // What is little is seen all the same.
    view.shapes.push_back({"0", length(y + 18), length(value > 0 ? std::max(width, 1.5) : 0), length(kBar), "1"});
  }
  return view;
}

ChartView plot_columns(const ChartData& data) {
  ChartView view = begun(data, kTop + kPlot + kFoot);
  const double step = kWidth / static_cast<double>(std::max<std::size_t>(1, data.labels.size()));
  double most = 0;
  for (std::size_t i = 0; i < data.labels.size(); ++i) {
    double sum = 0;
    for (const ChartSeries& series : data.series) sum += value_at(series, i);
    most = std::max(most, sum);
  }
  for (std::size_t i = 0; i < data.labels.size() && most > 0; ++i) {
    double below = 0;
    for (std::size_t s = 0; s < data.series.size(); ++s) {
      const double value = value_at(data.series[s], i);
      if (value <= 0) continue;
      const double height = kPlot * value / most;
      below += height;
      const double gap = std::min(3.0, step * 0.2);
      view.shapes.push_back({length(static_cast<double>(i) * step + gap / 2), length(kTop + kPlot - below),
                             length(std::min(step - gap, 40.0)), length(height), std::to_string(s + 1)});
    }
  }
  frame(view, data, step);
  return view;
}

ChartView plot_lines(const ChartData& data) {
  ChartView view = begun(data, kTop + kPlot + kFoot);
  const double step = kWidth / static_cast<double>(std::max<std::size_t>(1, data.labels.size()));
  double most = 0;
  for (const ChartSeries& series : data.series) {
    for (const double value : series.values) most = std::max(most, value);
  }
  for (std::size_t s = 0; s < data.series.size(); ++s) {
    std::string points;
    for (std::size_t i = 0; i < data.labels.size(); ++i) {
      const std::string x = length((static_cast<double>(i) + 0.5) * step);
      const double height = most > 0 ? kPlot * value_at(data.series[s], i) / most : 0;
      const std::string y = length(kTop + kPlot - height);
      points += fmt::format("{}{},{}", points.empty() ? "" : " ", x, y);
      view.dots.push_back({x, y, "", "", std::to_string(s + 1)});
    }
    view.lines.push_back({points, std::to_string(s + 1)});
  }
  frame(view, data, step);
  return view;
}

}  // namespace bursary::html
