#include "base/csv.h"

#include <doctest/doctest.h>

using namespace bursary;

namespace {

std::string cell(std::string_view text) {
  std::string out;
  CsvLine(out).cell(text);
  return out;
}

}  // namespace

TEST_CASE("plain cells stay as they are, others are quoted") {
  CHECK(cell("") == "");
  CHECK(cell("Ada Lovelace") == "Ada Lovelace");
  CHECK(cell("a-b+c=d@e") == "a-b+c=d@e");
  CHECK(cell("One, \"x\"") == "\"One, \"\"x\"\"\"");
  CHECK(cell("two\nlines") == "\"two\nlines\"");
  CHECK(cell("a; b") == "\"a; b\"");
  CHECK(cell("Aims:\n- one\n- two\n  - three") == "\"Aims:\n- one\n- two\n  - three\"");
  std::string line;
  CsvLine two(line);
  two.cell("a");
  two.cell("b,c");
  two.end();
  CHECK(line == "a,\"b,c\"\r\n");
}

TEST_CASE("nothing that somebody typed runs in a spreadsheet, whatever it separates cells by") {
  CHECK(cell("=1+1") == "\"'=1+1\"");
  CHECK(cell("+1") == "\"'+1\"");
  CHECK(cell("-2+3+cmd|' /C calc'!A0") == "\"'-2+3+cmd|' /C calc'!A0\"");
  CHECK(cell("@SUM(A1)") == "\"'@SUM(A1)\"");
  CHECK(cell("  =1+1") == "\"'  =1+1\"");
  CHECK(cell("\t=1") == "\"'\t'=1\"");
  CHECK(cell("\r=1") == "\"'\r'=1\"");
  CHECK(cell("\n=1") == "\"'\n'=1\"");
  CHECK(cell("＝1+1") == "\"'＝1+1\"");
  CHECK(cell("＠x") == "\"'＠x\"");
  CHECK(cell("a;=HYPERLINK(\"https://evil.example\")") == "\"a;'=HYPERLINK(\"\"https://evil.example\"\")\"");
  CHECK(cell("a; -1+cmd") == "\"a;' -1+cmd\"");
  CHECK(cell("a\n=1\r\n@x\n-1\n --rule") == "\"a\n'=1\r\n'@x\n'-1\n' --rule\"");
  // A list's item may be prose, but not a call behind a space.
  CHECK(cell("x\n- cmd|' /C calc'!A0") == "\"x\n'- cmd|' /C calc'!A0\"");
  CHECK(cell("x\n+ HYPERLINK(A1)\n- two") == "\"x\n'+ HYPERLINK(A1)\n- two\"");
  CHECK(cell("x\n+ 'file:///etc/passwd'#$Sheet1.A1") == "\"x\n'+ 'file:///etc/passwd'#$Sheet1.A1\"");
  CHECK(cell("a.txt; =b.txt") == "\"a.txt;' =b.txt\"");
}
