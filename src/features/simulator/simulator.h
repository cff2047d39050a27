// A provider that is not one: it speaks the wire format of the OpenAI API, answers with words that mean nothing, counts
// them as tokens, and fails when it is asked to. For rehearsals, tests and benches; only `bursary simulate` serves it.
//
// Invariants
//   - The same question has the same answer, byte for byte: ids and times are made of it.
//   - What is served is journalled with its cost in tokens, whole or in part, when the answer has ended.
//
// A text in the question that holds "[simulate KEY=VALUE …]" asks for something else than an ordinary answer:
//   tokens=N      of the answer (default 16, never above the call's own limit)
//   delay=MS      before each event of a stream
//   status=N      an error of this status instead of an answer
//   close_after=N ends the connection behind so many events of a stream
//   usage=no      does not tell what was used
#pragma once
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"
#include "web/router.h"

namespace bursary::simulator {

// One line of JSON for each call that was served: {"call", "model", "input", "output", "images", "whole"}. `call` is
// the header X-Client-Request-Id as it came.
class Journal {
 public:
  // Empty: nothing is written. Error{invalid} when the file cannot be opened to append to.
  static Result<std::unique_ptr<Journal>> open(const std::string& path);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  struct Served {
    std::string call, model;
    std::int64_t input = 0, output = 0, images = 0;
    bool whole = true;
  };
  // One write to the file. Any thread.
  void write(const Served& served);

 private:
  explicit Journal(int file) : file_(file) {}
  int file_;
};

// /v1/… as a provider has them. `key`: what a caller's bearer token must be; empty: anybody. Both outlive the router.
void add_routes(web::Router& router, Journal& journal, const std::string& key);

}  // namespace bursary::simulator
