#include "features/site/application_places.h"

#include "features/site/application_places.html.h"
#include "web/router.h"

namespace bursary::site {
namespace {

struct PlaceRow {
  ApplicationPlace place;
  const char* path;
  const char* label;
  web::Permission permission;
};
constexpr PlaceRow kPlaces[] = {
    {ApplicationPlace::answers, "", "site.application.answers", web::Permission::read_applications},
    {ApplicationPlace::screening, "/screening", "site.application.screening", web::Permission::read_applications},
    {ApplicationPlace::decision, "/decision", "site.application.decision", web::Permission::read_applications},
    {ApplicationPlace::messages, "/messages", "site.application.messages", web::Permission::read_messages},
};

}  // namespace

html::SafeHtml application_places(const web::Context& context, std::string_view reference, ApplicationPlace here) {
  ApplicationPlacesView view;
  for (const PlaceRow& place : kPlaces) {
    if (!context.viewer.may(web::to_string(place.permission))) continue;
    view.places.push_back({context.phrases.text(place.label),
                           fmt::format("/staff/applications/{}{}", reference, place.path), place.place == here});
  }
  html::Writer w(context.phrases);
  tpl::site::application_places(w, view);
  return w.take();
}

}  // namespace bursary::site
