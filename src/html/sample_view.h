// What docs/templates.md shows and html/sample_test.cpp draws; no page uses it.
#pragma once
#include <string>
#include <vector>

#include "base/phrase.h"
#include "html/writer.h"

namespace bursary::html {

struct SampleRow {
  std::string name, path;
  bool current = false;
};
struct SampleView {
  std::string title, query;
  SafeHtml intro;
  std::vector<SampleRow> rows;
  Phrase problem;
};

}  // namespace bursary::html
