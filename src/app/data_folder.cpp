#include "app/data_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>

#include "base/text.h"

namespace bursary::app {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> trouble(const fs::path& path, std::string_view what) {
  return fail(ErrorKind::unavailable,
              Phrase("app.problem.data_folder", {{"path", path.string()}, {"what", std::string(what)}}),
              fmt::format("{}: {}", path.string(), what));
}

Result<void> make_private_folder(const fs::path& path) {
  std::error_code problem;
  fs::create_directories(path, problem);
  if (problem) return trouble(path, "cannot be made: " + problem.message());
  fs::permissions(path, fs::perms::owner_all, problem);
  if (problem) return trouble(path, "its permissions cannot be set: " + problem.message());
  return {};
}

// Written whole or not at all, readable by its owner from the first byte on.
Result<void> write_secret(const fs::path& path, std::string_view text) {
  const fs::path fresh = path.string() + ".new";
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return trouble(fresh, std::string("cannot be made: ") + std::strerror(errno));
  const bool written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  ::close(file);
  if (!written || ::rename(fresh.c_str(), path.c_str()) != 0) return trouble(path, "cannot be written");
  return {};
}

Result<std::string> read_secret(const fs::path& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return trouble(path, "cannot be read");
  if ((facts.st_mode & 077) != 0) return trouble(path, "can be read by others than its owner: chmod 600 it");
  std::ifstream in(path);
  std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto bytes = from_hex(trim(text));
  if (!bytes || bytes->size() != 32) return trouble(path, "is not 32 bytes in hex");
  if (std::set<char>(bytes->begin(), bytes->end()).size() < 8)
    return trouble(path, "is not random: delete it to have one made");
  return *bytes;
}

Result<std::string> secret(const fs::path& path, Random& random) {
  if (!fs::exists(path)) {
    std::array<std::uint8_t, 32> bytes{};
    random.fill(bytes);
    if (auto written = write_secret(path, to_hex(bytes_of(bytes)) + "\n"); !written)
      return fail(std::move(written).error());
  }
  return read_secret(path);
}

Result<std::vector<SigningKey>> earlier_keys(const fs::path& folder) {
  std::vector<SigningKey> keys;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("receipt.") || name.ends_with(".new")) continue;
    auto seed = read_secret(entry.path());
    if (!seed) return fail(std::move(seed).error());
    keys.push_back(SigningKey::from_seed(*seed));
  }
  std::ranges::sort(keys, {}, [](const SigningKey& key) { return key.id(); });
  return keys;
}

}  // namespace

Result<DataFolder> DataFolder::open(const fs::path& path, Random& random) {
  DataFolder folder;
  folder.path_ = fs::absolute(path);
  for (const auto& part : {folder.path_, folder.path_ / "secrets", folder.cache()}) {
    if (auto made = make_private_folder(part); !made) return fail(std::move(made).error());
  }
  auto form = secret(folder.path_ / "secrets" / "form", random);
  if (!form) return fail(std::move(form).error());
  auto links = secret(folder.path_ / "secrets" / "links", random);
  if (!links) return fail(std::move(links).error());
  auto receipt = secret(folder.path_ / "secrets" / "receipt", random);
  if (!receipt) return fail(std::move(receipt).error());
  auto earlier = earlier_keys(folder.path_ / "secrets");
  if (!earlier) return fail(std::move(earlier).error());
  folder.secrets_ = {std::move(*form), std::move(*links), SigningKey::from_seed(*receipt), std::move(*earlier)};
  return folder;
}

}  // namespace bursary::app
