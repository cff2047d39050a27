// CSV as RFC 4180 has it, safe to open in a spreadsheet: a cell that a spreadsheet would run (= + - @ tab CR first)
// gets an apostrophe before it.
#pragma once
#include <string>
#include <string_view>

namespace bursary::queue {

class CsvLine {
 public:
  explicit CsvLine(std::string& out) : out_(out) {}
  void cell(std::string_view text);
  void end() { out_ += "\r\n"; }

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace bursary::queue
