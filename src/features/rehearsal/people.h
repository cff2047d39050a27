// One applicant made up: name, country, institution, address.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "features/forms/definition.h"
#include "features/rehearsal/names.h"

namespace bursary::rehearsal {

struct Person {
  std::string given, family;  // the same for who has one name
  std::string country;        // of the form
  std::string_view style;     // the place's: its language, roughly
  std::string institution;
  std::string email;  // under example.org or example.edu
  bool independent = false;
};

// Draws people for a form's countries. Immutable once made: any thread.
class People {
 public:
  explicit People(const forms::Definition& form);
  Person make(Random& random) const;

 private:
  struct Name {
    std::string shown, latin;
    bool is_native = false;  // in letters of its own, with Latin ones beside
  };
  struct Group {
    std::string_view key;
    std::vector<Name> given, family;
  };
  struct Home {
    const Place* place;
    std::string country_name;
    std::vector<const Group*> groups;
    std::vector<std::string> cities;
    std::uint64_t up_to = 0;  // sum of weights to here
  };
  const Home& home(Random& random) const;

  std::vector<Group> groups_;
  std::vector<Home> homes_;
};

}  // namespace bursary::rehearsal
