#include "features/applications/applications.h"

namespace bursary::applications {

std::string_view to_string(Flag flag) {
  switch (flag) {
    case Flag::unsupported_country:
      return "unsupported_country";
    case Flag::near_duplicate:
      return "near_duplicate";
    case Flag::no_proof_of_work:
      return "no_proof_of_work";
    case Flag::honeypot:
      return "honeypot";
    case Flag::bot_speed:
      return "bot_speed";
  }
  return "unknown";
}

}  // namespace bursary::applications
