// What autosave is told: docs/design.md has the exchange. Private.
#pragma once
#include "features/applications/pages.h"
#include "features/applications/posted.h"

namespace bursary::applications {

// {"version", "token", "saved_at"} and, for a first save (201), "link".
web::Response saved_json(const Visit& visit, std::string_view new_link, std::int64_t version);
// 409 with what is stored: {"version", "answers": {key: text or list}}.
web::Response conflict_json(std::int64_t version, const forms::Answers& stored);
web::Response problem_json(const Visit& visit, const Error& error);
web::Response problem_json(const Visit& visit, const Error& error, int status);
// 429 with Retry-After.
web::Response beyond_limit_json(const Visit& visit, const Error& error, std::chrono::seconds retry_after);

web::Response autosave_draft(const Visit& visit, const DraftView& draft, const Posted& posted);

}  // namespace bursary::applications
