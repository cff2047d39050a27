// Values that go into a statement and rows that come out. Five kinds on both databases: null, integer (64 bit),
// real, text (UTF-8 without NUL), bytes. Instants are integers (microseconds), booleans are 0 and 1.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/instant.h"

namespace bursary::db {

struct Null {
  bool operator==(const Null&) const = default;
};
struct BytesView {
  std::string_view bytes;
  bool operator==(const BytesView&) const = default;
};
// A value on its way in points at what the caller holds for the length of the call.
using Value = std::variant<Null, std::int64_t, double, std::string_view, BytesView>;

inline Value to_value(Null) { return Null{}; }
inline Value to_value(const Value& value) { return value; }
inline Value to_value(BytesView bytes) { return bytes; }
inline Value to_value(double number) { return number; }
inline Value to_value(std::string_view text) { return text; }
inline Value to_value(const std::string& text) { return std::string_view(text); }
inline Value to_value(const char* text) { return std::string_view(text); }
inline Value to_value(Instant at) { return at.micros; }
template <class T>
  requires std::is_integral_v<T>
Value to_value(T number) {
  return static_cast<std::int64_t>(number);
}
template <class T>
  requires std::is_enum_v<T>
Value to_value(T code) {
  return static_cast<std::int64_t>(code);
}
template <class Tag>
Value to_value(const Id<Tag>& id) {
  return id.value;
}
template <class T>
Value to_value(const std::optional<T>& maybe) {
  return maybe ? to_value(*maybe) : Value{Null{}};
}

// A value on its way out owns what it holds.
using Cell = std::variant<Null, std::int64_t, double, std::string>;

// One row; columns by position as the statement lists them. A kind that does not fit throws std::logic_error:
// the statement and its reader disagree.
class Row {
 public:
  Row(std::shared_ptr<const std::vector<Cell>> block, std::size_t first, std::size_t count)
      : block_(std::move(block)), first_(first), count_(count) {}
  bool is_null(std::size_t column) const;
  std::int64_t integer(std::size_t column) const;
  double real(std::size_t column) const;
  const std::string& text(std::size_t column) const;  // also for bytes
  const std::string& bytes(std::size_t column) const { return text(column); }
  bool boolean(std::size_t column) const { return integer(column) != 0; }
  Instant instant(std::size_t column) const { return {integer(column)}; }
  std::optional<std::int64_t> maybe_integer(std::size_t column) const;
  std::optional<Instant> maybe_instant(std::size_t column) const;
  std::string text_or_empty(std::size_t column) const;
  template <class IdType>
  IdType id(std::size_t column) const {
    return IdType{integer(column)};
  }
  std::size_t size() const { return count_; }

 private:
  const Cell& cell(std::size_t column) const;  // throws std::logic_error past the last column

  std::shared_ptr<const std::vector<Cell>> block_;
  std::size_t first_;
  std::size_t count_;
};

// All rows of one answer in one block, which each Row shares: a Row may outlive its Rows.
class Rows {
 public:
  Rows() : Rows({}, 0) {}
  Rows(std::vector<Cell> cells, std::size_t columns)
      : block_(std::make_shared<const std::vector<Cell>>(std::move(cells))), columns_(columns) {}
  std::size_t size() const { return columns_ == 0 ? 0 : block_->size() / columns_; }
  bool empty() const { return block_->empty(); }
  Row at(std::size_t row) const { return {block_, row * columns_, columns_}; }

  class Iterator {
   public:
    Iterator(const Rows* rows, std::size_t row) : rows_(rows), row_(row) {}
    Row operator*() const { return rows_->at(row_); }
    Iterator& operator++() {
      ++row_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return row_ != other.row_; }

   private:
    const Rows* rows_;
    std::size_t row_;
  };
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

 private:
  std::shared_ptr<const std::vector<Cell>> block_;
  std::size_t columns_;
};

}  // namespace bursary::db
