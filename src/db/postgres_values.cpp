#include "db/postgres_values.h"

#include <fmt/format.h>

#include <bit>
#include <stdexcept>

#include "db/statement_text.h"

namespace bursary::db {
namespace {

// From the server's catalogue (pg_type); these numbers never change.
enum Type : Oid {
  kBool = 16,
  kBytea = 17,
  kName = 19,
  kInt8 = 20,
  kInt2 = 21,
  kInt4 = 23,
  kText = 25,
  kOid = 26,
  kJson = 114,
  kFloat4 = 700,
  kFloat8 = 701,
  kUnknown = 705,
  kBpchar = 1042,
  kVarchar = 1043,
  kVoid = 2278,
};

// Big-endian.
std::uint64_t number_at(const char* bytes, int length) {
  std::uint64_t value = 0;
  for (int i = 0; i < length; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

Cell read_cell(Oid type, const char* bytes, int length) {
  switch (type) {
    case kBool:
      return std::int64_t{bytes[0] != 0};
    case kInt2:
      return std::int64_t{static_cast<std::int16_t>(number_at(bytes, 2))};
    case kInt4:
      return std::int64_t{static_cast<std::int32_t>(number_at(bytes, 4))};
    case kInt8:
      return static_cast<std::int64_t>(number_at(bytes, 8));
    case kOid:
      return static_cast<std::int64_t>(number_at(bytes, 4));
    case kFloat4:
      return double{std::bit_cast<float>(static_cast<std::uint32_t>(number_at(bytes, 4)))};
    case kFloat8:
      return std::bit_cast<double>(number_at(bytes, 8));
    case kVoid:
      return Null{};
    case kText:
    case kVarchar:
    case kBpchar:
    case kName:
    case kUnknown:
    case kJson:
    case kBytea:
      return std::string(bytes, static_cast<std::size_t>(length));
    default:
      throw std::logic_error(fmt::format("a column of PostgreSQL type {}: cast it to one of ours", type));
  }
}

}  // namespace

PostgresParameters::PostgresParameters(const Value* values, std::size_t count) {
  pointers_.reserve(count);
  lengths_.reserve(count);
  formats_.reserve(count);
  texts_.reserve(count);  // so that none of them moves
  const auto add = [&](const char* pointer, std::size_t length, int format) {
    pointers_.push_back(pointer);
    lengths_.push_back(static_cast<int>(length));
    formats_.push_back(format);
  };
  const auto add_text = [&](std::string text) {
    texts_.push_back(std::move(text));
    add(texts_.back().c_str(), texts_.back().size(), 0);
  };
  for (std::size_t i = 0; i < count; ++i) {
    if (const auto* number = std::get_if<std::int64_t>(&values[i])) {
      add_text(fmt::format_int(*number).str());
    } else if (const auto* real = std::get_if<double>(&values[i])) {
      add_text(fmt::format("{:.17g}", *real));
    } else if (const auto* text = std::get_if<std::string_view>(&values[i])) {
      check_text(*text);
      add_text(std::string(*text));
    } else if (const auto* view = std::get_if<BytesView>(&values[i])) {
      add(view->bytes.empty() ? "" : view->bytes.data(), view->bytes.size(), 1);
    } else {
      add(nullptr, 0, 0);
    }
  }
}

Rows read_rows(const PGresult* result) {
  const int columns = PQnfields(result);
  const int rows = PQntuples(result);
  std::vector<Cell> cells;
  cells.reserve(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      if (PQgetisnull(result, row, column) != 0) {
        cells.emplace_back(Null{});
      } else {
        cells.push_back(
            read_cell(PQftype(result, column), PQgetvalue(result, row, column), PQgetlength(result, row, column)));
      }
    }
  }
  return {std::move(cells), static_cast<std::size_t>(columns)};
}

}  // namespace bursary::db
