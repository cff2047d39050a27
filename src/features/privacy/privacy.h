// What a person may ask of us: everything that we hold about them, and that it be erased. What is personal is told by
// docs/schema.md, which is held against the live schema; docs/privacy.md says what goes, what stays and why. Lists as
// public: features/privacy/inventory.h, features/privacy/export.h.
//
// Invariants
//   - An erased application keeps its row with its state, its dates and its events, and nothing that names or describes
//     anybody; it is in no list and opens by no link. An erased person keeps an empty row, which their events lead to.
//   - An erasure is a row of its own, by id: a database from before is told it again (apply_erasures).
//   - Erasing twice is the same as once.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/applications/applications.h"
#include "features/audit/audit.h"
#include "features/queue/forget.h"
#include "features/queue/queue.h"
#include "web/router.h"

namespace bursary::privacy {

struct Parts {
  db::Database& database;
  const Clock& clock;
  IdSource& ids;
  programs::Programs& programs;
  applications::FormVersions& form_versions;
  std::string node_name;  // names this process in leases
};

// The codes are stored: never renumber.
enum class Why : std::int16_t { asked = 0, staff = 1, retention = 2, restored = 3 };
std::string_view to_string(Why why);
enum class Subject : std::int16_t { application = 0, person = 1 };

// Who or what is meant: one application by its reference, or everything of who holds an address.
struct Target {
  std::string email;  // in lower case; empty: one application alone
  std::optional<web::PersonId> person;
  bool works_here = false;  // has a role: cannot be erased before it is taken
  struct Application {
    applications::ApplicationId id;
    applications::State state{};
    std::string reference;  // empty: a draft
  };
  std::vector<Application> applications;  // drafts too, newest first
  bool empty() const { return !person && applications.empty(); }
};
Target find_target(db::Tx& tx, std::string_view email_or_reference);
// Of a person who is logged in: by each of their addresses.
Target find_target(db::Tx& tx, web::PersonId person, const std::vector<std::string>& emails);

struct Erased {
  int applications = 0, people = 0;
};
// One write for each application, one for the person. Open applications are withdrawn first. Error{conflict} where the
// person works here; Error{not_found} for an empty target.
Result<Erased> erase(const Parts& parts, const Target& target, Why why, const audit::By& by);

// That somebody's data were given out, to themselves or (by the operator) for them.
Result<void> tell_exported(const Parts& parts, const Target& target, const audit::By& by);

// Erasures as they are kept: to be told to another copy of the database.
struct Erasure {
  Subject subject{};
  std::int64_t id = 0;
  Instant erased_at;
  bool operator==(const Erasure&) const = default;
};
std::vector<Erasure> erasures(db::Tx& tx);
// What is there and was not erased here yet is; the rest is remembered all the same.
Result<Erased> apply_erasures(const Parts& parts, const std::vector<Erasure>& list);

// Erases what the program's retention says; looks again after what was erased within the last hour, for what came in
// beside it; and lets the full text lose the words of what is gone (queue::TextPurge). One node at a time by lease.
class RetentionJob {
 public:
  explicit RetentionJob(const Parts& parts) : parts_(parts), purge_(parts.database) {}
  // At most `limit` applications; how many were erased.
  int run_once(int limit);
  // One short write of the purge; false: nothing to purge.
  bool purge_once();
  // A turn for a server that others use: how long to rest before the next one. One thread.
  std::chrono::milliseconds step();

 private:
  bool hold_lease();

  const Parts& parts_;
  queue::TextPurge purge_;
  std::int64_t purging_ = 0;  // the erasures that the purge under way is for; 0: none
  Instant last_run_;
};

// /my/data, /staff/privacy. `parts` outlives the router.
void add_routes(web::Router& router, const Parts& parts);

}  // namespace bursary::privacy
