#include "features/applications/deadline.h"

namespace bursary::applications {

Taking taking_at(const programs::Program& program, Instant now) {
  if (program.opens && now < *program.opens) return Taking::not_yet;
  if (!program.closes || now < *program.closes) return Taking::open;
  return now < *program.closes + program.grace ? Taking::grace : Taking::closed;
}

}  // namespace bursary::applications
