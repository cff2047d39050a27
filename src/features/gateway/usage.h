// What a provider says that a call used: read from a whole answer as it passes, or from an event of a stream. Never
// holds more of an answer than a number or a name. Private to the gateway.
#pragma once
#include <boost/json/basic_parser.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "features/gateway/price.h"

namespace bursary::gateway {

// Reads an answer of JSON piece by piece, in bounded memory whatever its size. The object "usage" at the top, or within
// "response" at the top; the entries of a list "data" at the top are counted as images.
class UsageReader {
 public:
  UsageReader();
  ~UsageReader();
  UsageReader(UsageReader&&) noexcept;
  UsageReader& operator=(UsageReader&&) noexcept;

  void feed(std::string_view bytes);
  // After the last piece. Nothing: it was no JSON, or told none. `images`: counts the list "data".
  std::optional<Usage> finish(bool images);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

// What one event's data says, if it says so.
std::optional<Usage> usage_in(std::string_view data);

}  // namespace bursary::gateway
