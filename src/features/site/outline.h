// Markdown that has become HTML, taken apart at its headings: ids to link to, a table of contents, chapters.
// Pure; works on what html::markdown() wrote, where "<h2>" can only be a heading (typed ones are escaped).
#pragma once
#include <string>
#include <vector>

#include "html/writer.h"

namespace bursary::site {

struct Heading {
  std::string id;       // of letters and digits, unique on its page
  html::SafeHtml text;  // without links and other marks
};

// The highest heading there is becomes <h2>, the next <h3> …; all get ids, the <h2> are listed.
struct Outline {
  html::SafeHtml html;
  std::vector<Heading> headings;
};
Outline outline_of(const html::SafeHtml& markdown);

// What stands below each of the highest headings; what comes before the first has no heading.
struct Chapter {
  Heading heading;
  html::SafeHtml body;
};
std::vector<Chapter> chapters_of(const html::SafeHtml& markdown);

// The words alone, blocks on lines of their own: for search and descriptions.
std::string plain_text(const html::SafeHtml& markdown);

// "What we ask of you" → "what-we-ask-of-you".
std::string fragment_of(std::string_view title);

}  // namespace bursary::site
