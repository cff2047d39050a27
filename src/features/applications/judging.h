// The flood defence's word on one submission. Private.
#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <string_view>

#include "features/applications/pages.h"

namespace bursary::applications {

// For SubmitRequest::judge. `retry_after` is set where the verdict is to wait; all three outlive the call.
std::function<Result<std::uint64_t>(std::string_view)> judge_for(const Visit& visit, const web::FormData& form,
                                                                 std::optional<Instant> began,
                                                                 std::chrono::seconds& retry_after);

}  // namespace bursary::applications
