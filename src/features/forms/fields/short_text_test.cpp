#include <doctest/doctest.h>

#include "features/forms/test_form.h"

namespace bursary::forms {

TEST_CASE("a name is any letters, apostrophes, hyphens and digits") {
  for (const char* name : {"Ada", "O'Brien", "O’Brien", "Anne-Marie", "Nguyễn", "Øystein", "李", "ሰላም", "محمد", "J",
                           "Renée 3", "X Æ A-12", "María José", "ʻOkina", "İpek", "עדה", "Anna\u0301"}) {
    CAPTURE(name);
    CHECK(problem_with("first_name", std::string(name)).empty());
  }
}

TEST_CASE("characters are counted as a reader does") {
  std::string flags;
  for (int i = 0; i < 40; ++i) flags += "👩‍🔬";  // 40 characters, 440 bytes
  CHECK(problem_with("first_name", flags).empty());
  CHECK(problem_with("first_name", flags + "a") ==
        Phrase("forms.problem.too_many_characters", {{"limit", "40"}, {"n", "41"}}));
}

}  // namespace bursary::forms
