// What the page and the acts of screening share. Private.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "features/programs/programs.h"
#include "features/screening/screening.h"
#include "features/site/application_places.h"
#include "features/site/site.h"
#include "web/form_data.h"

namespace bursary::screening {

// An act that was refused: what was typed, and what is wrong with which field.
struct Refused {
  web::FormData form;
  Error error;
};
web::Response show_page(const Parts& parts, const web::Request& request, const web::Context& context,
                        const Refused* refused = nullptr);
web::Response show_screening(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response post_screening(const Parts& parts, const web::Request& request, const web::Context& context);

web::Response not_found(const Parts& parts, const web::Request& request, const web::Context& context);

// "2026-03-14" from a date input: noon in UTC, which is that day nearly everywhere.
std::optional<Instant> read_day(std::string_view typed);

// The application that has waited longest for its screening, but this one; by reference.
std::optional<std::string> next_waiting(db::Tx& tx, std::string_view program, ApplicationId but);

}  // namespace bursary::screening
