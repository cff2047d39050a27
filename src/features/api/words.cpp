#include "features/api/words.h"

#include "base/number.h"

namespace bursary::api {

using web::Parameter;

Parameter path_part(std::string name, std::string about) {
  return {std::move(name), Parameter::In::path, std::move(about), web::text(), true};
}

Parameter in_query(std::string name, std::string about, web::Schema schema) {
  return {std::move(name), Parameter::In::query, std::move(about), std::move(schema), false};
}

Parameter limit_parameter() {
  return in_query("limit", "How many at most; 50 when it is not sent.", web::whole().between(1, kMostRows));
}

Parameter cursor_parameter() {
  return in_query("cursor", "Where the page begins: `next` of the page before, sent with the same query.",
                  web::text().between(1, 400));
}

web::Schema id_schema() { return web::text().between(1, 20).said("A whole number as text."); }

std::string id_text(std::int64_t id) { return std::to_string(id); }

std::optional<std::int64_t> id_in(std::string_view text) {
  const std::int64_t id = read_row_number(text);
  return id > 0 ? std::optional(id) : std::nullopt;
}

web::Schema page_of(std::string name, web::Schema item) {
  return web::named(
      std::move(name),
      web::object({{"items", web::list_of(std::move(item))},
                   {"next", web::text().or_null().said("The cursor of the next page; null when there is none.")}}));
}

web::Given given(std::string about, web::Schema schema, int status) {
  return {status, std::move(about), std::move(schema)};
}

}  // namespace bursary::api
