#include "app/log.h"

#include <fmt/format.h>

#include <iterator>

#include "base/instant.h"
#include "base/log_text.h"

namespace bursary::app {

void JsonLines::format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& line) {
  const auto since = std::chrono::duration_cast<Microseconds>(message.time.time_since_epoch());
  const auto level = spdlog::level::to_string_view(message.level);
  const std::string_view what(message.payload.data(), message.payload.size());
  fmt::format_to(std::back_inserter(line), R"({{"event":"log","at":"{}","level":"{}","what":"{}"}})",
                 to_rfc3339(Instant{since.count()}), std::string_view(level.data(), level.size()), log_text(what));
  line.push_back('\n');
}

}  // namespace bursary::app
