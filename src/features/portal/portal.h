// The applicant's own side: what they have, what waits for them, and each application with its messages, its people and
// its history; and the invitations that lead to it.
//
// Invariants
//   - Every page looks its application up by who asks (applications::find_held): there is none by number alone.
//   - What was decided is told from its release on, at no earlier time and by no other way.
//   - A GET changes nothing: what was read is said by a post, which the page's script sends by itself.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "features/applications/applications.h"
#include "features/defence/defence.h"
#include "features/messages/desk.h"
#include "features/messages/messages.h"
#include "web/router.h"

namespace bursary::portal {

struct Parts {
  const applications::Parts& applications;
  const messages::DeskParts& desk;
  defence::Defence& defence;  // of new drafts
};

// How many things wait for whoever is logged in, for the header of every page of the public site.
std::int64_t count_waiting(const Parts& parts, const web::Viewer& viewer);

// The same sessions, whose viewers know it (web::Viewer::waiting). `parts` outlives them.
std::unique_ptr<web::Sessions> with_waiting(std::unique_ptr<web::Sessions> sessions, const Parts& parts);

// Messages of an application a day by its applicant's side.
inline constexpr int kLettersADay = 20;

// Reminds applicants who were asked for changes before these are due, once each, however many nodes run it. How many.
inline constexpr std::chrono::hours kReminderBefore{3 * 24};
int run_reminders(const Parts& parts, int limit);

// /my, /my/applications/{application}…, /together/{secret}. `parts` outlives the router.
void add_routes(web::Router& router, const Parts& parts);

}  // namespace bursary::portal
