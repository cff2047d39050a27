#include <sys/statvfs.h>
#include <fstream>

#include "app/commands.h"
#include "app/house.h"
#include "app/store.h"
#include "db/migrate.h"

namespace bursary::app {
namespace {

// Prints what was found, a line each, and remembers whether anything must be mended.
class Findings {
 public:
  void good(std::string_view what) { fmt::print("good     {}\n", what); }
  void note(std::string_view what) { fmt::print("note     {}\n", what); }
  void mend(std::string_view what) {
    fmt::print("MEND     {}\n", what);
    ++troubles_;
  }
  int troubles() const { return troubles_; }

 private:
  int troubles_ = 0;
};

void look_at_disk(Findings& findings, const std::filesystem::path& folder) {
  struct statvfs facts {};
  if (::statvfs(folder.c_str(), &facts) != 0) return findings.mend("cannot ask how much room the disk has");
  const auto free_mib = facts.f_bavail * facts.f_frsize >> 20;
  if (free_mib < 512)
    return findings.mend(fmt::format("only {} MiB free on the data folder's disk: make room", free_mib));
  findings.good(fmt::format("{} MiB free on the data folder's disk", free_mib));
}

// What the queue shows beside its filters, against the applications themselves.
void look_at_counts(Findings& findings, db::Database& database, const std::filesystem::path& folder) {
  std::vector<programs::Problem> problems;
  const auto program = programs::Programs::open(folder, problems);
  if (!program) return;
  const auto check = queue::check_tally(database, (*program)->current()->slug);
  if (check.wrong == 0)
    return findings.good(fmt::format("{} counts of the queue agree with the applications", check.counts));
  findings.note(fmt::format("{} of {} counts of the queue are wrong: a server that runs mends them within a day",
                            check.wrong, check.counts));
}

void look_at_database(Findings& findings, const ServeConfiguration& configuration, const DataFolder& folder) {
  try {
    const auto database = open_database(configuration.store, folder, Access::read);
    const auto state = db::migration_state(*database);
    if (state.have == state.want) {
      findings.good(fmt::format("database answers, schema {}", state.have));
      return look_at_counts(findings, *database, configuration.program);
    }
    findings.note(
        fmt::format("schema {} of {}: the next serve or migrate brings it up to date", state.have, state.want));
  } catch (const std::exception& problem) {
    findings.mend(problem.what());
  }
}

void look_at_program(Findings& findings, const std::filesystem::path& folder) {
  std::vector<programs::Problem> problems;
  const auto opened = programs::Programs::open(folder, problems);
  for (const auto& problem : problems) {
    const bool error = problem.severity == programs::Problem::Severity::error;
    error ? findings.mend(programs::to_line(problem)) : findings.note(programs::to_line(problem));
  }
  if (opened) findings.good(fmt::format("program {} loads", (*opened)->current()->slug));
}

void look_at_address_and_mail(Findings& findings, const ServeConfiguration& c) {
  for (const std::string& problem : unusable(c)) findings.mend(problem);
  if (c.public_address.empty()) {
    findings.note("no --public-address: links in mail will lead to " + c.listen);
  } else if (!c.public_address.starts_with("https://")) {
    findings.note("the public address is not https: browsers will not keep the session cookie but on localhost");
  }
  if (c.mail.server.empty()) {
    findings.note("no --smtp: mail is kept as files in the data folder's mail/ and reaches nobody");
  } else if (!c.mail.require_tls && !c.mail.server.starts_with("smtps://")) {
    findings.note("--smtp-plain: mail may travel unencrypted");
  }
  if (!c.mail.authorities.empty() && !std::ifstream(c.mail.authorities)) {
    findings.mend("--smtp-ca: cannot read " + c.mail.authorities.string());
  }
  if (!c.mail.server.empty() && c.mail.from == "apply@localhost") findings.mend("--mail-from is still apply@localhost");
}

}  // namespace

int doctor(const ServeConfiguration& configuration) {
  Findings findings;
  SystemRandom random;
  look_at_program(findings, configuration.program);
  look_at_address_and_mail(findings, configuration);
  // Looking makes nothing: a mistyped folder must not look healthy.
  if (!holds_data(configuration.store)) {
    findings.mend(configuration.store.data.string() +
                  " holds no data of Bursary: is --data right? (The first serve makes it.)");
    return 1;
  }
  const auto folder = DataFolder::open(configuration.store.data, random);
  if (folder) {
    findings.good(folder->path().string() + ": secrets are private and random");
    look_at_disk(findings, folder->path());
    look_at_database(findings, configuration, *folder);
  } else {
    findings.mend(folder.error().detail);
  }
  return findings.troubles() == 0 ? 0 : 1;
}

}  // namespace bursary::app
