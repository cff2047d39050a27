// Answers of the simulator, endpoint by endpoint. Private to it.
#pragma once
#include <string>
#include <vector>

#include "features/simulator/question.h"

namespace bursary::simulator {

enum class Endpoint { chat, completions, responses, embeddings, images };

// The whole answer as JSON.
std::string answer_of(Endpoint endpoint, const Question& question);
// Its events, each whole with its empty line: first what carries no text, then one for each token, then the end.
struct Events {
  std::vector<std::string> before, tokens, after;
};
Events events_of(Endpoint endpoint, const Question& question);

// Output tokens of the whole answer, by all its choices.
std::int64_t output_of(Endpoint endpoint, const Question& question);

}  // namespace bursary::simulator
