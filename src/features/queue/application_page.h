// One application as staff read it, for its own page and for the pane beside the list. Private.
#pragma once
#include "features/queue/queue.h"
#include "html/writer.h"
#include "web/context.h"

namespace bursary::queue {

struct DrawnApplication {
  html::SafeHtml html;
  std::string title;
};
// Nothing where there is none of that reference in this program.
std::optional<DrawnApplication> draw_application(const Parts& parts, const web::Context& context,
                                                 const programs::Program& program, const std::string& reference,
                                                 bool beside);

}  // namespace bursary::queue
