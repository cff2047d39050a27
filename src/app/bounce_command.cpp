#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "app/commands.h"
#include "app/store.h"
#include "features/messages/desk.h"

namespace bursary::app {
namespace {

constexpr std::size_t kMost = 10'000;  // of one run

// Which message a mail is about, by the address that it was delivered to.
std::optional<messages::MessageId> message_of(const messages::Bounce& bounce, const std::string& recipient,
                                              const std::string& secret) {
  if (!recipient.empty()) return messages::message_of_envelope(recipient, secret);
  for (const std::string& address : bounce.recipients) {
    if (const auto id = messages::message_of_envelope(address, secret)) return id;
  }
  return std::nullopt;
}

// False when the database took it not: the mail must come again.
bool take(const messages::DeskParts& parts, const std::string& mail, const std::string& recipient) {
  const messages::Bounce bounce = messages::read_bounce(mail);
  const auto id = message_of(bounce, recipient, parts.secret);
  if (!id) {
    fmt::print("about no message of ours\n");
    return true;
  }
  const auto taken = messages::take_bounce(parts, *id, bounce);
  if (!taken) return complain(taken.error().detail) == 0;
  fmt::print("message {}: {}\n", id->value, *taken ? "marked as failed" : "nothing to change");
  return true;
}

constexpr std::size_t kLongest = std::size_t{16} << 20;  // of one mail, as it comes by standard input

std::string standard_input() {
  std::string text;
  char piece[65536];
  for (ssize_t got = 0; text.size() < kLongest && (got = ::read(STDIN_FILENO, piece, sizeof piece)) > 0;)
    text.append(piece, static_cast<std::size_t>(got));
  return text;
}

// Each file is read, then put among the mail that was seen.
int take_maildir(const messages::DeskParts& parts, const std::filesystem::path& folder) {
  std::error_code problem;
  std::vector<std::filesystem::path> mails;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "new", problem)) {
    if (entry.is_regular_file() && mails.size() < kMost) mails.push_back(entry.path());
  }
  if (problem) return complain("cannot read " + (folder / "new").string() + ": " + problem.message());
  std::filesystem::create_directories(folder / "cur", problem);
  for (const auto& path : mails) {
    std::ifstream file(path, std::ios::binary);
    if (!take(parts, {std::istreambuf_iterator<char>(file), {}}, {})) return 1;
    std::filesystem::rename(path, folder / "cur" / (path.filename().string() + ":2,S"), problem);
    if (problem) return complain("cannot move " + path.string() + ": " + problem.message());
  }
  return 0;
}

}  // namespace

int take_bounces(const BounceOptions& options) {
  auto store = open_store(options.store, Access::beside);
  if (!store) return complain(store.error().detail);
  std::vector<programs::Problem> problems;
  auto programs = programs::Programs::open({}, problems);
  if (!programs) return complain("the program has mistakes");
  SystemClock clock;
  SystemRandom random;
  IdSource ids(clock, node_beside(options.store, *store->database));
  const messages::DeskParts parts{*store->database, clock, random, ids, **programs, {}, store->folder.secrets().links};
  if (!options.maildir.empty()) return take_maildir(parts, options.maildir);
  return take(parts, standard_input(), options.recipient) ? 0 : 1;
}

}  // namespace bursary::app
