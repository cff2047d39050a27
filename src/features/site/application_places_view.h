// What application_places.html shows.
#pragma once
#include <vector>

#include "features/site/layout_view.h"

namespace bursary::site {

struct ApplicationPlacesView {
  std::vector<NavigationLink> places;
};

}  // namespace bursary::site
