#include "features/api/joined.h"

namespace bursary::api {

std::optional<std::string> JoinedDatabase::problem_with(std::string_view statement) {
  return whole_.problem_with(statement);
}

std::optional<Error> JoinedDatabase::write_erased(const std::function<bool(db::Tx&)>& fn) {
  if (!fn(tx_)) failed_ = true;
  return std::nullopt;
}

}  // namespace bursary::api
