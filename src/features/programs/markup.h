// What a text of the program may hold, checked where it is read, and the links that it contains.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "features/programs/report.h"

namespace bursary::programs {

enum class Markup {
  line,       // one plain line: a label, a title
  markdown,   // CommonMark with tables; no raw HTML, no images
  mail_line,  // a subject
  mail,       // Markdown of a message: links only to https and to placeholders
};

struct FoundLink {
  Place at;
  std::string href;
};

// Reports what may not stand in such a text and adds its links. `at` is where its first line stands.
void check_markup(std::string_view text, const Place& at, Markup markup, Report& report, std::vector<FoundLink>& links);

// "/policy", "/questions#deadline"; not "//host", not "policy".
bool is_site_path(std::string_view href);
// A path of this site, a fragment, http(s)://… or mailto:….
bool is_allowed_link(std::string_view href);

}  // namespace bursary::programs
