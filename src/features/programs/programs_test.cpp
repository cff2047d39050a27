// Opening and reloading: from a folder, from the binary, and what a broken program may not do.
#include <unistd.h>

#include <fstream>

#include "base/text.h"
#include "features/programs/test_program.h"

namespace bursary::programs {
namespace {

namespace fs = std::filesystem;

// A folder that is gone with the test.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / fmt::format("bursary-programs-{}", ::getpid())) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  void write(const Files& files) {
    for (const auto& [name, bytes] : files) write(name, bytes);
  }
  void write(const std::string& name, std::string_view bytes) {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string shown(const std::optional<Instant>& at) { return at ? to_rfc3339(*at) : "never"; }

TEST_CASE("a folder is read whole, without hidden files and editors' leftovers") {
  Folder folder;
  folder.write(small_program());
  folder.write(".git/config", "x");
  folder.write("form.toml~", "x");
  folder.write("pages/.policy.md.swp", "x");
  const auto files = read_folder(folder.path());
  REQUIRE(files);
  CHECK(*files == small_program());
}

TEST_CASE("a folder that is not there, or holds too much, is refused") {
  Folder folder;
  CHECK(read_folder(folder.path() / "nowhere").error().kind == ErrorKind::not_found);
  for (int i = 0; i < 2001; ++i) folder.write(fmt::format("{}.md", i), "");
  CHECK(read_folder(folder.path()).error().kind == ErrorKind::limit);
}

TEST_CASE("of a file that is too large only so much is read that it can be told") {
  Folder folder;
  folder.write("big.md", std::string(5'000'000, 'x'));
  const auto files = read_folder(folder.path());
  REQUIRE(files);
  CHECK(files->at("big.md").size() == 256 * 1024 + 1);
}

TEST_CASE("messages about accounts have words where the program has none") {
  Files files = small_program();
  files.erase("mail/sign_in.md");
  files.erase("es/mail/sign_in.md");
  const Loaded loaded = load(files);
  REQUIRE(loaded.program);
  CHECK(loaded.problems.empty());
  const MailTemplate& mail = loaded.program->mail.at("sign_in");
  CHECK(mail.subject.in("en") == load(built_in_program()).program->mail.at("sign_in").subject.in("en"));
  CHECK(mail.body.in("es").find("{code}") != std::string::npos);
  CHECK(mail.body.in("es") != mail.body.in("en"));
}

TEST_CASE("the program in the binary opens") {
  std::vector<Problem> problems;
  const auto programs = Programs::open({}, problems);
  REQUIRE(programs);
  CHECK((*programs)->current()->slug == "researcher-access");
  CHECK_FALSE((*programs)->reload(problems));  // the same files are no new program
  CHECK(problems.empty());
}

TEST_CASE("a broken program does not open, and says why") {
  Folder folder;
  Files files = small_program();
  replace(files, "program.toml", "Africa/Nairobi", "Nowhere");
  folder.write(files);
  std::vector<Problem> problems;
  const auto programs = Programs::open(folder.path(), problems);
  REQUIRE_FALSE(programs);
  CHECK(programs.error().message == Phrase("programs.problem.broken"));
  CHECK(programs.error().detail.find("program.toml:7: error:") != std::string::npos);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == "time-zone-unknown");
}

TEST_CASE("a broken program never replaces a good one; a mended one does, and readers keep what they hold") {
  Folder folder;
  folder.write(small_program());
  std::vector<Problem> problems;
  const auto programs = Programs::open(folder.path(), problems);
  REQUIRE(programs);
  const auto first = (*programs)->current();

  folder.write("form.toml", "this is not TOML");
  CHECK_FALSE((*programs)->reload(problems));
  CHECK(problems.front().code == "syntax-error");
  CHECK((*programs)->current() == first);

  Files changed = small_program();
  replace(changed, "form.toml", "label = \"Details\"", "label = \"More details\"");
  folder.write(changed);
  CHECK((*programs)->reload(problems));
  CHECK(problems.empty());
  const auto second = (*programs)->current();
  CHECK(second->form.find("details")->label.in("en") == "More details");
  CHECK(first->form.find("details")->label.in("en") == "Details");
  CHECK(second->version != first->version);
  CHECK(second->form_version != first->form_version);

  fs::remove_all(folder.path());
  CHECK_FALSE((*programs)->reload(problems));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == "unreadable");
  CHECK((*programs)->current() == second);
}

