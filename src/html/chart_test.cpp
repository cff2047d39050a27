#include "html/chart.h"

#include <doctest/doctest.h>

#include "html/chart.html.h"
#include "html/phrasebook.h"

using namespace bursary;

namespace {

std::string draw(const html::ChartView& view) {
  const auto books = html::Phrasebooks::build({"en"}, {});
  html::Writer w(books->get("en"));
  tpl::html::chart(w, view);
  return w.str();
}

}  // namespace

TEST_CASE("a chart of bars is what it is, with every word escaped") {
  CHECK(draw(html::plot_bars({"areas", "Areas <b>", "All & each", {"A<1", "B"}, {{"n", {4, 1}}}, {"4", "1"}})) ==
        "<svg class=\"chart\" viewBox=\"0 0 320 64\" role=\"img\" aria-labelledby=\"areas-chart-title "
        "areas-chart-about\">\n"
        "<title id=\"areas-chart-title\">Areas &lt;b&gt;</title><desc id=\"areas-chart-about\">All &amp; each</desc>\n"
        "\n"
        "<rect class=\"chart__shape series__1\" x=\"0\" y=\"18\" width=\"320\" height=\"10\"></rect>"
        "<rect class=\"chart__shape series__1\" x=\"0\" y=\"50\" width=\"80\" height=\"10\"></rect>\n\n\n"
        "<text class=\"chart__text\" x=\"0\" y=\"13\" text-anchor=\"start\">A&lt;1</text>"
        "<text class=\"chart__text\" x=\"320\" y=\"13\" text-anchor=\"end\">4</text>"
        "<text class=\"chart__text\" x=\"0\" y=\"45\" text-anchor=\"start\">B</text>"
        "<text class=\"chart__text\" x=\"320\" y=\"45\" text-anchor=\"end\">1</text>\n"
        "</svg>\n\n");
}

TEST_CASE("columns stand on each other and lines go through each value") {
  const html::ChartData data{"m", "T", "D", {"a", "b"}, {{"x", {1, 3}}, {"y", {1, 0}}}, {"3"}};
  const auto columns = html::plot_columns(data);
  REQUIRE(columns.shapes.size() == 3);
  CHECK(columns.shapes[0].height == "50");
  CHECK(columns.shapes[1].y == "68");  // 18 + 150 - 50 - 50
  CHECK(columns.shapes[2].height == "150");
  CHECK(columns.keys.size() == 2);
  const auto lines = html::plot_lines(data);
  REQUIRE(lines.lines.size() == 2);
  CHECK(lines.lines[0].points == "80,118 240,18");
  CHECK(lines.lines[1].points == "80,118 240,168");
  CHECK(lines.dots.size() == 4);
}

TEST_CASE("nothing, one value and zeros alone are drawn without a division by nothing") {
  for (const html::ChartData& data :
       {html::ChartData{"e", "", "", {}, {}, {}}, html::ChartData{"o", "", "", {"a"}, {{"x", {0}}}, {"0"}},
        html::ChartData{"o", "", "", {"a", "b"}, {{"x", {}}}, {}}}) {
    for (const auto& view : {html::plot_bars(data), html::plot_columns(data), html::plot_lines(data)}) {
      const std::string drawn = draw(view);
      CHECK(drawn.find("nan") == std::string::npos);
      CHECK(drawn.find("inf") == std::string::npos);
    }
  }
}
