#include "app/configuration.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/support/databases.h"

using namespace bursary;
using namespace bursary::app;

TEST_CASE("a server does not start with what could only fail later") {
  ServeConfiguration configuration;
  CHECK(unusable(configuration).empty());

  configuration.public_address = "apply.example.org";
  REQUIRE(unusable(configuration).size() == 1);
  CHECK(unusable(configuration).front().starts_with("--public-address"));
  configuration.public_address = "https://apply.example.org";
  CHECK(unusable(configuration).empty());

  configuration.mail.server = "mail.example.org:587";
  REQUIRE(unusable(configuration).size() == 1);
  CHECK(unusable(configuration).front().starts_with("--smtp "));
  configuration.mail.server = "smtp://mail.example.org:587";
  CHECK(unusable(configuration).empty());
}

TEST_CASE("the mail server's password is there, and strangers cannot read it") {
  const testing::TempFolder folder;
  ServeConfiguration configuration;
  configuration.mail.server = "smtp://mail.example.org:587";
  configuration.mail.user = "bursary";
  const auto problem = [&] {
    const auto problems = unusable(configuration);
    return problems.empty() ? std::string() : problems.front();
  };
  CHECK(problem() == "--smtp-user goes with --smtp-password-file");
  configuration.mail.password_file = folder.path() / "password";
  CHECK(problem().starts_with("--smtp-password-file: cannot read"));
  std::ofstream(configuration.mail.password_file) << "s3cret\n";
  ::chmod(configuration.mail.password_file.c_str(), 0644);
  CHECK(problem().find("may be read by others") != std::string::npos);
  CHECK(problem().find("s3cret") == std::string::npos);
  ::chmod(configuration.mail.password_file.c_str(), 0600);
  CHECK(problem().empty());
}
