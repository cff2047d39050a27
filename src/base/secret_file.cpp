#include "base/secret_file.h"

#include <sys/stat.h>

#include <fstream>

namespace bursary {

Result<std::string> read_secret_file(const std::filesystem::path& path) {
  const auto wrong = [](std::string what) {
    return fail(ErrorKind::invalid, "app.problem.secret_file", std::move(what));
  };
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return wrong("cannot read " + path.string());
  if ((about.st_mode & S_IRWXO) != 0) return wrong(path.string() + " may be read by others: chmod o-rwx it");
  std::ifstream file(path);
  std::string secret;
  if (!std::getline(file, secret))
    return wrong(file.bad() || !file.is_open() ? "cannot read " + path.string() : path.string() + " is empty");
  if (secret.empty()) return wrong(path.string() + " begins with an empty line");
  return secret;
}

}  // namespace bursary
