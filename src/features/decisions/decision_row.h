// Reads the columns that the statements of decision.sql list. Private.
#pragma once
#include <optional>

#include "features/decisions/decisions.h"

namespace bursary::decisions {

Decision decision_of(const db::Row& row);
std::optional<Decision> find_decision(db::Tx& tx, DecisionId id);

}  // namespace bursary::decisions
