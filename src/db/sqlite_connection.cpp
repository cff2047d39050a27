#include "db/sqlite_connection.h"

#include <fmt/format.h>

#include <algorithm>

#include "db/sqlite_values.h"

namespace bursary::db {
namespace {

constexpr std::size_t kComposedKept = 64;
// "BURS": what `file` and we know our files by.
constexpr int kApplicationId = 0x42555253;

int open_flags(SqliteRole role) {
  const int sharing = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_READWRITE;
  return role == SqliteRole::writer ? sharing | SQLITE_OPEN_CREATE : sharing;
}

// "UNIQUE constraint failed: application.reference" names the table.
std::string table_in(std::string_view message) {
  const auto colon = message.find(": ");
  if (colon == std::string_view::npos) return {};
  message.remove_prefix(colon + 2);
  const auto dot = message.find('.');
  return dot == std::string_view::npos ? std::string{} : std::string(message.substr(0, dot));
}

ConstraintViolated::Kind constraint_kind(int extended) {
  using Kind = ConstraintViolated::Kind;
  switch (extended) {
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return Kind::foreign_key;
    case SQLITE_CONSTRAINT_NOTNULL:
      return Kind::not_null;
    case SQLITE_CONSTRAINT_CHECK:
      return Kind::check;
    default:
      return Kind::unique;
  }
}

bool is_breakage(int code) {
  switch (code & 0xFF) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CORRUPT:
    case SQLITE_CANTOPEN:
    case SQLITE_NOTADB:
    case SQLITE_NOMEM:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
    case SQLITE_INTERRUPT:
    case SQLITE_PERM:
    case SQLITE_NOLFS:
      return true;
    default:
      return false;
  }
}

// Puts a statement back so that it holds neither its snapshot nor views of the caller's bytes.
struct Rewind {
  sqlite3_stmt* statement;
  ~Rewind() {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
  }
};

}  // namespace

SqliteConnection::SqliteConnection(const std::string& path, SqliteRole role) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, open_flags(role), nullptr);
  handle_.reset(raw);
  if (code != SQLITE_OK) refuse(code, "open " + path);
  sqlite3_extended_result_codes(raw, 1);
  configure(role);
}

void SqliteConnection::configure(SqliteRole role) {
  sqlite3* db = handle_.get();
  sqlite3_busy_timeout(db, 5000);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  const auto number = [&](std::string_view pragma) { return fetch({}, pragma, nullptr, 0).at(0).integer(0); };
  if (number("pragma page_count") == 0) {
    if (role != SqliteRole::writer) throw DatabaseBroken("the database file is empty");
    // Page size can only be chosen now: two 3 KB answers lie in one page without an overflow.
    script(fmt::format("pragma page_size = 8192; pragma application_id = {};", kApplicationId));
  } else if (number("pragma application_id") != kApplicationId) {
    throw DatabaseBroken("the file is an SQLite database, but not one of Bursary's");
  }
  script(
      "pragma journal_mode = wal; pragma foreign_keys = on; pragma temp_store = memory;"
      "pragma trusted_schema = off; pragma wal_autocheckpoint = 0;"
      // As in PostgreSQL.
      "pragma case_sensitive_like = on;");
  if (number("pragma foreign_keys") != 1) throw DatabaseBroken("this SQLite was built without foreign keys");
  switch (role) {
    case SqliteRole::writer:
      // What is erased must not stay readable in free pages.
      script("pragma synchronous = full; pragma cache_size = -32768; pragma secure_delete = on;");
      break;
    case SqliteRole::reader:
      script("pragma query_only = on; pragma cache_size = -8192;");
      break;
    case SqliteRole::keeper:
      script("pragma synchronous = full; pragma cache_size = -1024;");
      break;
  }
}

void SqliteConnection::refuse(int code, std::string_view doing) const {
  const std::string said = handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
  const std::string message = fmt::format("SQLite, {}: {} ({})", doing, said, code);
  if ((code & 0xFF) == SQLITE_CONSTRAINT) throw ConstraintViolated(constraint_kind(code), table_in(said), message);
  if (is_breakage(code)) throw DatabaseBroken(message);
  throw std::logic_error(message);
}

SqliteConnection::Compiled SqliteConnection::compile(std::string_view text, unsigned flags) {
  sqlite3_stmt* raw = nullptr;
  const char* tail = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), text.data(), static_cast<int>(text.size()), flags, &raw, &tail);
  Compiled compiled(raw);
  if (code != SQLITE_OK) refuse(code, text);
  if (!compiled) throw std::logic_error("SQLite, an empty statement");
  const std::string_view rest(tail, static_cast<std::size_t>(text.data() + text.size() - tail));
  if (rest.find_first_not_of(" \t\r\n;") != std::string_view::npos) {
    throw std::logic_error(fmt::format("SQLite, more than one statement in: {}", text));
  }
  return compiled;
}

sqlite3_stmt* SqliteConnection::prepared(std::string_view name, std::string_view text) {
  if (name.empty()) return prepared_composed(text);
  auto [found, fresh] = named_.try_emplace(name);
  Prepared& kept = found->second;
  if (!kept.compiled || kept.text != text) {
    kept.compiled = compile(text, SQLITE_PREPARE_PERSISTENT);
    kept.text = text;
  }
  return kept.compiled.get();
}

sqlite3_stmt* SqliteConnection::prepared_composed(std::string_view text) {
  const auto found =
      std::find_if(composed_.begin(), composed_.end(), [&](const Prepared& p) { return p.text == text; });
  if (found != composed_.end()) {
    composed_.splice(composed_.begin(), composed_, found);
  } else {
    composed_.push_front({std::string(text), compile(text, 0)});
    if (composed_.size() > kComposedKept) composed_.pop_back();
  }
  return composed_.front().compiled.get();
}

std::int64_t SqliteConnection::run(std::string_view name, std::string_view text, const Value* values,
                                   std::size_t count) {
  sqlite3_stmt* statement = prepared(name, text);
  const Rewind rewind{statement};
  bind_values(statement, values, count);
  int code = sqlite3_step(statement);
  while (code == SQLITE_ROW) code = sqlite3_step(statement);
  if (code != SQLITE_DONE) refuse(code, name.empty() ? text : name);
  return sqlite3_stmt_readonly(statement) != 0 ? 0 : sqlite3_changes64(handle_.get());
}

Rows SqliteConnection::fetch(std::string_view name, std::string_view text, const Value* values, std::size_t count) {
  sqlite3_stmt* statement = prepared(name, text);
  const Rewind rewind{statement};
  bind_values(statement, values, count);
  const int columns = sqlite3_column_count(statement);
  std::vector<Cell> cells;
  int code = sqlite3_step(statement);
  for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
    for (int column = 0; column < columns; ++column) cells.push_back(read_cell(statement, column));
  }
  if (code != SQLITE_DONE) refuse(code, name.empty() ? text : name);
  return {std::move(cells), static_cast<std::size_t>(columns)};
}

void SqliteConnection::script(std::string_view statements) {
  const std::string text(statements);
  const int code = sqlite3_exec(handle_.get(), text.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) refuse(code, text);
}

bool SqliteConnection::writes(std::string_view name, std::string_view text) {
  return sqlite3_stmt_readonly(prepared(name, text)) == 0;
}

std::optional<std::string> SqliteConnection::problem_with(std::string_view statement) {
  try {
    compile(statement, 0);
    return std::nullopt;
  } catch (const std::logic_error& problem) {
    return problem.what();
  }
}

}  // namespace bursary::db
