// What the layout's template shows.
#pragma once
#include <string>
#include <vector>

#include "html/writer.h"

namespace bursary::site {

struct NavigationLink {
  std::string label, href;
  bool current = false;
  std::string count = {};  // of what waits there; empty: nothing does
};
struct NavigationGroup {
  std::string title;
  std::vector<NavigationLink> links;
  bool current = false;  // one of them is where we are
  bool single() const { return links.size() == 1; }
};

// The same page in another language.
struct Alternate {
  std::string tag, name, href;  // name: in its own language
};

struct LayoutView {
  std::string title, description, language, direction;
  std::string program, host, contact, copyright;
  std::string style, script, console_style, console_script, icon;  // addresses
  bool staff = false, indexable = true;
  std::string canonical;              // absolute; empty: none
  std::vector<Alternate> alternates;  // absolute; with x-default
  std::vector<Alternate> languages;   // the switch: the other languages, as local addresses
  std::vector<NavigationGroup> header, footer;
  std::vector<NavigationLink> quick;
  std::vector<NavigationLink> console;  // the console's places that this viewer may enter
  std::string viewer, form_token;       // staff who is signed in
  std::int64_t waiting = 0;             // things that wait for who is logged in
  std::string main_class;
  const html::SafeHtml& body;
};

}  // namespace bursary::site
