// What the pages of figures show. Private.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "html/chart.h"

namespace bursary::insights {

struct Table {
  std::vector<std::string> heads;              // the first is the row's own
  std::vector<std::vector<std::string>> rows;  // plain numbers: the page writes them as they are, so does the CSV
};
struct Figure {
  std::string id, title, note, csv;
  std::string none;  // said instead of a chart when it is empty
  bool empty = false;
  html::ChartView chart;
  Table table;
};
// A row without its head.
inline std::span<const std::string> rest(const std::vector<std::string>& row) {
  return std::span(row).subspan(row.empty() ? 0 : 1);
}
struct MonthChoice {
  std::string name;
  bool from = false, until = false;
};
struct InsightsView {
  std::vector<MonthChoice> months;
  std::string shortened;  // said when more months were asked for than are shown
  std::vector<Figure> figures;
};

// The public page: every cell is its number, or words that say that it is kept back; `plain` for the file.
struct PublicCell {
  std::string column, words, plain;
};
struct PublicRow {
  std::string name;
  std::vector<PublicCell> cells;
};
struct PublicTable {
  std::string id, title, note, head;
  std::vector<PublicRow> rows;
};
struct TransparencyView {
  struct Year {
    std::string name, href;
    bool current = false;
  };
  std::vector<Year> years;
  std::string year, runs, until;  // runs: said of a year that is not over
  std::string median, kept_back, parts_kept_back;
  bool none = false;
  PublicRow whole;
  std::vector<std::string> columns;
  std::vector<PublicTable> tables;
};

}  // namespace bursary::insights
