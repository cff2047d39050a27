#include "features/queue/csv.h"

namespace bursary::queue {

void CsvLine::cell(std::string_view text) {
  if (!first_) out_ += ',';
  first_ = false;
  const bool runs = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  if (!runs && text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out_ += text;
    return;
  }
  out_ += '"';
  if (runs) out_ += '\'';
  for (const char c : text) {
    if (c == '"') out_ += '"';
    out_ += c;
  }
  out_ += '"';
}

}  // namespace bursary::queue
