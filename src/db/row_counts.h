// How many rows each table holds: what a backup's manifest says and a restore checks.
#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "db/database.h"

namespace bursary::db {

// Every table of ours, the full text's own included; one snapshot. Reads each table whole: for backups, never for
// pages.
std::map<std::string, std::int64_t> row_counts(Database& database);

}  // namespace bursary::db
