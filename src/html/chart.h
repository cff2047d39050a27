// Charts drawn on the server as SVG, without script and without inline style: shapes carry classes, and
// assets/styles/charts.css colours them in light, dark and forced colours. A chart is a picture with a title and a
// description (role="img"); the numbers themselves belong in a table beside it. Draw with {{> html/chart.html chart}}.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace bursary::html {

struct ChartSeries {
  std::string name;
  std::vector<double> values;  // one for each label, none negative
};
struct ChartData {
  std::string id;  // unique on its page
  std::string title, description;
  std::vector<std::string> labels;
  std::vector<ChartSeries> series;  // at most four
  std::vector<std::string> shown;   // bars: each value as people read it; columns and lines: of the highest mark
};

// What the template draws. Lengths are in units of the view box, rounded to tenths.
struct ChartView {
  struct Shape {
    std::string x, y, width, height, series;  // series: "1" to "4"
  };
  struct Text {
    std::string x, y, words;
    std::string anchor;  // "start", "middle", "end"
  };
  struct Line {
    std::string points, series;
  };
  struct Key {
    std::string name, series;
  };
  std::string id, title, description, width, height;
  std::vector<Shape> shapes, dots;  // dots: x, y alone
  std::vector<Shape> rules;         // horizontal lines: x, y, width (to where)
  std::vector<Line> lines;
  std::vector<Text> texts;
  std::vector<Key> keys;  // none for a single series
};

// Lying bars, one for each label, its words above it: the first series alone.
ChartView plot_bars(const ChartData& data);
// Standing columns in time, the series on top of each other.
ChartView plot_columns(const ChartData& data);
// Lines in time with a dot at each value.
ChartView plot_lines(const ChartData& data);

}  // namespace bursary::html
