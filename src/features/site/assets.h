// What the build made of assets/, as stored pages: named by content, kept by browsers for a year.
#pragma once
#include <vector>

#include "web/page_store.h"

namespace bursary::site {

std::vector<web::PublicPage> asset_pages();

}  // namespace bursary::site
