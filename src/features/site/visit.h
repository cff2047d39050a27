// One request of a page on its way, with the program as it was when it came: what a feature's own Visit begins with.
// Public: site.h lists it.
#pragma once
#include <memory>
#include <stdexcept>
#include <string>

#include "features/programs/programs.h"
#include "web/context.h"
#include "web/request.h"
#include "web/router.h"

namespace bursary::site {

struct Visit {
  const web::Request& request;
  const web::Context& context;
  std::shared_ptr<const programs::Program> program;

  const html::Phrasebook& phrases() const { return context.phrases; }
  bool may(web::Permission permission) const { return context.viewer.may(web::to_string(permission)); }
  // Whoever is logged in; for routes that ask for somebody who is.
  web::PersonId person() const {
    if (!context.viewer.person) throw std::logic_error("nobody is logged in");
    return *context.viewer.person;
  }
  // As the program's people read it, in its time zone.
  std::string moment(Instant at) const { return phrases().date_time(at, program->time_zone); }
  std::string day(Instant at) const { return phrases().date(at, program->time_zone); }
};

}  // namespace bursary::site
