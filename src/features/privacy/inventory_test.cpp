#include "features/privacy/inventory.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace bursary::privacy;

namespace {

// An id names a row, and a name that ends in "at" says when: they say by themselves what they are for.
bool says_itself(const Column& column) {
  return column.kind.starts_with("id") || column.name == "at" || column.name.ends_with("_at");
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

TEST_CASE("every column has a purpose, a class and a word for how long it is kept") {
  CHECK(inventory().size() > 100);
  for (const Column& column : inventory()) {
    CAPTURE(column.table);
    CAPTURE(column.name);
    CHECK_MESSAGE((!column.purpose.empty() || says_itself(column)), "docs/schema.md does not say what it holds");
    CHECK_MESSAGE(one_of(column.data_class, {"-", "personal", "secret"}), "docs/schema.md gives no class");
    CHECK_MESSAGE(one_of(column.kept, {"ever", "application", "person", "short"}),
                  "docs/schema.md needs a line \"Kept: …\" under the table's name");
    if (column.data_class != "-")
      CHECK_MESSAGE(column.kept != "ever", "what is personal or secret is not kept for ever");
  }
}
