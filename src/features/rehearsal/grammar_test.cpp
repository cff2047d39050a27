#include "features/rehearsal/grammar.h"

#include <doctest/doctest.h>

#include <set>
#include <stdexcept>

using namespace bursary;
using namespace bursary::rehearsal;

TEST_CASE("a grammar says each way, the same for the same seed") {
  const Grammar grammar({"greeting = {word}, {^word}! | {word} {2-4}\nword = hello | dear\n  reader\n"});
  std::set<std::string> said;
  SeededRandom random(1);
  for (int i = 0; i < 500; ++i) said.insert(grammar.say("greeting", random));
  CHECK(said == std::set<std::string>{"hello, Hello!", "hello, Dear reader!", "dear reader, Hello!",
                                      "dear reader, Dear reader!", "hello 2", "hello 3", "hello 4", "dear reader 2",
                                      "dear reader 3", "dear reader 4"});
  SeededRandom one(7), other(7);
  for (int i = 0; i < 50; ++i) CHECK(grammar.say("greeting", one) == grammar.say("greeting", other));
}

TEST_CASE("a telling keeps to its subjects and does not repeat what it was asked for") {
  const Grammar grammar(
      {"both = {crop} and {crop}\none = of {crop} | about {crop} | on {crop}\ncrop* = maize | beans | rice | teff | "
       "wheat"});
  SeededRandom random(3);
  for (int i = 0; i < 50; ++i) {
    Grammar::Telling telling;
    std::string all;
    std::set<std::string> openings, crops;
    for (int sentence = 0; sentence < 3; ++sentence) {
      std::string said;
      grammar.say("one", random, telling, said);
      openings.insert(said.substr(0, said.find(' ')));
      crops.insert(said.substr(said.find(' ') + 1));
    }
    CHECK(openings.size() == 3);
    CHECK(crops.size() <= 2);
    std::string both;
    grammar.say("both", random, telling, both);
    const std::string left = both.substr(0, both.find(' ')), right = both.substr(both.rfind(' ') + 1);
    CHECK(left != right);
  }
}

TEST_CASE("rules that cannot be followed are refused at once") {
  for (const char* bad :
       {"a = {b}", "a = {b}\nb = {a}", "a = x | ", "a = {x", "a = {9-3}", "a = x\na = y", "  goes on", "nothing"}) {
    CHECK_THROWS_AS(Grammar({bad}), std::logic_error);
  }
  const Grammar grammar({"a = x"});
  SeededRandom random(1);
  CHECK(grammar.has("a"));
  CHECK_FALSE(grammar.has("b"));
  CHECK_THROWS_AS(grammar.say("b", random), std::logic_error);
}
