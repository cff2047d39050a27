#include "db/row.h"

#include <fmt/format.h>

#include <stdexcept>

namespace bursary::db {
namespace {

constexpr std::string_view kKinds[] = {"null", "an integer", "a real", "text"};

template <class T>
const T& as(const Cell& cell, std::size_t column, std::string_view wanted) {
  if (const T* value = std::get_if<T>(&cell)) return *value;
  throw std::logic_error(fmt::format("column {} holds {}, not {}", column, kKinds[cell.index()], wanted));
}

}  // namespace

const Cell& Row::cell(std::size_t column) const {
  if (column >= count_ || first_ + column >= block_->size()) {
    throw std::logic_error(fmt::format("column {} of a row of {}", column, count_));
  }
  return (*block_)[first_ + column];
}

bool Row::is_null(std::size_t column) const { return std::holds_alternative<Null>(cell(column)); }

std::int64_t Row::integer(std::size_t column) const { return as<std::int64_t>(cell(column), column, "an integer"); }

double Row::real(std::size_t column) const {
  const Cell& value = cell(column);
  // SQLite keeps a whole number in a real column as it came.
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  return as<double>(value, column, "a real");
}

const std::string& Row::text(std::size_t column) const { return as<std::string>(cell(column), column, "text"); }

std::optional<std::int64_t> Row::maybe_integer(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<Instant> Row::maybe_instant(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return instant(column);
}

std::string Row::text_or_empty(std::size_t column) const { return is_null(column) ? std::string{} : text(column); }

}  // namespace bursary::db
