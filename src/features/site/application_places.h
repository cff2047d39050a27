// The places of one application in the console, as a row of links above each of them. Public: site.h lists it.
#pragma once
#include <string_view>

#include "html/writer.h"
#include "web/context.h"

namespace bursary::site {

enum class ApplicationPlace { answers, screening, decision, messages };

// Links to what the viewer may see; `here` is told as the current one.
html::SafeHtml application_places(const web::Context& context, std::string_view reference, ApplicationPlace here);

}  // namespace bursary::site
