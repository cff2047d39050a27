// What we hold about a person, for themselves.
#pragma once
#include "features/privacy/privacy.h"

namespace bursary::privacy {

// A ZIP, pulled piece by piece: data.json, then every file that was uploaded under files/<application>/. Everything of
// the person and of their applications, but what is not theirs to know: decisions before their release, and what staff
// tell each other. Each piece is read from a snapshot of its own; what is erased meanwhile is left out.
std::shared_ptr<web::BodySource> open_data_export(const Parts& parts, const Target& target);

}  // namespace bursary::privacy
