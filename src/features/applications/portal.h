// What a person who is logged in has: the applications that they belong to. Public: applications.h lists it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "features/applications/applications.h"

namespace bursary::applications {

struct Own {
  Application application;  // id, state, reference, email, updated_at, submitted_at, expires_at, applicant_name
  Belonging belonging;
};

// Newest first, at most kMostOwn for each address and as many that they joined. `emails` are verified, in lower case:
// whoever asks is their holder.
inline constexpr std::int64_t kMostOwn = 100;
std::vector<Own> own_applications(db::Tx& tx, std::string_view program, web::PersonId person,
                                  const std::vector<std::string>& emails);

// As its applicant may know it: a decision is nobody's before it is released, until then the application is looked at.
State as_told(State state);

}  // namespace bursary::applications
