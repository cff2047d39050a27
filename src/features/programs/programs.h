// Programs: content in TOML and Markdown, read into one immutable value, checked whole, reloaded whole. Lists as
// public: features/programs/eligibility.h, features/programs/models.h.
//
// Invariants: a Program that loaded has no problem of severity `error`; current() never changes under a reader;
// reload() of a broken program leaves the old one in place.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "features/forms/definition.h"
#include "features/programs/eligibility.h"
#include "features/programs/models.h"
#include "html/phrasebook.h"

namespace bursary::programs {

using forms::LocalText;

struct Link {
  LocalText label;
  std::string href;  // a path of this site, or https://…
};
struct LinkGroup {
  LocalText title;
  std::vector<Link> links;
};
struct Navigation {
  std::vector<LinkGroup> header;  // a group with one link is shown as that link
  std::vector<LinkGroup> footer;
  std::vector<Link> quick;  // Log in, Sign up
  LocalText copyright;      // "© 2023–2026 Example Lab"; may be empty
};

// A content page, Markdown with a TOML head: title, description, and where it is served.
struct Page {
  std::string slug;                    // "policy" → /policy; "" is the program page at /
  LocalText title, description, body;  // body: Markdown
  std::string version;                 // first 12 hex digits of the English body's SHA-256
  bool searchable = true;
};
struct QuestionAndAnswer {
  std::string key;             // fragment id
  LocalText question, answer;  // answer: Markdown
};

// {placeholder} values are inserted escaped; unknown ones are a mistake that `check` names.
struct MailTemplate {
  std::string key;          // "submitted", "draft_link", "draft_expires", "sign_in"
  LocalText subject, body;  // body: Markdown
};

// What a template may say in braces. The sender gives every value of its template's list; a text may leave out all
// but the needed ones. Only a `link` may stand where a Markdown link leads.
enum class PlaceholderType { text, link, date, date_time };
struct Placeholder {
  std::string_view name;
  PlaceholderType type = PlaceholderType::text;
  bool needed = false;  // a text without it would be useless
};
struct MailKind {
  std::string_view key;
  std::span<const Placeholder> placeholders;
  // Not the program's voice but the product's: a program without a text of its own sends the built-in one.
  bool built_in = false;
};
// Every message of the product, with its closed list of placeholders.
std::span<const MailKind> mail_kinds();
// Empty for an unknown key.
std::span<const Placeholder> placeholders_of(std::string_view mail_key);

enum class UnsupportedPolicy { warn, block };

struct Program {
  std::string slug;             // "researcher-access"
  LocalText name;               // "Researcher Access Program"
  LocalText host;               // "Example Lab"
  LocalText summary;            // one sentence: what this is
  LocalText eligibility;        // Markdown: "what would make me eligible"
  LocalText before_you_start;   // Markdown: time it takes, what to have ready
  LocalText information;        // Markdown: the section before the form
  LocalText what_happens_next;  // Markdown: on the confirmation
  std::string contact_email;
  std::string reference_prefix;  // "RA"
  std::string time_zone;         // IANA
  std::optional<Instant> opens, closes;
  std::chrono::seconds grace{0};  // after closes, still accepted, said so
  int decision_days = 0;          // promised turnaround
  int draft_days = 90;            // a draft's life after its last change
  int retention_days = 0;
  UnsupportedPolicy unsupported = UnsupportedPolicy::warn;
  bool transparency = true;  // figures of each year are public, and those below this are kept back:
  int transparency_threshold = 5;
  std::vector<std::string> locales;  // "en", "es": first is the default
  Navigation navigation;
  std::vector<Page> pages;
  std::vector<QuestionAndAnswer> questions;
  std::vector<std::string> institutions;  // suggestions
  std::map<std::string, MailTemplate, std::less<>> mail;
  std::vector<EligibilityRule> eligibility_rules;
  std::vector<Priority> priorities;
  std::vector<Criterion> criteria;
  StepDays steps;
  std::vector<Model> models;
  forms::Definition form;
  std::string form_version;  // forms::version_of(form)
  std::string version;       // SHA-256 of everything read
  std::shared_ptr<const html::Phrasebooks> phrasebooks;

  const Page* page(std::string_view slug) const;
};

// One mistake, as a person would mend it.
struct Problem {
  enum class Severity { error, warning };
  Severity severity = Severity::error;
  std::string code;  // "unknown-key": stable, one test each
  std::string file;  // relative to the program's folder
  int line = 0;      // 1-based; 0: the file as a whole
  std::string what;  // what is wrong
  std::string mend;  // what to do
};
// "form.toml:41: error: … (unknown-key)\n    mend: …"
std::string to_line(const Problem& problem);

// A program's files by relative path: from a folder, or the embedded default.
using Files = std::map<std::string, std::string, std::less<>>;
// Hidden files and editors' leftovers are skipped; of a file that is too large only so much is read that load() can
// say so. Error{not_found} when there is no such folder, {limit} when it holds too many files or bytes.
Result<Files> read_folder(const std::filesystem::path& folder);
Files built_in_program();

struct Loaded {
  std::shared_ptr<const Program> program;  // null when there is an error
  std::vector<Problem> problems;
};
// Reads and checks everything and reports every mistake at once, in order of file and line. Never throws on any input.
// docs/formats/program.md describes the files and each problem's code.
Loaded load(const Files& files);

// The program being served, and where it came from.
class Programs {
 public:
  // folder empty: the built-in one. Error when it does not load; `problems` says why.
  // What the folder was called is in the error's detail; nothing of it is for the public.
  static Result<std::unique_ptr<Programs>> open(const std::filesystem::path& folder, std::vector<Problem>& problems);
  std::shared_ptr<const Program> current() const;
  // True when there is a new program now. On errors the old one stays.
  bool reload(std::vector<Problem>& problems);

 private:
  Programs(std::filesystem::path folder, std::shared_ptr<const Program> first);
  std::filesystem::path folder_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Program> current_;
};

}  // namespace bursary::programs
