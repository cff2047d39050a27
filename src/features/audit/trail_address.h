// The audit page's address: what was asked for, as typed and as understood.
#pragma once
#include <map>

#include "features/audit/trail.h"

namespace bursary::audit {

struct TrailAddress {
  std::string kind, who, application, from, until;  // as typed
  TrailFilter filter;
  std::int64_t before = 0;  // the page ends above this id
  std::string name;         // of the person in the filter, or what was typed for them
  std::vector<FieldError> problems;

  bool narrowed() const { return !(kind + who + application + from + until).empty(); }
  // The same without one parameter; with `before` 0 its first page.
  std::string path(std::string_view page, std::string_view without = {}, std::int64_t before_id = 0) const;
};
// `who` is an address or a person's number; days are UTC's.
TrailAddress read_address(db::Tx& tx, const web::Request& request);

}  // namespace bursary::audit
