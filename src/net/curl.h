// What every use of libcurl here shares.
#pragma once
#include <curl/curl.h>

#include <memory>

namespace bursary::net {

struct FreeCurl {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlHandle = std::unique_ptr<CURL, FreeCurl>;
using CurlList = std::unique_ptr<curl_slist, FreeCurl>;

// libcurl asks for this once in a process, before anything else of it.
void begin_curl();

}  // namespace bursary::net
