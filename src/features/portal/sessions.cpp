// Sessions whose viewers know what waits for them.
#include "features/portal/portal.h"

namespace bursary::portal {
namespace {

class CountingSessions final : public web::Sessions {
 public:
  CountingSessions(std::unique_ptr<web::Sessions> sessions, const Parts& parts)
      : sessions_(std::move(sessions)), parts_(parts) {}

  std::optional<web::Viewer> find(std::string_view session_secret, Instant now) override {
    auto viewer = sessions_->find(session_secret, now);
    if (viewer && viewer->person) {
      viewer->waiting = [this, person = viewer->person, emails = viewer->emails] {
        web::Viewer asked;
        asked.person = person;
        asked.emails = emails;
        return count_waiting(parts_, asked);
      };
    }
    return viewer;
  }
  std::optional<web::Viewer> find_token(std::string_view token, Instant now) override {
    return sessions_->find_token(token, now);
  }

 private:
  std::unique_ptr<web::Sessions> sessions_;
  const Parts& parts_;
};

}  // namespace

std::unique_ptr<web::Sessions> with_waiting(std::unique_ptr<web::Sessions> sessions, const Parts& parts) {
  return std::make_unique<CountingSessions>(std::move(sessions), parts);
}

}  // namespace bursary::portal
