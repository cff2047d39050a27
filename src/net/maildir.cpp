#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "base/crypto.h"
#include "net/mail.h"

namespace bursary::net {
namespace {

namespace fs = std::filesystem;
using web::Delivery;
using web::SendResult;

class File {
 public:
  File(const std::string& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~File() { close(); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  bool is_open() const { return number_ >= 0; }

  bool write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto written = ::write(number_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }
  bool sync() const { return ::fsync(number_) == 0; }
  bool close() {
    if (number_ < 0) return true;
    const int number = number_;
    number_ = -1;
    return ::close(number) == 0;
  }

 private:
  int number_;
};

SendResult not_now(const std::string& what) {
  return {Delivery::refused_now, what + ": " + std::generic_category().message(errno)};
}

bool sync_folder(const fs::path& folder) {
  const File open(folder.string(), O_RDONLY | O_DIRECTORY);
  return open.is_open() && open.sync();
}

// Mail readers move a file from new/ to cur/ and put flags behind its name.
bool has_been_delivered(const fs::path& folder, const std::string& name) {
  std::error_code failure;
  if (fs::exists(folder / "new" / name, failure)) return true;
  for (const auto& entry : fs::directory_iterator(folder / "cur", failure))
    if (entry.path().filename().string().starts_with(name + ":")) return true;
  return fs::exists(folder / "cur" / name, failure);
}

}  // namespace

MaildirSender::MaildirSender(std::string folder) : folder_(std::move(folder)) {}

SendResult MaildirSender::send(const web::OutgoingMail& mail) {
  if (const auto reason = unfit(mail); !reason.empty()) return {Delivery::refused_for_good, reason};
  const fs::path folder(folder_);
  for (const char* part : {"", "tmp", "new", "cur"}) {
    if (::mkdir((folder / part).c_str(), 0700) != 0 && errno != EEXIST)
      return not_now("cannot make " + (folder / part).string());
  }
  // Named for the message and whom it goes to.
  const std::string name = to_hex(bytes_of(sha256(mail.message_id + '\n' + mail.recipient))).substr(0, 40) + ".bursary";
  if (has_been_delivered(folder, name)) return {Delivery::sent, "was delivered before"};

  const fs::path temporary = folder / "tmp" / name;
  File file(temporary.string(), O_WRONLY | O_CREAT | O_TRUNC);
  if (!file.is_open()) return not_now("cannot write " + temporary.string());
  const std::string envelope = "Return-Path: <" + mail.sender + ">\nDelivered-To: " + mail.recipient + "\n";
  if (!file.write(envelope) || !file.write(mail.content) || !file.sync() || !file.close()) {
    auto refused = not_now("cannot write " + temporary.string());
    ::unlink(temporary.c_str());
    return refused;
  }
  if (::rename(temporary.c_str(), (folder / "new" / name).c_str()) != 0) return not_now("cannot deliver " + name);
  if (!sync_folder(folder / "new")) return not_now("cannot make " + name + " durable");
  return {Delivery::sent, {}};
}

}  // namespace bursary::net
