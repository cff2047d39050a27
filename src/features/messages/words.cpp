// Values go in after Markdown is done: the template is rendered with marks in their places, and each mark is then
// replaced by its value, escaped for where the mark stands. So no value is ever read as Markdown, whatever it holds.
//
//   a text's mark is   U+E000 number U+E001     (private use: a letter to Markdown; taken out of templates and values)
//   a link's mark is   https://link<number>.invalid
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>

#include "base/text.h"
#include "features/messages/messages.h"
#include "html/phrasebook.h"

namespace bursary::messages {
namespace {

constexpr std::string_view kOpen = "\uE000";
constexpr std::string_view kClose = "\uE001";
constexpr std::string_view kLinkOpen = "https://link";
constexpr std::string_view kLinkClose = ".invalid";
constexpr std::string_view kNoBreakHint = "\u200B";  // zero width space

struct Value {
  std::string text;
  bool is_link = false;
  bool is_masked = false;  // a link that is not told: where it would lead it leads nowhere
};

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7F; }

// http(s), and no character that needs escaping anywhere. Made by this program, but a mistake must not become a hole.
bool is_plain_link(std::string_view text) {
  if (!text.starts_with("https://") && !text.starts_with("http://")) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F &&
           std::string_view("\"'<>\\^`{|}()").find(c) == std::string_view::npos;
  });
}

std::string without_marks(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at).starts_with(kOpen) || text.substr(at).starts_with(kClose)) {
      at += kOpen.size();
    } else {
      out += text[at++];
    }
  }
  return out;
}

// Mail programs make links of what looks like one: "://" anywhere, and "www.some.name". A zero width space before the
// second slash and after such dots stops that, and no reader sees it.
std::string unlinked(std::string_view text) {
  const auto letter = [&](std::size_t i) {
    if (i >= text.size()) return false;
    // Letters of other scripts name domains too.
    return static_cast<unsigned char>(text[i]) >= 0x80 || ((text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'z');
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    const bool scheme = text[i] == ':' && text.substr(i + 1).starts_with("//");
    const bool host = text[i] == '.' && i > 0 && !is_control(static_cast<unsigned char>(text[i - 1])) &&
                      text[i - 1] != ' ' && letter(i + 1) && letter(i + 2);
    if (scheme || host) out += kNoBreakHint;
  }
  return out;
}

// What a stranger typed, as it may stand in a message.
std::string as_text(std::string_view typed) { return unlinked(without_hidden(without_marks(unify_newlines(typed)))); }

// What values are made of.
struct Source {
  const programs::Program& program;
  const Message& message;
  const html::Phrasebook& phrases;
  const std::map<std::string, std::string>* told;  // private links by name; null: masked
};

Value value_of(const std::string& name, const Source& source) {
  const auto& [program, message, phrases, told] = source;
  if (message.links.contains(name)) {
    const bool is_link = !name.ends_with("code");
    if (told == nullptr) return {phrases.text("messages.private_link"), is_link, is_link};
    const std::string& secret = told->at(name);
    if (!is_link) return {as_text(secret)};
    return is_plain_link(secret) ? Value{secret, true} : Value{};
  }
  const auto given = message.placeholders.find(name);
  if (given == message.placeholders.end()) {
    if (name == "program") return {program.name.in(message.locale)};
    if (name == "host") return {program.host.in(message.locale)};
    if (name == "contact_email") return {program.contact_email};
    return {};
  }
  const std::string& raw = given->second;
  if (name.ends_with("link") && is_plain_link(raw)) return {raw, true};
  const std::optional<Instant> at = parse_rfc3339(raw);
  if (at && name.ends_with("_at")) return {phrases.date_time(*at, program.time_zone)};
  if (at && name.ends_with("_date")) return {phrases.date(*at, program.time_zone)};
  return {as_text(raw)};
}

// A template with its placeholders found.
class Template {
 public:
  Template(std::string_view text, const Source& source) {
    const std::string clean = without_marks(text);
    std::size_t at = 0;
    while (at < clean.size()) {
      const std::size_t open = clean.find('{', at);
      const std::size_t close =
          open == std::string::npos ? open : clean.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", open + 1);
      if (close == std::string::npos) break;
      marked_ += clean.substr(at, open - at);
      if (clean[close] == '}' && close > open + 1) {
        place(value_of(clean.substr(open + 1, close - open - 1), source));
        at = close + 1;
      } else {
        marked_ += '{';
        at = open + 1;
      }
    }
    marked_ += clean.substr(std::min(at, clean.size()));
  }

  const std::string& marked() const { return marked_; }

  // `rendered` with each mark replaced by what `shown` makes of its value. Values are not looked into again.
  template <class Shown>
  std::string filled(std::string_view rendered, Shown shown) const {
    std::string out;
    for (std::size_t at = 0; at < rendered.size();) {
      std::size_t length = 0;
      const Value* value = mark_at(rendered.substr(at), length);
      if (value == nullptr) {
        out += rendered[at++];
      } else {
        shown(out, *value);
        at += length;
      }
    }
    return out;
  }

 private:
  void place(Value value) {
    const std::size_t number = values_.size();
    if (value.is_link) {
      // By itself in the text it becomes a link; where Markdown has made it one, it stays what it is.
      const bool bare = marked_.empty() || (marked_.back() != '(' && marked_.back() != '<');
      marked_ += fmt::format("{}{}{}{}{}", bare ? "<" : "", kLinkOpen, number, kLinkClose, bare ? ">" : "");
    } else {
      marked_ += fmt::format("{}{}{}", kOpen, number, kClose);
    }
    values_.push_back(std::move(value));
  }

  const Value* mark_at(std::string_view text, std::size_t& length) const {
    for (const auto& [open, close] : {std::pair(kOpen, kClose), std::pair(kLinkOpen, kLinkClose)}) {
      if (!text.starts_with(open)) continue;
      std::size_t number = 0;
      const char* const begin = text.data() + open.size();
      const auto [end, problem] = std::from_chars(begin, text.data() + text.size(), number);
      const auto used = static_cast<std::size_t>(end - text.data());
      if (problem != std::errc() || number >= values_.size() || !text.substr(used).starts_with(close)) continue;
      length = used + close.size();
      return &values_[number];
    }
    return nullptr;
  }

  std::string marked_;
  std::vector<Value> values_;
};

// One line: line ends and tabs become spaces.
std::string one_line(std::string text) {
  for (char& c : text) {
    if (is_control(static_cast<unsigned char>(c))) c = ' ';
  }
  return std::string(trim(text));
}

void append_html(std::string& out, std::string_view value) {
  for (std::size_t at = 0; at <= value.size();) {
    const std::size_t end = std::min(value.find('\n', at), value.size());
    html::append_escaped(out, value.substr(at, end - at));
    if (end < value.size()) out += "<br>\n";
    at = end + 1;
  }
}

std::optional<std::map<std::string, std::string>> told_links(const Message& message, const TellLink& tell) {
  std::map<std::string, std::string> told;
  for (const auto& [name, link] : message.links) {
    std::optional<std::string> address = tell(link);
    if (!address) return std::nullopt;
    told.emplace(name, std::move(*address));
  }
  return told;
}

bool is_in_tag(std::string_view html) {
  const std::size_t open = html.rfind('<');
  const std::size_t close = html.rfind('>');
  return open != std::string_view::npos && (close == std::string_view::npos || close < open);
}

}  // namespace

