// Recomputes the ledger from its rows (docs/formats/ledger.md, "What always holds").
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "db/database.h"

namespace bursary::ledger {

struct Verification {
  std::int64_t accounts = 0, transfers = 0, open = 0, limits = 0, doubts = 0;
  // A sentence without its full stop; absent: all holds.
  std::optional<std::string> problem;
};
// In one snapshot, beside whoever serves. Reads every transfer: on SQLite the log of what is written meanwhile cannot
// be shortened until it is done.
Verification verify(db::Database& database);
Verification verify(db::Tx& tx);

}  // namespace bursary::ledger
