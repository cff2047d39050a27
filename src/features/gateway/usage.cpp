#include "features/gateway/usage.h"

#include <array>
#include <boost/json/basic_parser_impl.hpp>

namespace bursary::gateway {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestName = 40;
constexpr std::size_t kDeepest = 5;  // nothing that is looked for lies deeper

}  // namespace

struct UsageReader::Parser {
  // Keeps the names on the way to where the parser is, and the numbers that it wants.
  // The names of the members are Boost's.
  struct Handler {  // NOLINTBEGIN(readability-identifier-naming)
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    // NOLINTEND(readability-identifier-naming)
    std::array<std::string, kDeepest + 1> names;  // the member that is open at each depth
    std::size_t depth = 0;
    std::string name;
    bool told = false, data_is_list = false;
    Usage usage;
    std::int64_t entries = 0;

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&) {
      entry();
      if (in_usage() && depth == usage_depth()) told = true;
      down();
      return true;
    }
    bool on_object_end(std::size_t, json::error_code&) { return up(); }
    bool on_array_begin(json::error_code&) {
      entry();
      if (depth == 1 && names[1] == "data") data_is_list = true;
      down();
      return true;
    }
    bool on_array_end(std::size_t, json::error_code&) { return up(); }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
      add(part);
      return true;
    }
    bool on_key(json::string_view part, std::size_t, json::error_code&) {
      add(part);
      if (depth <= kDeepest) names[depth] = name;
      name.clear();
      return true;
    }
    bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }
    bool on_string(json::string_view, std::size_t, json::error_code&) { return entry(); }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t n, json::string_view, json::error_code&) { return number(n); }
    bool on_uint64(std::uint64_t, json::string_view, json::error_code&) { return number(kMostCount); }
    bool on_double(double, json::string_view, json::error_code&) { return entry(); }
    bool on_bool(bool, json::error_code&) { return entry(); }
    bool on_null(json::error_code&) { return entry(); }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

   private:
    void add(json::string_view part) {
      if (name.size() + part.size() <= kLongestName) name.append(part.data(), part.size());
    }
    void down() {
      ++depth;
      if (depth <= kDeepest) names[depth].clear();
    }
    bool up() {
      --depth;
      if (depth == 1) data_is_list = false;
      return true;
    }
    // Something lies in the list "data".
    bool entry() {
      if (depth == 2 && data_is_list) ++entries;
      return true;
    }
    // "usage" is the member at depth 1, or at depth 2 within "response".
    bool in_usage() const { return usage_depth() != 0; }
    std::size_t usage_depth() const {
      if (names[1] == "usage") return 1;
      return names[1] == "response" && names[2] == "usage" ? 2 : 0;
    }
    bool number(std::int64_t n) {
      const std::size_t at = usage_depth();
      if (at == 0 || depth > kDeepest) return entry();
      n = std::clamp<std::int64_t>(n, 0, kMostCount);
      const std::string& field = names[depth];
      if (depth == at + 1 && (field == "prompt_tokens" || field == "input_tokens")) usage.input = n;
      if (depth == at + 1 && (field == "completion_tokens" || field == "output_tokens")) usage.output = n;
      const bool details = depth == at + 2 && names[at + 1].ends_with("_tokens_details") && field == "cached_tokens";
      if (details) usage.cached = n;
      return true;
    }
  };

  Parser() : parser(json::parse_options{.max_depth = 64}) {}
  json::basic_parser<Handler> parser;
  bool failed = false, done = false;
};

UsageReader::UsageReader() : parser_(std::make_unique<Parser>()) {}
UsageReader::~UsageReader() = default;
UsageReader::UsageReader(UsageReader&&) noexcept = default;
UsageReader& UsageReader::operator=(UsageReader&&) noexcept = default;

void UsageReader::feed(std::string_view bytes) {
  if (parser_->failed || bytes.empty()) return;
  json::error_code failed;
  parser_->parser.write_some(true, bytes.data(), bytes.size(), failed);
  if (failed) parser_->failed = true;
}

std::optional<Usage> UsageReader::finish(bool images) {
  if (parser_->failed) return std::nullopt;
  json::error_code failed;
  parser_->parser.write_some(false, "", 0, failed);
  if (failed) return std::nullopt;
  const auto& found = parser_->parser.handler();
  Usage usage = found.usage;
  if (images) usage.images = found.entries;
  const bool told = found.told || (images && found.entries > 0);
  return told ? std::optional(usage) : std::nullopt;
}

std::optional<Usage> usage_in(std::string_view data) {
  if (data.find("\"usage\"") == std::string_view::npos) return std::nullopt;
  UsageReader reader;
  reader.feed(data);
  return reader.finish(false);
}

}  // namespace bursary::gateway
