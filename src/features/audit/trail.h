// Reading the events: who did what, newest first, for whoever may see it. Pages and routes are beside it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "db/database.h"
#include "features/audit/chain.h"
#include "features/programs/programs.h"
#include "web/router.h"

namespace bursary::api {
struct Parts;
}

namespace bursary::audit {

struct Parts {
  db::Database& database;
  const Clock& clock;
  IdSource& ids;
  programs::Programs& programs;
};

struct TrailFilter {
  std::string kind = {};                         // empty: any
  std::optional<std::int64_t> person = {};       // who did it
  std::optional<std::int64_t> application = {};  // what it was done to
  std::optional<Instant> from = {}, until = {};  // from <= at < until
};
struct TrailRow {
  StoredEvent event;
  std::string reference;             // of its application; empty: none, or a draft
  std::string person;                // the actor's name; empty: nobody, or somebody who told none
  std::optional<std::int64_t> seal;  // its number in the chain; nothing while it waits
};
// At most `limit` events with an id below `before`, newest first.
std::vector<TrailRow> read_trail(db::Tx& tx, const TrailFilter& filter, std::int64_t before, std::size_t limit);

// GET /staff/audit, /staff/audit/export. `parts` outlives the router.
void add_routes(web::Router& router, const Parts& parts);
// /api/v1/audit/….
void add_api_routes(web::Router& router, const Parts& parts, const api::Parts& api);

}  // namespace bursary::audit
