// The one place where Beast is compiled (BOOST_BEAST_SEPARATE_COMPILATION). What it asserts about its input, strangers
// choose: such an assertion that fails must cost them their connection, not everyone the server.
#define BOOST_ENABLE_ASSERT_HANDLER
#include <boost/beast/src.hpp>
#include <stdexcept>
#include <string>

namespace boost {

void assertion_failed(char const* expression, char const*, char const* file, long line) {
  throw std::logic_error(std::string(file) + ":" + std::to_string(line) + ": " + expression);
}
void assertion_failed_msg(char const* expression, char const*, char const*, char const* file, long line) {
  assertion_failed(expression, nullptr, file, line);
}

}  // namespace boost
