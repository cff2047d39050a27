// Every page that is the same for everyone. Each is a function of the program and the language alone.
#include "features/site/assets.h"
#include "features/site/content.html.h"
#include "features/site/content_view.h"
#include "features/site/countries.html.h"
#include "features/site/countries_view.h"
#include "features/site/home.html.h"
#include "features/site/home_view.h"
#include "features/site/questions.html.h"
#include "features/site/robots.h"
#include "features/site/sign_in.html.h"
#include "features/site/site.h"

namespace bursary::site {

using namespace std::string_view_literals;
namespace {

constexpr std::string_view kHtml = "text/html; charset=utf-8";

// The pages of one language, in the order in which they are made.
class Pages {
 public:
  Pages(const programs::Program& program, const html::Phrasebook& phrases, std::string_view public_address,
        const std::vector<WayIn>& ways)
      : program_(program), phrases_(phrases), public_address_(public_address), ways_(ways) {}

  std::vector<web::PublicPage> take() {
    home();
    apply();
    countries();
    questions();
    sign_in("/log-in", false);
    sign_in("/sign-up", true);
    for (const programs::Page& page : program_.pages) {
      if (!page.slug.empty()) content(page);
    }
    return std::move(pages_);
  }

 private:
  const std::string& locale() const { return phrases_.tag(); }

  void put(std::string path, std::string title, std::string description, const html::SafeHtml& body) {
    PageHead head;
    head.title = std::move(title);
    head.description = std::move(description);
    head.path = path;
    head.public_address = std::string(public_address_);
    const web::Context context{phrases_, {}, {}, {}, {}, {}};
    pages_.push_back(
        {std::move(path), locale(), std::string(kHtml), document(program_, context, head, body).str(), false});
  }

  template <class Draw, class View>
  html::SafeHtml draw(Draw draw_into, const View& view) const {
    html::Writer writer(phrases_);
    draw_into(writer, view);
    return writer.take();
  }

  void home() {
    const programs::Page* page = program_.page("");
    const std::string description = page != nullptr ? page->description.in(locale()) : program_.summary.in(locale());
    put("/", "", description, draw(tpl::site::home, home_view(program_, phrases_)));
  }

  void apply() {
    const forms::Answers none;
    const ApplyView view{.definition = program_.form,
                         .answers = none,
                         .form_version = program_.form_version,
                         .problems = {},
                         .warnings = {},
                         .token = {},
                         .key = {},
                         .saved_at = {},
                         .expires_at = {},
                         .file_link_prefix = {},
                         .conflicts = {},
                         .notice = {},
                         .extra = {}};
    put("/apply", apply_title(program_, phrases_, view), program_.summary.in(locale()),
        apply_body(program_, phrases_, view));
  }

  void countries() {
    put("/countries", phrases_.text("site.countries.title"sv), phrases_.text("site.countries.description"sv),
        draw(tpl::site::countries, countries_view(program_, phrases_, "")));
  }

  void questions() {
    QuestionsView view{{}, program_.contact_email};
    for (const programs::QuestionAndAnswer& entry : program_.questions) {
      view.entries.push_back({entry.key, entry.question.in(locale()), html::markdown(entry.answer.in(locale()))});
    }
    put("/questions", phrases_.text("site.questions.title"sv), phrases_.text("site.questions.description"sv),
        draw(tpl::site::questions, view));
  }

  void sign_in(std::string path, bool sign_up) {
    put(std::move(path), phrases_.text(sign_up ? "site.sign_in.sign_up_title"sv : "site.sign_in.log_in_title"sv),
        phrases_.text("site.sign_in.description"sv), draw(tpl::site::sign_in, SignInView{sign_up, {}, {}, ways_}));
  }

  void content(const programs::Page& page) {
    Outline outline = outline_of(html::markdown(page.body.in(locale())));
    put("/" + page.slug, page.title.in(locale()), page.description.in(locale()),
        draw(tpl::site::content, ContentView{page.title.in(locale()), page.description.in(locale()),
                                             std::move(outline.html), std::move(outline.headings)}));
  }

  const programs::Program& program_;
  const html::Phrasebook& phrases_;
  std::string_view public_address_;
  const std::vector<WayIn>& ways_;
  std::vector<web::PublicPage> pages_;
};

void add_plain_files(std::vector<web::PublicPage>& pages, const programs::Program& program,
                     std::string_view public_address, const std::vector<std::string>& paths) {
  pages.push_back({"/robots.txt", "", "text/plain; charset=utf-8", robots_txt(public_address), false});
  if (!public_address.empty()) {
    std::vector<std::string> locales;
    for (const auto& book : program.phrasebooks->all()) locales.push_back(book->tag());
    pages.push_back({"/sitemap.xml", "", "application/xml", sitemap_xml(public_address, paths, locales), false});
  }
  for (web::PublicPage& asset : asset_pages()) {
    // Asked for by browsers where there is no page to name the icon (a PDF, a JSON document).
    if (asset.path == asset_path("favicon.svg"))
      pages.push_back({"/favicon.ico", "", asset.media_type, asset.body, false});
    pages.push_back(std::move(asset));
  }
}

}  // namespace

std::vector<web::PublicPage> public_pages(const programs::Program& program, std::string_view public_address,
                                          const std::vector<WayIn>& ways) {
  std::vector<web::PublicPage> pages;
  std::vector<std::string> paths;
  for (const auto& book : program.phrasebooks->all()) {
    for (web::PublicPage& page : Pages(program, *book, public_address, ways).take()) {
      if (book == program.phrasebooks->all().front()) paths.push_back(page.path);
      pages.push_back(std::move(page));
    }
  }
  add_plain_files(pages, program, public_address, paths);
  return pages;
}

}  // namespace bursary::site
