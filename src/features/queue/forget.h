// What the index job made of an application, taken back. Public: queue.h lists it.
#pragma once
#include "features/applications/applications.h"
#include "features/queue/queue.h"

namespace bursary::queue {

// Erasing takes turns with the index job: hold this before a row is touched.
inline constexpr std::int64_t kErasureTurn = 0x65726173;  // "eras"
// Grows with each erasure.
std::int64_t erasures_so_far(db::Tx& tx);

// Full text, waiting row and bands of all that was ever submitted. While the submissions are still there.
void forget_document(db::Tx& tx, applications::FormVersions& versions, applications::ApplicationId id,
                     std::int64_t queue_id);

// SQLite's full text keeps the words of deleted rows until its parts are merged; this merges them all, a short write at
// a time. One process does it at a time.
class TextPurge {
 public:
  explicit TextPurge(db::Database& database) : database_(database) {}
  // True: there is more to do.
  bool step();

 private:
  db::Database& database_;
  bool begun_ = false;
};

}  // namespace bursary::queue
