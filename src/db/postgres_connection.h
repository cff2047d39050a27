// One connection in libpq's pipeline mode: statements are queued and travel together; their answers are read where
// one is needed. One thread at a time.
#pragma once
#include <libpq-fe.h>

#include <deque>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "db/postgres_error.h"
#include "db/row.h"

namespace bursary::db {

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ClearResult>;

class PostgresConnection {
 public:
  // Throws ConnectionLost when the server cannot be reached, DatabaseBroken when it is none that we can use.
  explicit PostgresConnection(const std::string& url);

  // Queues a statement. With a name it is prepared once on this connection and found again by that name; without, it
  // is planned for these values each time, which suits statements that were composed from a search.
  void queue(std::string_view name, std::string_view text, const Value* values, std::size_t count);
  // A name for a composed statement that is prepared as named ones are; the last kComposedKept stay.
  std::string_view keep(std::string_view text);
  // A literal without arguments.
  void queue(std::string_view text) { queue(text, text, nullptr, 0); }

  // Sends what is queued and waits for all of it.
  struct Settled {
    PostgresResult last;             // of the statement queued last
    std::optional<Refusal> refused;  // the first that went wrong; what was queued after it did not run
  };
  // Throws ConnectionLost.
  Settled settle();
  // Ends the transaction without waiting for the answer, which interests nobody. False: drop this connection.
  bool roll_back();
  // Several statements at once, in the open transaction; waits.
  std::optional<Refusal> script(std::string_view statements);
  std::optional<Refusal> prepare_only(std::string_view statement);

  // Whether the server still listens, as far as can be told without asking it.
  bool alive();

 private:
  struct Close {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  // An answer that is still to come.
  struct Expected {
    enum class Kind { prepare, statement, sync };
    Kind kind;
    std::string_view name;  // of the prepared statement; what it is called in messages
    std::size_t owner;      // settle() number: what an earlier one sent off is read, not judged
  };

  void configure();
  void require(int sent) const;
  void sync();
  void read_answers(Settled& settled);
  void read_answer(const Expected& expected, Settled& settled);
  bool readable() const;
  PostgresResult next_result();
  void forget_last();
  const std::string& prepared_name(std::string_view name, std::string_view text);
  [[noreturn]] void lost() const;

  std::unique_ptr<PGconn, Close> connection_;
  std::deque<Expected> expected_;
  std::size_t turn_ = 0;
  struct Prepared {
    std::string server_name;
    std::string text;
  };
  std::unordered_map<std::string_view, Prepared> prepared_;  // keys: names in Query, which never go, and composed_
  std::size_t names_given_ = 0;
  std::list<std::string> composed_;  // texts, and names, of those that are kept: the last used first
};

}  // namespace bursary::db
