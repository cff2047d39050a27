#include <mutex>

#include "features/site/countries.html.h"
#include "features/site/countries_view.h"
#include "features/site/search.html.h"
#include "features/site/search_view.h"
#include "features/site/site.h"
#include "web/form_data.h"

namespace bursary::site {

using namespace std::string_view_literals;
namespace {

// The indexes of the program being served, each made when its language is first searched; dropped when the program
// changes.
class Indexes {
 public:
  std::shared_ptr<const SearchIndex> get(const programs::Program& program, const html::Phrasebook& phrases) {
    const std::lock_guard lock(mutex_);
    if (version_ != program.version) {
      by_locale_.clear();
      version_ = program.version;
    }
    std::shared_ptr<const SearchIndex>& index = by_locale_[phrases.tag()];
    if (!index) index = std::make_shared<const SearchIndex>(searchable(program, phrases));
    return index;
  }

 private:
  std::mutex mutex_;
  std::string version_;
  std::map<std::string, std::shared_ptr<const SearchIndex>> by_locale_;
};

web::Response search(const programs::Programs& programs, Indexes& indexes, const web::Request& request,
                     const web::Context& context) {
  const auto program = programs.current();
  const auto index = indexes.get(*program, context.phrases);
  const SearchView view = search_view(*index, request.parameter("q").value_or(""));
  html::Writer writer(context.phrases);
  tpl::site::search(writer, view);
  PageHead head;
  head.title = view.query.empty() ? context.phrases.text("site.search.title"sv)
                                  : context.phrases.text("site.search.title_for", {{"query", view.query}});
  head.path = "/search?q=" + web::percent_encode(view.query);
  head.indexable = false;
  return page(*program, context, head, writer.take());
}

web::Response countries(const programs::Programs& programs, const web::Request& request, const web::Context& context) {
  const auto program = programs.current();
  const CountriesView view = countries_view(*program, context.phrases, request.parameter("q").value_or(""));
  html::Writer writer(context.phrases);
  tpl::site::countries(writer, view);
  PageHead head;
  head.title = context.phrases.text("site.countries.title"sv);
  head.path = view.query.empty() ? "/countries" : "/countries/find?q=" + web::percent_encode(view.query);
  head.indexable = false;
  return page(*program, context, head, writer.take());
}

}  // namespace

void add_routes(web::Router& router, programs::Programs& programs) {
  // /countries itself is a stored page, the same for every query.
  const auto indexes = std::make_shared<Indexes>();
  router.add({web::Method::get, "/search", web::Permission::anyone,
              [&programs, indexes](const auto& request, const auto& context) {
                return search(programs, *indexes, request, context);
              }});
  router.add({web::Method::get, "/countries/find", web::Permission::anyone,
              [&programs](const auto& request, const auto& context) { return countries(programs, request, context); }});
}

}  // namespace bursary::site
