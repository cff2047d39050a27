// What the audit page's template shows.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/phrase.h"

namespace bursary::audit {

struct KindChoice {
  std::string value, label;
  bool chosen = false;
};
struct FilterChip {
  std::string label, without;
};
struct AddressChoice {
  std::string email, name;
};
struct TrailRowView {
  std::string at, at_text;
  Phrase what;
  std::string more;
  std::string who, who_href;
  std::string reference, reference_href;  // no href: whoever reads this may not see applications
  std::string seal;                       // empty: it waits
};
struct TrailView {
  std::string who, application, from, until;
  std::vector<Phrase> problems;
  bool kind_wrong = false, who_wrong = false, application_wrong = false, from_wrong = false, until_wrong = false;
  std::vector<KindChoice> kinds;
  std::vector<AddressChoice> addresses;
  std::vector<FilterChip> chips;
  std::vector<TrailRowView> rows;
  std::string older, newest, export_csv;
  bool narrowed = false, wrong = false;
  // The chain.
  std::string head, head_number, sealed_at;
  std::int64_t waiting = 0;
};

}  // namespace bursary::audit
