#include "features/programs/loaders.h"

namespace bursary::programs {
namespace {

constexpr auto kAsText = PlaceholderType::text, kAsLink = PlaceholderType::link, kAsDate = PlaceholderType::date,
               kAsTime = PlaceholderType::date_time;

// Names end as features/messages reads them: …link, …_at, …_date; anything else is text.
constexpr Placeholder kProgram{"program", kAsText, false};
constexpr Placeholder kHost{"host", kAsText, false};
constexpr Placeholder kContact{"contact_email", kAsText, false};
constexpr Placeholder kSubmitted[] = {kProgram,
                                      kHost,
                                      kContact,
                                      {"name", kAsText, false},
                                      {"reference", kAsText, true},
                                      {"link", kAsLink, true},
                                      {"submitted_at", kAsTime, false},
                                      {"decision_date", kAsDate, false}};
constexpr Placeholder kDraftLink[] = {
    kProgram, kHost, kContact, {"link", kAsLink, true}, {"expires_date", kAsDate, false}};
constexpr Placeholder kDraftExpires[] = {
    kProgram, kHost, kContact, {"link", kAsLink, true}, {"expires_date", kAsDate, true}};
constexpr Placeholder kSignIn[] = {
    kProgram, kHost, kContact, {"link", kAsLink, true}, {"code", kAsText, true}, {"until_at", kAsTime, false}};
constexpr Placeholder kConfirmAddress[] = {
    kProgram, kHost, kContact, {"code", kAsText, true}, {"until_at", kAsTime, false}};
constexpr Placeholder kInvitation[] = {kProgram,
                                       kHost,
                                       kContact,
                                       {"inviter", kAsText, false},
                                       {"role", kAsText, true},
                                       {"link", kAsLink, true},
                                       {"until_at", kAsTime, false}};
constexpr Placeholder kName{"name", kAsText, false};
constexpr Placeholder kReference{"reference", kAsText, true};
constexpr Placeholder kLink{"link", kAsLink, true};
constexpr Placeholder kReturned[] = {
    kProgram, kHost, kContact, kName, kReference, kLink, {"changes", kAsText, true}, {"due_date", kAsDate, false}};
// An award or a place on the waiting list need not be explained; a decline is.
constexpr Placeholder kDecision[] = {
    kProgram, kHost, kContact, kName, kReference, kLink, {"reason", kAsText, false}, {"criterion", kAsText, false}};
constexpr Placeholder kDecline[] = {
    kProgram, kHost, kContact, kName, kReference, kLink, {"reason", kAsText, true}, {"criterion", kAsText, false}};
constexpr Placeholder kAppeal[] = {kProgram, kHost, kContact, kName, kReference, kLink, {"answer", kAsText, true}};
constexpr Placeholder kStaffMessage[] = {
    kProgram, kHost, kContact, kName, kReference, kLink, {"message", kAsText, true}};
constexpr Placeholder kDigest[] = {
    kProgram, kHost, kContact, kLink, {"stop_link", kAsLink, true}, {"waiting", kAsText, true}};
constexpr Placeholder kChangesReminder[] = {
    kProgram, kHost, kContact, kName, kReference, kLink, {"changes", kAsText, true}, {"due_date", kAsDate, true}};
// A draft that is handed over has no reference yet.
constexpr Placeholder kHandedOver[] = {
    kProgram, kHost, kContact, kLink, {"inviter", kAsText, false}, {"reference", kAsText, false}};
constexpr MailKind kKinds[] = {{"submitted", kSubmitted, false},
                               {"draft_link", kDraftLink, false},
                               {"draft_expires", kDraftExpires, false},
                               {"sign_in", kSignIn, true},
                               {"confirm_address", kConfirmAddress, true},
                               {"invitation", kInvitation, true},
                               {"returned", kReturned, true},
                               {"decision_awarded", kDecision, true},
                               {"decision_declined", kDecline, true},
                               {"decision_waitlisted", kDecision, true},
                               {"appeal_heard", kAppeal, true},
                               {"appeal_turned_down", kAppeal, true},
                               {"staff_message", kStaffMessage, true},
                               {"application_invitation", kInvitation, true},
                               {"handed_over", kHandedOver, true},
                               {"changes_reminder", kChangesReminder, true},
                               {"digest", kDigest, true}};

std::vector<std::string> names_of(std::span<const Placeholder> placeholders) {
  std::vector<std::string> out;
  for (const Placeholder& placeholder : placeholders) out.emplace_back(placeholder.name);
  return out;
}

const Placeholder* find(std::span<const Placeholder> placeholders, std::string_view name) {
  const auto at =
      std::find_if(placeholders.begin(), placeholders.end(), [&](const Placeholder& p) { return p.name == name; });
  return at == placeholders.end() ? nullptr : &*at;
}

// Every {…} of a text, and that links lead to links alone: a name that a stranger typed must never become an address.
class PlaceholderCheck {
 public:
  PlaceholderCheck(const MailKind& kind, Report& report) : kind_(kind), report_(report) {}

