#include "base/derived_secret.h"

#include <doctest/doctest.h>

#include <set>
#include <stdexcept>

using namespace bursary;

namespace {
const std::string key(32, 'k'), other(32, 'o');
}

TEST_CASE("a derived secret names its id and is told again") {
  const std::string secret = derived_secret("for this", 21524333461504000, key);
  CHECK(secret.size() == 36);
  CHECK(secret == derived_secret("for this", 21524333461504000, key));
  CHECK(id_in_secret(secret) == 21524333461504000);
  CHECK(read_derived_secret("for this", secret, key) == 21524333461504000);
}

TEST_CASE("a secret for something else, for another id or of another key proves nothing") {
  const std::string secret = derived_secret("for this", 7, key);
  CHECK_FALSE(read_derived_secret("for that", secret, key));
  CHECK_FALSE(read_derived_secret("for this", secret, other));
  CHECK_FALSE(
      read_derived_secret("for this", derived_secret("for this", 8, key).substr(0, 13) + secret.substr(13), key));
  CHECK_FALSE(read_derived_secret("for this", secret.substr(0, 35), key));
  CHECK_FALSE(read_derived_secret("for this", secret + "A", key));
  CHECK_FALSE(read_derived_secret("for this", "", key));
  CHECK_THROWS_AS((void)derived_secret("for this", 7, "short"), std::logic_error);
}

TEST_CASE("a code is six characters that a person can read out, and one for each id") {
  std::set<std::string> codes;
  for (std::int64_t id = 1; id <= 1000; ++id) codes.insert(derived_code("for this", id, key));
  CHECK(codes.size() >= 999);
  for (const std::string& code : codes) {
    CHECK(code.size() == 6);
    CHECK(code.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == std::string::npos);
  }
  CHECK(derived_code("for this", 1, key) != derived_code("for that", 1, key));
  CHECK(derived_code("for this", 1, key) != derived_code("for this", 1, other));
}

TEST_CASE("what people type for a code is read as they mean it") {
  CHECK(typed_code(" 7k3-m9q ") == "7K3M9Q");
  CHECK(typed_code("oOiIlL") == "001111");
  CHECK(typed_code("") == "");
}
