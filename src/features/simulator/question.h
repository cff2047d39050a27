// What a call asks the simulator for. Private to it.
#pragma once
#include <boost/json.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bursary::simulator {

struct Question {
  std::string call, model;
  std::string text;        // everything that is asked, in one
  std::uint64_t seed = 0;  // of model and text
  std::int64_t input = 0;  // tokens: a quarter of the text's bytes, rounded up, and four for each message
  std::int64_t limit = 0;  // of the answer, in tokens
  std::int64_t answers = 1;
  bool stream = false, usage = false;  // usage: of a stream
  bool json = false;                   // the answer must be an object
  std::string tool;                    // to be called instead of an answer; empty: none
  // What the text asks for beside.
  std::int64_t tokens = 16;
  std::chrono::milliseconds delay{0};
  int status = 200;
  std::int64_t close_after = -1;
  bool tell_usage = true;
};

// Nothing: the body is no object, or names no model.
std::optional<Question> read_question(std::string_view body, std::string_view call);

// Words that mean nothing, one for each token.
std::vector<std::string> words_of(const Question& question);
// "chatcmpl-" and digits; the same for the same question.
std::string id_of(const Question& question, std::string_view prefix);
// Seconds since 1970; the same for the same question.
std::int64_t time_of(const Question& question);

}  // namespace bursary::simulator
