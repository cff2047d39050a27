// Where a server is told to listen.
#pragma once
#include <cstdint>
#include <string>

#include "base/result.h"

namespace bursary::app {

struct ListenAddress {
  std::string address;  // "127.0.0.1", "::1", "0.0.0.0" for every interface
  std::uint16_t port = 0;
};
// "127.0.0.1:8080", "[::1]:8080", ":8080" (every interface). Error{invalid} with what is wrong in `detail`.
Result<ListenAddress> read_listen_address(const std::string& text);

}  // namespace bursary::app
