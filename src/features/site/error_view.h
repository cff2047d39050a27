// What an error page shows.
#pragma once
#include <string>

namespace bursary::site {

struct ErrorView {
  int status = 500;
  std::string heading, explanation, request_id, contact, home;
  bool searchable = false;  // 404: somebody looks for something
};

}  // namespace bursary::site
