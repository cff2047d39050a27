#include <doctest/doctest.h>

#include "features/forms/fields/field.h"
#include "features/forms/test_form.h"

namespace bursary::forms {

TEST_CASE("links in a long text are recognised for reading, and the pieces are the text") {
  Answers answers;
  const std::string text = "See https://example.org/a(1), and HTTP://x. Also (http://example.com/b?c=d).\nEnd.";
  answers.set("description", text);
  const Definition form = test_form();
  std::string whole;
  std::vector<std::string> links;
  for (const Shown& piece : long_text_field().shown(form, *form.find("description"), answers, "en")) {
    whole += piece.text;
    if (!piece.href.empty()) links.push_back(piece.href);
  }
  CHECK(whole == text);
  CHECK(links == std::vector<std::string>{"https://example.org/a(1)", "http://example.com/b?c=d"});
}

TEST_CASE("both ends of a word limit are told and checked") {
  Definition form = test_form();
  Question question = *form.find("description");
  question.limits.min_words = 3;
  Answers answers;
  answers.set("description", std::string("too short"));
  CHECK(long_text_field().check(form, question, answers) ==
        Phrase("forms.problem.too_few_words", {{"limit", "3"}, {"n", "2"}}));
  CHECK(long_text_field().told_limit(question) == Phrase("forms.limit.words_between", {{"least", "3"}, {"n", "20"}}));
}

}  // namespace bursary::forms
