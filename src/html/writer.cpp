#include "html/writer.h"

#include <array>

#include "html/url.h"

namespace bursary::html {
namespace {

constexpr std::array<std::string_view, 256> kEscapes = [] {
  std::array<std::string_view, 256> table{};
  table['&'] = "&amp;";
  table['<'] = "&lt;";
  table['>'] = "&gt;";
  table['"'] = "&quot;";
  table['\''] = "&#39;";
  return table;
}();

// One byte per character, so that the scan stays within four cache lines.
constexpr std::array<bool, 256> kSpecial = [] {
  std::array<bool, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = !kEscapes[i].empty();
  return table;
}();

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  const char* run = text.data();
  const char* const end = run + text.size();
  for (const char* at = run; at != end; ++at) {
    const auto byte = static_cast<unsigned char>(*at);
    if (!kSpecial[byte]) continue;
    out.append(run, at);
    out.append(kEscapes[byte]);
    run = at + 1;
  }
  out.append(run, end);
}

void Writer::url(std::string_view s) { append_escaped(out_, is_safe_url(s) ? s : "#"); }

void Writer::url_part(std::string_view s) { append_percent_encoded(out_, s); }

void Writer::phrase(std::string_view key, const std::vector<std::pair<std::string, std::string>>& values) {
  phrases_.fill(key, values, [this](std::string_view piece) { append_escaped(out_, piece); });
}

}  // namespace bursary::html
