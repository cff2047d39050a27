// What was sent against what its operation describes. Private.
#pragma once
#include <boost/json.hpp>

#include "base/result.h"
#include "web/operation.h"
#include "web/request.h"

namespace bursary::api {

// Everything that is wrong, each at its JSON pointer, at most some twenty.
std::vector<FieldError> check_value(const web::Schema& schema, const boost::json::value& value);
// Query parameters, by "?name".
std::vector<FieldError> check_parameters(const web::Operation& operation, const web::Request& request);
// The body as an object that fits; Error with a "problem.api.request." key.
Result<boost::json::object> read_body(const web::Schema& schema, std::string_view bytes);

}  // namespace bursary::api