Result<Words> words_of(const programs::Program& program, const Message& message, const TellLink& tell) {
  const auto found = program.mail.find(message.template_key);
  if (found == program.mail.end()) {
    return fail(ErrorKind::not_found, "problem.not_found", "the program has no message '" + message.template_key + "'");
  }
  std::optional<std::map<std::string, std::string>> told;
  if (tell) {
    told = told_links(message, tell);
    if (!told) {
      return fail(ErrorKind::not_found, "messages.problem.link",
                  "its private link cannot be told again: it ended, or the key in secrets/links is another one now");
    }
  }
  const Source source{program, message, program.phrasebooks->get(message.locale), told ? &*told : nullptr};
  const Template subject(found->second.subject.in(message.locale), source);
  const Template body(found->second.body.in(message.locale), source);
  const auto as_it_stands = [](std::string& out, const Value& value) { out += value.text; };

  Words words;
  words.subject = one_line(subject.filled(subject.marked(), as_it_stands));
  words.plain = body.filled(html::markdown_to_text(body.marked()), as_it_stands);
  // Every byte is either html::markdown's own, or a value escaped here.
  words.html = html::SafeHtml::trusted(
      body.filled(html::markdown(body.marked()).str(), [](std::string& out, const Value& value) {
        // In a tag a text has no business (programs::load refuses such a template): it would be an address.
        if (!is_in_tag(out)) return append_html(out, value.text);
        if (value.is_link) append_html(out, value.is_masked ? "#" : value.text);
      }));
  return words;
}

}  // namespace bursary::messages
