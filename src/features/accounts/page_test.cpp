// Where somebody is led after they have shown who they are: nowhere but on this site.
#include "features/accounts/page.h"

#include <doctest/doctest.h>

using namespace bursary;
using namespace bursary::accounts;

TEST_CASE("after signing in nobody is led to another site") {
  for (const char* typed :
       {"//evil.example", "/\\evil.example", "\\evil.example", "https://evil.example", "http:evil.example",
        "javascript:alert(1)", "/%5cevil.example/\r\nX: 1", "/staff\nSet-Cookie: a=b", "staff", "", " /staff",
        "///evil.example", "/\t/evil.example", "user:pass@evil.example", "data:text/html,x"}) {
    CHECK_MESSAGE(next_or(typed, "/my") == "/my", typed);
  }
  for (const char* typed : {"/staff", "/staff?q=state:submitted", "/my/account?done=identity#sessions", "/"})
    CHECK_MESSAGE(next_or(typed, "/my") == typed, typed);
}
