#include "features/site/languages.h"
#include "features/site/layout.html.h"
#include "features/site/site.h"
#include "web/router.h"

namespace bursary::site {
namespace {

std::vector<NavigationLink> links_of(const std::vector<programs::Link>& links, std::string_view locale,
                                     std::string_view path) {
  std::vector<NavigationLink> shown;
  shown.reserve(links.size());
  for (const programs::Link& link : links)
    shown.push_back({link.label.in(locale), link.href, !path.empty() && link.href == path});
  return shown;
}

std::vector<NavigationGroup> groups_of(const std::vector<programs::LinkGroup>& groups, std::string_view locale,
                                       std::string_view path) {
  std::vector<NavigationGroup> shown;
  for (const programs::LinkGroup& group : groups) {
    NavigationGroup one{group.title.in(locale), links_of(group.links, locale, path)};
    one.current =
        std::any_of(one.links.begin(), one.links.end(), [](const NavigationLink& link) { return link.current; });
    if (!one.links.empty()) shown.push_back(std::move(one));
  }
  return shown;
}

// The console's places, in the order of their menu.
struct Place {
  const char* path;
  const char* label;
  web::Permission permission;
};
constexpr Place kConsole[] = {
    {"/staff", "site.staff.applications", web::Permission::read_applications},
    {"/staff/decisions", "site.staff.decisions", web::Permission::read_applications},
    {"/staff/overdue", "site.staff.overdue", web::Permission::read_applications},
    {"/staff/insights", "site.staff.insights", web::Permission::read_applications},
    {"/staff/messages", "site.staff.messages", web::Permission::read_messages},
    {"/staff/people", "site.staff.people", web::Permission::manage_people},
    {"/staff/audit", "site.staff.audit", web::Permission::read_audit},
    {"/staff/tokens", "site.staff.tokens", web::Permission::manage_program},
    {"/staff/webhooks", "site.staff.webhooks", web::Permission::manage_program},
    {"/staff/privacy", "site.staff.privacy", web::Permission::manage_program},
};

std::vector<NavigationLink> console_links(const web::Context& context, std::string_view path) {
  std::vector<NavigationLink> shown;
  for (const Place& place : kConsole) {
    if (context.viewer.may(web::to_string(place.permission)))
      shown.push_back({context.phrases.text(place.label), place.path, path == place.path});
  }
  return shown;
}

// "Countries – Researcher Access Program"; what already names the program gets the host instead.
std::string full_title(const programs::Program& program, std::string_view title, std::string_view locale) {
  const std::string& name = program.name.in(locale);
  const bool named = title.find(name) != std::string_view::npos;
  return fmt::format("{} – {}", title.empty() ? name : title, named || title.empty() ? program.host.in(locale) : name);
}

void add_languages(LayoutView& view, const programs::Program& program, const PageHead& head) {
  if (head.path.empty() || !program.phrasebooks) return;
  for (const auto& book : program.phrasebooks->all()) {
    if (book->tag() != view.language) {
      view.languages.push_back({book->tag(), language_name(*book), in_language(head.path, book->tag())});
    }
  }
  if (head.public_address.empty() || !head.indexable) return;
  const std::string here = head.public_address + head.path;
  view.canonical = view.language == program.locales.front() ? here : in_language(here, view.language);
  if (program.phrasebooks->all().size() < 2) return;
  for (const auto& book : program.phrasebooks->all()) {
    view.alternates.push_back(
        {book->tag(), "", book->tag() == program.locales.front() ? here : in_language(here, book->tag())});
  }
  view.alternates.push_back({"x-default", "", here});
}

// A page is never kept back for a number.
std::int64_t waiting_for(const web::Viewer& viewer) {
  if (!viewer.person || !viewer.waiting) return 0;
  try {
    return viewer.waiting();
  } catch (const std::exception&) {
    return 0;
  }
}

// Log in and Sign up, for whoever is not in yet.
std::vector<NavigationLink> quick_links(const programs::Program& program, const web::Context& context,
                                        std::string_view path, std::int64_t waiting) {
  if (!context.viewer.person) return links_of(program.navigation.quick, context.phrases.tag(), path);
  return {{context.phrases.text("site.person.my"), "/my", path == "/my",
           waiting > 0 ? std::to_string(waiting) : std::string()},
          {context.phrases.text("site.person.account"), "/my/account", path == "/my/account"}};
}

}  // namespace

std::string language_name(const html::Phrasebook& book) {
  constexpr std::string_view kName = "site.language.name";
  return book.has(kName) ? book.text(kName) : book.tag();
}

std::string in_language(std::string_view path, std::string_view tag) {
  const std::string_view before = path.substr(0, path.find('#'));
  return fmt::format("{}{}lang={}", before, before.find('?') == std::string_view::npos ? '?' : '&', tag);
}

html::SafeHtml document(const programs::Program& program, const web::Context& context, const PageHead& head,
                        const html::SafeHtml& body) {
  const std::string& locale = context.phrases.tag();
  const std::string_view path = std::string_view(head.path).substr(0, head.path.find('?'));
  const std::int64_t waiting = head.staff ? 0 : waiting_for(context.viewer);
  LayoutView view{.title = full_title(program, head.title, locale),
                  .description = head.description,
                  .language = locale,
                  .direction = context.phrases.right_to_left() ? "rtl" : "ltr",
                  .program = program.name.in(locale),
                  .host = program.host.in(locale),
                  .contact = program.contact_email,
                  .copyright = program.navigation.copyright.in(locale),
                  .style = asset_path("site.css"),
                  .script = asset_path("site.js"),
                  .console_style = asset_path("console.css"),
                  .console_script = asset_path("console.js"),
                  .icon = asset_path("favicon.svg"),
                  .staff = head.staff,
                  .indexable = head.indexable && !head.staff,
                  .canonical = {},
                  .alternates = {},
                  .languages = {},
                  .header = groups_of(program.navigation.header, locale, path),
                  .footer = groups_of(program.navigation.footer, locale, path),
                  .quick = quick_links(program, context, path, waiting),
                  .console = console_links(context, path),
                  .viewer = context.viewer.name,
                  .form_token = context.viewer.person ? context.form_token : std::string{},
                  .waiting = waiting,
                  .main_class = head.main_class.empty() ? std::string{} : " " + head.main_class,
                  .body = body};
  add_languages(view, program, head);
  html::Writer writer(context.phrases);
  tpl::site::layout(writer, view);
  return writer.take();
}

web::Response page(const programs::Program& program, const web::Context& context, const PageHead& head,
                   const html::SafeHtml& body, int status) {
  return web::html_page(document(program, context, head, body), status);
}

}  // namespace bursary::site
