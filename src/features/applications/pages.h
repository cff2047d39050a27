// What every page of this feature needs, and what several of them do alike. Private.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "features/applications/applications.h"
#include "features/defence/defence.h"
#include "features/programs/programs.h"
#include "features/site/site.h"
#include "features/site/visit.h"
#include "web/form_data.h"

namespace bursary::applications {

struct Pages {
  const Parts& parts;
  defence::Defence& defence;
};

struct Visit : site::Visit {
  const Pages& pages;

  Visit(const Pages& p, const web::Request& r, const web::Context& c)
      : site::Visit{r, c, p.parts.programs.current()}, pages(p) {}
  const Parts& parts() const { return pages.parts; }
  const std::string& locale() const { return context.phrases.tag(); }
  // By a private link, or as the person who is logged in: /draft/{link}, /my/applications/{application}/draft.
  const std::string& link() const { return context.path_value("link"); }
  Holder holder() const;
  int submission() const;  // its number in the path; 0: none
  std::string draft_path() const;
  std::string application_path() const;
  // Of the page's forms: bound to the link, or to the session.
  std::string token() const;
};

// Whether the visitor may do this with it.
bool may(const Visit& visit, Right right);

// A page of this feature: never indexed, its address told to nobody.
web::Response show(const Visit& visit, std::string_view title, const html::SafeHtml& body, int status = 200);
// An Error as a page or, for who asks for JSON, as problem+json.
web::Response show_error(const Visit& visit, const Error& error);
bool wants_json(const web::Request& request);

// The anti-forgery token of a private link; and whether the form brought the visit's.
std::string link_token(const Parts& parts, std::string_view link);
bool brings_token(const Visit& visit, const web::FormData& form);

// A link that has ended says what happened (410).
web::Response show_ended(const Visit& visit, const Application& application);

}  // namespace bursary::applications
