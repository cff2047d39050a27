#include <doctest/doctest.h>

#include <set>

#include "features/applications/applications.h"

using namespace bursary;
using namespace bursary::applications;

namespace {
bool is_read(const std::string& text) { return read_reference(text).has_value(); }
bool reads_as(const std::string& text, const std::string& meant) { return read_reference(text) == meant; }
bool names(const std::string& secret, ApplicationId id) { return LinkSecret::id_of(secret) == id; }
bool is_link(const std::string& secret) { return LinkSecret::id_of(secret).has_value(); }
}  // namespace

TEST_CASE("a reference has the shape that is read out on the phone") {
  SeededRandom random(7);
  std::set<std::string> seen;
  for (int i = 0; i < 2000; ++i) {
    const std::string reference = make_reference("RA", random);
    REQUIRE(reference.size() == 13);
    CHECK(reference.substr(0, 3) == "RA-");
    CHECK(reference[7] == '-');
    CHECK(reference.substr(3).find_first_of("ILOU*") == std::string::npos);
    CHECK(reads_as(reference, reference));
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
  CHECK(reads_as(loose, reference));
  CHECK_FALSE(is_read(""));
  CHECK_FALSE(is_read("RA"));
  CHECK_FALSE(is_read("123456789"));  // no prefix
  CHECK_FALSE(is_read(std::string(200, '0')));
  CHECK_FALSE(is_read("RA-\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9-00000"));
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
        CHECK_FALSE(is_read(wrong));
      }
      std::size_t next = at + 1;
      if (next < reference.size() && reference[next] == '-') ++next;
      if (next >= reference.size() || reference[next] == reference[at]) continue;
      std::string swapped = reference;
      std::swap(swapped[at], swapped[next]);
      CHECK_FALSE(is_read(swapped));
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
  const std::string whole = std::string("RA-7K3M-Q9XT") + check;
  CHECK(reads_as(whole, whole));
}

TEST_CASE("a link's secret names its application and cannot be told without the server's secret") {
  SystemRandom random;
  const ApplicationId id{0x0123456789ABCDEF};
  const LinkSecret link = LinkSecret::make(id, random);
  CHECK(link.text.size() == 36);
  CHECK(names(link.text, id));
  CHECK(LinkSecret::make(id, random).text != link.text);

  const std::string secret(32, 's'), other(32, 't');
  const LinkSecret derived = LinkSecret::derive(id, secret);
  CHECK(derived.text == LinkSecret::derive(id, secret).text);
  CHECK(derived.text != LinkSecret::derive(id, other).text);
  CHECK(derived.text != LinkSecret::derive(ApplicationId{id.value + 1}, secret).text);
  CHECK(names(derived.text, id));
  CHECK_THROWS_AS(LinkSecret::derive(id, "short"), std::logic_error);

  CHECK_FALSE(is_link(""));
  CHECK_FALSE(is_link(derived.text.substr(0, 35)));
  CHECK_FALSE(is_link(derived.text + "x"));
  CHECK_FALSE(is_link(std::string(36, '-')));
  CHECK_FALSE(is_link("0000000000000-aaaaaaaaaaaaaaaaaaaaaa"));
}
