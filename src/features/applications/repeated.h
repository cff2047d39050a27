// What became of a post that came before. Private.
#pragma once
#include <optional>

#include "features/applications/applications.h"
#include "features/applications/given.h"

namespace bursary::applications {

struct Repeated {
  // Set when the key has its application: that one, or Error{conflict} when it came with other answers.
  std::optional<Result<Submitted>> submitted;
  // Set when the key made a draft that is still one.
  struct Draft {
    std::string link;
    std::int64_t version = 0;
  };
  std::optional<Draft> draft;
};
// By the key of a submission without a draft; both empty when it is new.
Repeated repeated_by_key(const Parts& parts, const programs::Program& program, const Given& given,
                         std::string_view page_key);
// By the link of a draft that was submitted.
Result<Submitted> repeated_by_link(const Parts& parts, const SubmitRequest& request);

}  // namespace bursary::applications