TEST_CASE("a text that is no question leaves the form's version alone") {
  Files changed = small_program();
  replace(changed, "texts/eligibility.md", "Everybody", "All");
  const Loaded before = load(small_program());
  const Loaded after = load(changed);
  REQUIRE(before.program != nullptr);
  REQUIRE(after.program != nullptr);
  CHECK(after.program->version != before.program->version);
  CHECK(after.program->form_version == before.program->form_version);
}

TEST_CASE("a changed policy is a new version of its document, and of the form that asks to accept it") {
  Files changed = small_program();
  replace(changed, "pages/policy.md", "Be good", "Be very good");
  const Loaded before = load(small_program());
  const Loaded after = load(changed);
  REQUIRE(after.program != nullptr);
  CHECK(after.program->form.documents.at("policy") != before.program->form.documents.at("policy"));
  CHECK(after.program->form_version != before.program->form_version);
}

TEST_CASE("dates are read in the program's time zone, days whole, offsets as they stand") {
  Files files = small_program();
  files["program.toml"] += "opens = 2026-03-01\ncloses = 2026-04-30\ngrace_minutes = 90\n";
  Loaded loaded = load(files);
  REQUIRE(loaded.program != nullptr);
  CHECK(shown(loaded.program->opens) == "2026-02-28T21:00:00Z");
  CHECK(shown(loaded.program->closes) == "2026-04-30T20:59:59Z");
  CHECK(loaded.program->grace == std::chrono::minutes(90));
  replace(files, "program.toml", "closes = 2026-04-30", "closes = 2026-04-30T12:00:00-05:00");
  loaded = load(files);
  REQUIRE(loaded.program != nullptr);
  CHECK(shown(loaded.program->closes) == "2026-04-30T17:00:00Z");
}

TEST_CASE("a clock change: the hour that is skipped counts from the offset before it") {
  Files files = small_program();
  replace(files, "program.toml", "Africa/Nairobi", "Europe/Madrid");
  files["program.toml"] += "opens = 2026-03-29T02:30:00\ncloses = 2026-07-01T12:00:00\n";
  const Loaded loaded = load(files);
  REQUIRE(loaded.program != nullptr);
  CHECK(shown(loaded.program->opens) == "2026-03-29T01:30:00Z");
  CHECK(shown(loaded.program->closes) == "2026-07-01T10:00:00Z");
}

TEST_CASE("a file saved by another system reads the same: byte order mark, CR LF") {
  Files files = small_program();
  std::string& form = files["form.toml"];
  std::string crlf = "\xEF\xBB\xBF";
  for (const char c : form) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  form = crlf;
  const Loaded loaded = load(files);
  for (const Problem& problem : loaded.problems) FAIL_CHECK(to_line(problem));
  REQUIRE(loaded.program != nullptr);
  CHECK(loaded.program->form_version == load(small_program()).program->form_version);
}

TEST_CASE("nothing at all is a list of problems, not a crash") {
  const Loaded loaded = load({});
  CHECK(loaded.program == nullptr);
  CHECK(loaded.problems.size() >= 10);
  const Loaded rubbish =
      load({{"form.toml", std::string("\0\xFF\xFE", 3)}, {"", "x"}, {"es", "[a"}, {"pages/.md", "+++\n+++\n"}});
  CHECK(rubbish.program == nullptr);
}

TEST_CASE("an empty text is nobody's: a language that lacks one falls back to English") {
  Files files = small_program();
  files.erase("es/pages/policy.md");
  const Loaded loaded = load(files);
  REQUIRE(loaded.program != nullptr);
  CHECK(loaded.program->page("policy")->title.in("es") == "Policy");
}

}  // namespace
}  // namespace bursary::programs
