// The page of a draft's private link. Private.
#pragma once
#include "features/applications/pages.h"

namespace bursary::applications {

struct SavedSaid {
  int status = 200;
  bool mailed = false;
  std::string problem, typed;  // of the address that the link was to be mailed to
};
web::Response show_saved(const Visit& visit, const DraftView& draft, const SavedSaid& said);

}  // namespace bursary::applications
