// Rows of the chain as values, for this folder alone.
#pragma once
#include "features/audit/chain.h"

namespace bursary::audit {

// id, application_id, kind, actor_kind, actor_id, at, detail, from column `first` on.
StoredEvent event_of(const db::Row& row, std::size_t first);
// Nothing for what is no hash.
std::optional<Sha256> hash_of(std::string_view bytes);

}  // namespace bursary::audit
