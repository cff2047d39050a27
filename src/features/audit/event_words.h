// An event as people read it.
#pragma once
#include "features/audit/chain.h"
#include "html/phrasebook.h"

namespace bursary::audit {

struct EventWords {
  Phrase what;       // "Moved from “Submitted” to “Screening”"
  std::string more;  // what its detail says besides: "role: coordinator"
};
EventWords words_of(const StoredEvent& event, const html::Phrasebook& phrases);
// "Staff", for whom no name is known.
Phrase actor_words(std::int64_t actor_kind);

}  // namespace bursary::audit
