#include <doctest/doctest.h>

#include "features/forms/test_form.h"

namespace bursary::forms {

TEST_CASE("a whole post becomes answers, in the form's own order of options") {
  const Taken taken = take_fields({{"_token", "t"},
                                   {"first_name", "  Ada\u00A0"},
                                   {"areas", "other"},
                                   {"areas", "alignment"},
                                   {"areas", "alignment"},
                                   {"country", "KE"},
                                   {"description", "one\r\ntwo\rthree\n"},
                                   {"stage", "staff"},
                                   {"policy", "0123456789ab"},
                                   {"budget", ""}});
  CHECK(taken.problems.empty());
  CHECK(taken.answers.text("first_name") == "Ada");
  CHECK(taken.answers.choices("areas") == std::vector<std::string>{"alignment", "other"});
  CHECK(taken.answers.text("country") == "KE");
  CHECK(taken.answers.text("description") == "one\ntwo\nthree");
  CHECK(taken.answers.text("stage") == "staff");
  CHECK(taken.answers.text("policy") == "0123456789ab");
  CHECK_FALSE(taken.answers.answered("budget"));
  CHECK(taken.answers.all().size() == 6);
}

TEST_CASE("what a post leaves out is unanswered, whatever was kept; files stay") {
  Answers kept = good_answers();
  kept.set("cv", std::vector<FileAnswer>{{"f1", "cv.pdf", "application/pdf", 9, "00"}});
  const Taken taken = take_fields({{"first_name", "Ada"}}, kept);
  CHECK(taken.answers.all().size() == 2);
  CHECK(taken.answers.files("cv").size() == 1);
  const Taken removed = take_fields({{"_remove_cv", "f1"}}, kept);
  CHECK(removed.answers.all().empty());
  const Taken other = take_fields({{"_remove_cv", "f2"}}, kept);
  CHECK(other.answers.files("cv").size() == 1);
}

TEST_CASE("hidden questions' answers are taken: a draft keeps them") {
  const Taken taken = take_fields({{"models_why", "because"}});
  CHECK(taken.answers.text("models_why") == "because");
}

TEST_CASE("uploads go to their question, empty ones are nothing, too many are refused") {
  const Definition form = test_form();
  web::FormData post;
  post.files = {{"cv", "", "", ""}, {"cv", "cv.pdf", "application/pdf", "%PDF"}};
  const Taken taken = take_answers(form, post, {});
  REQUIRE(taken.uploads.size() == 1);
  CHECK(taken.uploads[0].first == "cv");
  CHECK(taken.uploads[0].second.name == "cv.pdf");
  CHECK(taken.problems.empty());

  Answers kept;
  kept.set("cv", std::vector<FileAnswer>{{"f1", "old.pdf", "application/pdf", 9, "00"}});
  const Taken full = take_answers(form, post, kept);
  CHECK(full.uploads.empty());
  REQUIRE(full.problems.size() == 1);
  CHECK(full.problems[0] == FieldError{"cv", {"forms.problem.too_many_files", {{"n", "1"}}}});

  post.fields = {{"_remove_cv", "f1"}};
  const Taken replaced = take_answers(form, post, kept);
  CHECK(replaced.uploads.size() == 1);
  CHECK(replaced.problems.empty());
}

}  // namespace bursary::forms
