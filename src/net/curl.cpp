#include "net/curl.h"

#include <mutex>

namespace bursary::net {

void begin_curl() {
  static std::once_flag begun;
  std::call_once(begun, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace bursary::net
