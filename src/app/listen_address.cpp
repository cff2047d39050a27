#include "app/listen_address.h"

namespace bursary::app {

Result<ListenAddress> read_listen_address(const std::string& listen) {
  const auto wrong = [&] {
    return fail(ErrorKind::invalid, "app.problem.listen",
                "--listen takes ADDRESS:PORT, e.g. 127.0.0.1:8080, not " + listen);
  };
  const auto colon = listen.rfind(':');
  if (colon == std::string::npos) return wrong();
  std::string address = listen.substr(0, colon);
  if (address.size() > 1 && address.front() == '[' && address.back() == ']')
    address = address.substr(1, address.size() - 2);
  if (address.empty()) address = "0.0.0.0";
  const std::string port = listen.substr(colon + 1);
  if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string::npos) return wrong();
  const int number = std::stoi(port);
  if (number > 65535) return wrong();
  return ListenAddress{address, static_cast<std::uint16_t>(number)};
}

}  // namespace bursary::app
