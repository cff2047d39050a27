// Thrown when something outside this process that an answer needs, such as the database, is away for a while. Whoever
// asked may ask again: the edge answers 503 and not 500.
#pragma once
#include <stdexcept>

namespace bursary {

class Unavailable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace bursary
