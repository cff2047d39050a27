#include "base/csv.h"

namespace bursary {
namespace {

constexpr std::string_view kEnds = ";\t\r\n";  // where a spreadsheet of another country may begin a new cell or row

std::string_view without_spaces(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text;
}

// = + - @, also in East Asian width.
bool begins_formula(std::string_view text) {
  text = without_spaces(text);
  if (text.empty()) return false;
  if (std::string_view("=+-@").find(text.front()) != std::string_view::npos) return true;
  for (const std::string_view wide : {"＝", "＋", "－", "＠"}) {
    if (text.starts_with(wide)) return true;
  }
  return false;
}

// "- one\n- two": many people write so. What could call something has more in its line.
bool is_list_item(std::string_view text) {
  text = without_spaces(text);
  const std::string_view line = text.substr(0, text.find_first_of(kEnds));
  return (line.starts_with("- ") || line.starts_with("+ ")) && line.find_first_of("(|!=#$") == std::string_view::npos;
}

}  // namespace

void CsvLine::cell(std::string_view text) {
  if (!first_) out_ += ',';
  first_ = false;
  const bool runs = begins_formula(text) || (!text.empty() && kEnds.find(text.front()) != std::string_view::npos);
  if (!runs && text.find_first_of(",\";\t\r\n") == std::string_view::npos) {
    out_ += text;
    return;
  }
  out_ += '"';
  if (runs) out_ += '\'';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') out_ += '"';
    out_ += c;
    if (kEnds.find(c) == std::string_view::npos) continue;
    const std::string_view rest = text.substr(at + 1);
    const bool line_end = c == '\r' || c == '\n';
    if (begins_formula(rest) && !(line_end && is_list_item(rest))) out_ += '\'';
  }
  out_ += '"';
}

}  // namespace bursary