  void text(std::string_view text, const Place& at, bool subject) {
    Place here = at;
    std::size_t counted = 0;
    for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
      here.line += static_cast<int>(std::count(text.data() + counted, text.data() + open, '\n'));
      counted = open;
      const std::size_t close = text.find_first_of("}\n", open);
      const bool closed = close != std::string_view::npos && text[close] == '}';
      const std::string_view name = text.substr(open + 1, close == std::string_view::npos ? close : close - open - 1);
      const Placeholder* known = closed ? find(kind_.placeholders, name) : nullptr;
      const bool target = open >= 2 && text.substr(open - 2, 2) == "](";
      if (known == nullptr) {
        unknown(name, here);
      } else {
        found_.emplace(name);
        check_place(*known, target, subject, here);
      }
    }
  }

  void needed(const Place& at) {
    for (const Placeholder& placeholder : kind_.placeholders) {
      if (!placeholder.needed || found_.contains(placeholder.name)) continue;
      report_.error("placeholder-missing", at, fmt::format("The message never says {{{}}}.", placeholder.name),
                    fmt::format("Write {{{}}} where it belongs; the message is useless without it.", placeholder.name));
    }
  }

 private:
  void unknown(std::string_view name, const Place& at) {
    const std::string near = nearest(name, names_of(kind_.placeholders));
    const std::string there = fmt::format("There are: {}.", listed(names_of(kind_.placeholders)));
    report_.error("placeholder-unknown", at, fmt::format("\"{}\" has no placeholder {}.", kind_.key, in_quotes(name)),
                  near.empty() ? there : fmt::format("Did you mean {{{}}}? {}", near, there));
  }
  void check_place(const Placeholder& placeholder, bool target, bool subject, const Place& at) {
    if (target && placeholder.type != kAsLink) {
      report_.error("placeholder-not-link", at,
                    fmt::format("A link leads to {{{}}}, which is no address.", placeholder.name),
                    "Lead it to {link}, or write the placeholder into the text.");
    }
    if (subject && placeholder.type == kAsLink) {
      report_.error("placeholder-in-subject", at, "The subject holds a private link.",
                    "Write it into the text below: a subject is shown on locked screens.");
    }
  }

  const MailKind& kind_;
  Report& report_;
  std::set<std::string, std::less<>> found_;
};

void take_mail_language(Source& source, const MailKind& kind, const std::string& tag, const std::string& path,
                        MailTemplate& mail) {
  const auto file = read_headed(source, path);
  if (!file) return;
  TableReader head(file->head, path, "the head", source.report);
  PlaceholderCheck placeholders(kind, source.report);
  const PlacedText subject = head.text("subject", Need::required);
  head.done();
  if (!subject.empty()) {
    check_markup(subject.text, {path, subject.line}, Markup::mail_line, source.report, source.links);
    placeholders.text(subject.text, {path, subject.line}, true);
    mail.subject.set(tag, subject.text);
  }
  const Place at{path, file->body_line};
  const std::string body = accept_text(file->body, at, "the message", source.report);
  if (body.empty()) {
    source.report.error("empty-text", at, "The message has no text.", "Write it below the head.");
    return;
  }
  check_markup(body, at, Markup::mail, source.report, source.links);
  placeholders.text(body, at, false);
  placeholders.needed(at);
  mail.body.set(tag, body);
}

// What was checked when the product was built: read again without a report.
MailTemplate built_in_mail(const std::vector<std::string>& languages, const MailKind& kind, const std::string& path) {
  Report unread;
  Source source(built_in_program(), unread);
  MailTemplate mail;
  mail.key = kind.key;
  take_mail_language(source, kind, "en", path, mail);
  for (const std::string& tag : languages) {
    if (source.came(in_language(tag, path))) take_mail_language(source, kind, tag, in_language(tag, path), mail);
  }
  return mail;
}

}  // namespace

std::span<const MailKind> mail_kinds() { return kKinds; }

std::span<const Placeholder> placeholders_of(std::string_view mail_key) {
  for (const MailKind& kind : kKinds) {
    if (kind.key == mail_key) return kind.placeholders;
  }
  return {};
}

void load_mail(Source& source, Program& program) {
  for (const MailKind& kind : kKinds) {
    const std::string path = fmt::format("mail/{}.md", kind.key);
    MailTemplate mail;
    mail.key = kind.key;
    if (kind.built_in && !source.came(path)) {
      program.mail.emplace(kind.key, built_in_mail(source.translations, kind, path));
      continue;
    }
    if (source.came(path)) {
      take_mail_language(source, kind, "en", path, mail);
    } else {
      source.report.error("mail-missing", {path, 0}, fmt::format("There is no text for the message \"{}\".", kind.key),
                          "Write the file: a head with the subject, then the message.");
    }
    for (const std::string& tag : source.translations) {
      const std::string file = in_language(tag, path);
      if (source.came(file)) {
        take_mail_language(source, kind, tag, file, mail);
      } else {
        source.report.warning("missing-translation", {file, 0}, fmt::format("{} has no translation.", path),
                              "Write the file; until then English is sent.");
      }
    }
    program.mail.emplace(kind.key, std::move(mail));
  }
}

}  // namespace bursary::programs
