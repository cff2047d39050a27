#include <doctest/doctest.h>

#include <set>

#include "features/applications/applications.h"

using namespace bursary;
using namespace bursary::applications;

TEST_CASE("a reference has the shape that is read out on the phone") {
  SeededRandom random(7);
  std::set<std::string> seen;
  for (int i = 0; i < 2000; ++i) {
    const std::string reference = make_reference("RA", random);
    REQUIRE(reference.size() == 13);
    CHECK(reference.substr(0, 3) == "RA-");
    CHECK(reference[7] == '-');
    CHECK(reference.substr(3).find_first_of("ILOU*") == std::string::npos);
    CHECK(read_reference(reference) == reference);
    seen.insert(reference);
  }
  CHECK(seen.size() == 2000);
}

TEST_CASE("a reference is read as people type it") {
  SeededRandom random(1);
  std::string reference = make_reference("RA", random);
  while (reference.find('0', 3) == std::string::npos || reference.find('1', 3) == std::string::npos) {
    reference = make_reference("RA", random);
  }
  std::string loose = " ra ";
  for (const char c : reference.substr(3))
    loose += c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(std::tolower(c));
  CHECK(read_reference(loose) == reference);
  CHECK_FALSE(read_reference("").has_value());
  CHECK_FALSE(read_reference("RA").has_value());
  CHECK_FALSE(read_reference("123456789").has_value());  // no prefix
  CHECK_FALSE(read_reference(std::string(200, '0')).has_value());
  CHECK_FALSE(read_reference("RA-\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9-00000").has_value());
}

TEST_CASE("every wrong character and every swap of neighbours is noticed") {
  SeededRandom random(3);
  const std::string alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  for (int round = 0; round < 20; ++round) {
    const std::string reference = make_reference("RA", random);
    for (std::size_t at = 3; at < reference.size(); ++at) {
      if (reference[at] == '-') continue;
      for (const char other : alphabet) {
        if (other == reference[at]) continue;
        std::string wrong = reference;
        wrong[at] = other;
        CHECK_FALSE(read_reference(wrong).has_value());
      }
      std::size_t next = at + 1;
      if (next < reference.size() && reference[next] == '-') ++next;
      if (next >= reference.size() || reference[next] == reference[at]) continue;
      std::string swapped = reference;
      std::swap(swapped[at], swapped[next]);
      CHECK_FALSE(read_reference(swapped).has_value());
    }
  }
}

TEST_CASE("the check character is that of ISO 7064 MOD 37-2") {
  // The standard's own system as the blood services use it: G1234 98 654321 has the check character H.
  unsigned sum = 0;
  const std::string alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";
  for (const char c : std::string("G123498654321")) sum = (sum + static_cast<unsigned>(alphabet.find(c))) * 2 % 37;
  REQUIRE(alphabet[(38 - sum) % 37] == 'H');
  // Worked out by hand in the same way for eight Crockford characters.
  sum = 0;
  for (const char c : std::string("7K3MQ9XT")) sum = (sum + static_cast<unsigned>(alphabet.find(c))) * 2 % 37;
  const char check = alphabet[(38 - sum) % 37];
  CHECK(read_reference(std::string("RA-7K3M-Q9XT") + check) == std::string("RA-7K3M-Q9XT") + check);
}

TEST_CASE("a link's secret names its application and cannot be told without the server's secret") {
  SystemRandom random;
  const ApplicationId id{0x0123456789ABCDEF};
  const LinkSecret link = LinkSecret::make(id, random);
  CHECK(link.text.size() == 36);
  CHECK(LinkSecret::id_of(link.text) == id);
  CHECK(LinkSecret::make(id, random).text != link.text);

  const std::string secret(32, 's'), other(32, 't');
  const LinkSecret derived = LinkSecret::derive(id, secret);
  CHECK(derived.text == LinkSecret::derive(id, secret).text);
  CHECK(derived.text != LinkSecret::derive(id, other).text);
  CHECK(derived.text != LinkSecret::derive(ApplicationId{id.value + 1}, secret).text);
  CHECK(LinkSecret::id_of(derived.text) == id);
  CHECK_THROWS_AS(LinkSecret::derive(id, "short"), std::logic_error);

  CHECK_FALSE(LinkSecret::id_of("").has_value());
  CHECK_FALSE(LinkSecret::id_of(derived.text.substr(0, 35)).has_value());
  CHECK_FALSE(LinkSecret::id_of(derived.text + "x").has_value());
  CHECK_FALSE(LinkSecret::id_of(std::string(36, '-')).has_value());
  CHECK_FALSE(LinkSecret::id_of("0000000000000-aaaaaaaaaaaaaaaaaaaaaa").has_value());
}
