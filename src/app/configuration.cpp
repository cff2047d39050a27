#include "app/configuration.h"

#include <string_view>

#include "base/secret_file.h"

namespace bursary::app {
namespace {

// What stands behind one of the schemes, or nothing.
std::string_view behind(std::string_view text, std::string_view plain, std::string_view secure) {
  for (const std::string_view scheme : {plain, secure}) {
    if (text.starts_with(scheme)) return text.substr(scheme.size());
  }
  return {};
}

}  // namespace

std::vector<std::string> unusable(const ServeConfiguration& configuration) {
  std::vector<std::string> problems;
  std::string_view site = behind(configuration.public_address, "http://", "https://");
  while (site.ends_with('/')) site.remove_suffix(1);
  if (!configuration.public_address.empty() &&
      (site.empty() || site.find_first_of("/?#@ ") != std::string_view::npos)) {
    problems.push_back("--public-address is https:// and a host, e.g. https://apply.example.org, not " +
                       configuration.public_address);
  }
  if (!configuration.mail.server.empty() && behind(configuration.mail.server, "smtp://", "smtps://").empty())
    problems.push_back("--smtp is smtp://HOST:587 or smtps://HOST:465, not " + configuration.mail.server);
  if (!configuration.mail.user.empty() && configuration.mail.password_file.empty()) {
    problems.push_back("--smtp-user goes with --smtp-password-file");
  } else if (!configuration.mail.user.empty()) {
    if (const auto password = read_secret_file(configuration.mail.password_file); !password)
      problems.push_back("--smtp-password-file: " + password.error().detail);
  }
  return problems;
}

}  // namespace bursary::app
