// Asking other people's servers, by libcurl.
#pragma once
#include "web/outside.h"

namespace bursary::net {

// Invariants: no proxy, no redirect, no scheme but http and https; the address is judged when the socket is made, after
// every look-up, so that a name that changes its mind reaches nothing; cookies and credentials are never kept.
class CurlFetcher final : public web::Fetcher {
 public:
  CurlFetcher();
  Result<web::OutgoingAnswer> fetch(const web::OutgoingRequest& request) override;
};

}  // namespace bursary::net
