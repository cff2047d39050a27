// docs/schema.md says of every table and column what it is for. Here it is held against the live schema.
#include <doctest/doctest.h>

#include <fstream>
#include <map>

#include "db/database.h"
#include "tests/support/databases.h"

using namespace bursary;
using namespace bursary::db;

namespace {

using Schema =
    std::map<std::string, std::map<std::string, std::string>>;  // table → column → kind, "?" when null may be

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> out;
  std::size_t from = 1;
  for (std::size_t to = line.find('|', from); to != std::string::npos; to = line.find('|', from)) {
    const std::string cell = line.substr(from, to - from);
    const auto first = cell.find_first_not_of(' ');
    out.push_back(first == std::string::npos ? "" : cell.substr(first, cell.find_last_not_of(' ') - first + 1));
    from = to + 1;
  }
  return out;
}

// The tables of the page that concern one database.
Schema documented(Dialect dialect) {
  const std::string only = dialect == Dialect::sqlite ? " (SQLite)" : " (PostgreSQL)";
  const std::string other = dialect == Dialect::sqlite ? " (PostgreSQL)" : " (SQLite)";
  std::ifstream page(BURSARY_SOURCE_DIR "/docs/schema.md");
  REQUIRE(page.good());
  Schema schema;
  std::string table;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) {
      table = line.substr(3);
      if (table.ends_with(other)) table.clear();
      if (table.ends_with(only)) table.resize(table.size() - only.size());
      if (!table.empty()) schema[table];
    } else if (!table.empty() && line.starts_with("| ") && !line.starts_with("| column ")) {
      const auto parts = cells(line);
      REQUIRE_MESSAGE(parts.size() == 4, line);
      CHECK_MESSAGE((parts[3] == "-" || parts[3] == "personal" || parts[3] == "secret"), line);
      CHECK_MESSAGE(schema[table].emplace(parts[0], parts[1]).second, line);
    }
  }
  return schema;
}

std::string kind_of(const std::string& type) {
  if (type == "integer") return "id";  // SQLite writes ids so; on PostgreSQL they are told by the page
  if (type == "bigint") return "integer";
  if (type == "smallint") return "code";
  if (type == "blob" || type == "bytea") return "bytes";
  return type.empty() ? "any" : type;
}

Schema live(Database& database) {
  const std::string_view text =
      database.dialect() == Dialect::sqlite
          ? std::string_view(
                "select t.name, c.name, lower(c.type), c.\"notnull\" from pragma_table_list t "
                "join pragma_table_info(t.name) c where t.schema = 'main' "
                "and t.type in ('table', 'virtual') and t.name not like 'sqlite%'")
          : std::string_view(
                "select c.table_name::text, c.column_name::text, c.data_type::text, "
                "case c.is_nullable when 'NO' then 1 else 0 end from information_schema.columns c "
                "where c.table_schema = current_schema()");
  Schema schema;
  database.read([&](Tx& tx) {
    for (const Row row : tx.query_composed(text, {})) {
      const std::string kind = kind_of(row.text(2));
      const bool maybe_null = row.integer(3) == 0 && kind != "any";
      schema[row.text(0)][row.text(1)] = kind + (maybe_null ? "?" : "");
    }
    return 0;
  });
  return schema;
}

// PostgreSQL cannot tell an id from another bigint.
std::string comparable(std::string kind, Dialect dialect) {
  if (dialect == Dialect::postgres && kind.starts_with("id")) kind.replace(0, 2, "integer");
  return kind;
}

}  // namespace

TEST_CASE("docs/schema.md names every table and column, with its kind, and no other") {
  testing::for_each_database([](Database& database) {
    const Dialect dialect = database.dialect();
    const Schema page = documented(dialect);
    const Schema real = live(database);
    REQUIRE(real.contains("application"));
    for (const auto& [table, columns] : real) {
      REQUIRE_MESSAGE(page.contains(table), "docs/schema.md lacks table " << table);
      for (const auto& [column, kind] : columns) {
        REQUIRE_MESSAGE(page.at(table).contains(column), "docs/schema.md lacks " << table << "." << column);
        CHECK_MESSAGE(comparable(page.at(table).at(column), dialect) == kind, table << "." << column);
      }
    }
    for (const auto& [table, columns] : page) {
      REQUIRE_MESSAGE(real.contains(table), "docs/schema.md has a table that is not: " << table);
      for (const auto& [column, kind] : columns) {
        CHECK_MESSAGE(real.at(table).contains(column),
                      "docs/schema.md has a column that is not: " << table << "." << column);
      }
    }
  });
}
