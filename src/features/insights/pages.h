// The handlers behind routes.cpp, and what they read. Private.
#pragma once
#include <string>
#include <vector>

#include "features/insights/figures.h"
#include "features/insights/insights.h"
#include "features/insights/views.h"
#include "html/phrasebook.h"

namespace bursary::insights {

inline constexpr int kMostMonths = 24, kMonthsAtFirst = 12, kMonthsOffered = 60;

// The months that a page was asked for: [from, until), at most kMostMonths, never after `now`'s.
struct Asked {
  Period period;
  bool shortened = false;
};
Asked asked_period(const web::Request& request, Instant now);

// Every figure of the console's page, in its order. Under 50 ms at any number of applications.
std::vector<Figure> read_figures(db::Tx& tx, const programs::Program& program, const html::Phrasebook& phrases,
                                 const Period& period);

std::string area_name(const programs::Program& program, std::string_view area, std::string_view locale);
std::string country_name(const programs::Program& program, std::string_view code, std::string_view locale);

// What is public of a year: all of it once it is over, before that the quarters that are.
Period public_period(int year, Instant now);

web::Response send_transparency(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response show_transparency(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response show_insights(const Parts& parts, const web::Request& request, const web::Context& context);
web::Response send_csv(const Parts& parts, const web::Request& request, const web::Context& context);

}  // namespace bursary::insights
