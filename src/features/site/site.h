// The program's public site, and the layout that every page stands in. Lists as public: features/site/apply_page.h,
// features/site/act_view.h, features/site/application_places.h, features/site/passkey_view.h,
// features/site/visit.h.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "features/programs/programs.h"
#include "features/site/apply_page.h"
#include "html/writer.h"
#include "web/context.h"
#include "web/page_store.h"
#include "web/response.h"
#include "web/router.h"

namespace bursary::site {

// What a page tells its layout.
struct PageHead {
  std::string title;  // without the program's name, which the layout adds; "Error: " is the page's to add
  std::string description;
  std::string path;            // for the language switch and the current item; empty: neither
  bool staff = false;          // the console's header instead of the site's
  bool indexable = true;       // false: noindex (drafts, confirmations, console)
  std::string public_address;  // "https://apply.example.org"; empty: no canonical and alternate links
  std::string main_class;      // added to <main class="page …">
};

// The whole document around `body` (which begins with its <h1>).
html::SafeHtml document(const programs::Program& program, const web::Context& context, const PageHead& head,
                        const html::SafeHtml& body);
web::Response page(const programs::Program& program, const web::Context& context, const PageHead& head,
                   const html::SafeHtml& body, int status = 200);
// Draws 403, 404, 405, 413, 415, 429, 431, 500, 503 in the layout.
web::Response error_page(const programs::Program& program, const web::Request& request, const web::Context& context,
                         int status, const Error& error);

// Somebody else's site that people may log in with, as the log-in page shows it.
struct WayIn {
  std::string name, href;
};

// /log-in again, with an address that could not be used and why.
web::Response log_in_again(const programs::Program& program, const web::Context& context, std::string typed,
                           const Phrase& problem, int status, const std::vector<WayIn>& ways = {});

// Every stored page of a program in each of its languages: /, /apply, content pages, /countries, /questions, /log-in,
// /sign-up, assets, robots.txt, and, where there is a public address ("https://apply.example.org", without a slash at
// its end), sitemap.xml.
std::vector<web::PublicPage> public_pages(const programs::Program& program, std::string_view public_address = {},
                                          const std::vector<WayIn>& ways = {});

// GET /search?q= over the public pages, questions and answers, countries; GET /countries/find?q= for the filter without
// script.
void add_routes(web::Router& router, programs::Programs& programs);

// Hashed paths of the built assets: asset_path("site.css") is "/assets/site-3f9c2a7d.css".
std::string asset_path(std::string_view name);

}  // namespace bursary::site
