#include "web/context.h"

namespace bursary::web {

const std::string& Context::path_value(std::string_view name) const {
  static const std::string kNone;
  const auto found = path_values.find(name);
  return found == path_values.end() ? kNone : found->second;
}

}  // namespace bursary::web
