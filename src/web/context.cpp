#include "web/context.h"

namespace bursary::web {

const std::string& Context::path_value(std::string_view name) const {
  static const std::string none;
  const auto found = path_values.find(name);
  return found == path_values.end() ? none : found->second;
}

std::optional<Viewer> Sessions::find_token(std::string_view, Instant) { return std::nullopt; }

}  // namespace bursary::web
