#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "features/forms/test_form.h"

namespace bursary::forms {
namespace {

boost::json::object rules_in(std::string_view locale, const html::Phrasebook& phrases) {
  return boost::json::parse(client_rules(test_form(), locale, phrases)).as_object();
}

boost::json::object rule(const boost::json::object& rules, std::string_view key) {
  for (const auto& question : rules.at("questions").as_array()) {
    if (question.at("key").as_string() == key) return question.as_object();
  }
  return {};
}

}  // namespace

TEST_CASE("the browser's rules are those of the definition, in its words") {
  const auto rules = rules_in("en", english());
  CHECK(rules.at("lang") == "en");
  CHECK(rules.at("questions").as_array().size() == 18);
  CHECK(
      boost::json::serialize(rule(rules, "first_name")) ==
      R"({"key":"first_name","kind":"text","name":"First name","missing":"Enter your first name","required":true,"characters":40,"line":true})");
  CHECK(
      boost::json::serialize(rule(rules, "areas")) ==
      R"({"key":"areas","kind":"choices","name":"Research areas","missing":"Choose at least one research area","required":true,"choices":2})");
  CHECK(boost::json::serialize(rule(rules, "stage_other").at("required_when")) ==
        R"({"question":"stage","values":["staff"]})");
  CHECK(boost::json::serialize(rule(rules, "models_why").at("shown_when")) == R"({"question":"models"})");
  CHECK(rule(rules, "description").at("words") == 20);
  CHECK(rule(rules, "cv").at("endings") == ".pdf,.docx");
  CHECK(rule(rules, "start").at("latest") == "2027-12-31");
  CHECK_FALSE(rule(rules, "country").contains("blocks"));
  CHECK(rules.at("say").at("too_many_words") == "{name} must be {limit} words or fewer; you have written {n}");
  CHECK(rules.at("say").at("title") == "Error: ");
}

TEST_CASE("the browser says it in the page's language") {
  const auto rules = rules_in("es", spanish());
  CHECK(rule(rules, "first_name").at("missing") == "Escriba su nombre");
  CHECK(rules.at("say").at("summary") == "Hay un problema");
  CHECK(rules.at("count").at("words_over") == "{n} de {limit} palabras: sobran {over}");
}

}  // namespace bursary::forms
