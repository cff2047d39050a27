// CSV as RFC 4180 has it, safe to open in a spreadsheet: what a spreadsheet would run gets an apostrophe before it.
// That is a cell that begins with = + - @ (also after spaces, also in East Asian width), tab, CR or LF; and = + - @
// after a semicolon, tab or line end inside a cell, because a spreadsheet that separates by semicolons does not see our
// quotes as such and begins a cell there. Lists ("- one") keep their form. Who needs each text exactly takes JSON
// Lines.
#pragma once
#include <string>
#include <string_view>

namespace bursary {

class CsvLine {
 public:
  explicit CsvLine(std::string& out) : out_(out) {}
  void cell(std::string_view text);
  void end() { out_ += "\r\n"; }

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace bursary
