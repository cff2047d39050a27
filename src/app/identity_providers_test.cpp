// The operator's file of OpenID providers, and its mistakes.
#include "app/identity_providers.h"

#include <doctest/doctest.h>

#include <fstream>

#include "tests/support/databases.h"

using namespace bursary;

namespace {

struct Written {
  Result<std::vector<accounts::Provider>> read(const std::string& text) const {
    std::ofstream(folder.file("providers.toml")) << text;
    return app::read_identity_providers(folder.file("providers.toml"));
  }
  std::string problem(const std::string& text) const {
    const auto providers = read(text);
    return providers ? "" : providers.error().detail;
  }
  void secret(const std::string& text, std::filesystem::perms mode = std::filesystem::perms::owner_read) const {
    std::ofstream(folder.file("s")) << text;
    std::filesystem::permissions(folder.file("s"), mode);
  }
  testing::TempFolder folder;
};

std::string provider(const std::string& more = "") {
  return "[[provider]]\nkey = \"orcid\"\nname = \"ORCID\"\nissuer = \"https://id.example.org\"\nclient_id = \"c\"\n" +
         more;
}

}  // namespace

TEST_CASE("a provider is read with its secret") {
  const Written written;
  written.secret("the secret\n");
  const auto read = written.read(provider("client_secret_file = \"s\"\nstaff = true\nscopes = \"openid\"\n"));
  REQUIRE(read);
  REQUIRE(read->size() == 1);
  const accounts::Provider& one = read->front();
  CHECK(one.key == "orcid");
  CHECK(one.issuer == "https://id.example.org");
  CHECK(one.client_secret == "the secret");
  CHECK(one.scopes == "openid");
  CHECK(one.staff);
  CHECK_FALSE(one.trust_email);
  CHECK_FALSE(one.private_network);
}

TEST_CASE("every mistake is told with its mend") {
  const Written written;
  written.secret("the secret", std::filesystem::perms::owner_read | std::filesystem::perms::others_read);
  const struct {
    std::string text, said;
  } cases[] = {
      {"", "[[provider]]"},
      {"[provider]\nkey = \"x\"\n", "[[provider]]"},
      {"key = ", "providers.toml:1"},
      {"[[provider]]\nname = \"x\"\n", "needs key"},
      {"[[provider]]\nkey = \"Or cid\"\n", "needs key"},
      {"[[provider]]\nkey = \"orcid\"\n", "needs name"},
      {"[[provider]]\nkey = \"orcid\"\nname = \"x\"\nissuer = \"http://id.example.org\"\n", "needs issuer"},
      {"[[provider]]\nkey = \"orcid\"\nname = \"x\"\nissuer = \"https://id.example.org\"\n", "needs client_id"},
      {provider("trust_mail = true\n"), "unknown line: trust_mail"},
      {provider("scopes = \"email\"\n"), "must hold openid"},
      {provider("client_secret_file = \"none\"\n"), "cannot read"},
      {provider("client_secret_file = \"s\"\n"), "may be read by others"},
      {provider() + provider(), "two providers are called orcid"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.text);
    CHECK(written.problem(one.text).find(one.said) != std::string::npos);
  }
  CHECK_FALSE(app::read_identity_providers(written.folder.file("nothing.toml")));
}
