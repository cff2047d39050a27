#include <unicode/uloc.h>

#include "base/text.h"
#include "features/programs/loaders.h"
#include "features/programs/time_zone.h"

namespace bursary::programs {
namespace {

// "en", "pt-BR", "sr-Latn": a language that ICU knows, written as BCP 47 writes it.
bool is_language(std::string_view tag) {
  const std::string_view language = tag.substr(0, tag.find('-'));
  if (language.size() < 2 || language.size() > 3 || tag.size() > 12 || tag.ends_with('-')) return false;
  for (const char c : language) {
    if (c < 'a' || c > 'z') return false;
  }
  for (const char c : tag) {
    if (c != '-' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9')) return false;
  }
  return uloc_getISO3Language(std::string(language).c_str())[0] != '\0';
}

void read_locales(TableReader& reader, Source& source, Program& program) {
  bool english = false;
  for (const PlacedText& tag : reader.texts("locales")) {
    const Place at{"program.toml", tag.line};
    if (std::find(program.locales.begin(), program.locales.end(), tag.text) != program.locales.end()) {
      source.report.error("duplicate-locale", at, fmt::format("{} stands twice in locales.", in_quotes(tag.text)),
                          "Name each language once.");
    } else if (!is_language(tag.text)) {
      source.report.error("locale-unknown", at, fmt::format("{} names no language.", in_quotes(tag.text)),
                          "Give a BCP 47 tag: \"en\", \"es\", \"pt-BR\".");
    } else {
      english = english || tag.text == "en";
      if (tag.text != "en") source.translations.push_back(tag.text);
      program.locales.push_back(tag.text);
    }
  }
  if (english) return;
  if (!program.locales.empty()) {
    source.report.error(
        "locale-without-english", reader.at("locales"), "\"en\" is not among the locales.",
        "Add \"en\": the main files hold the English texts, and every other language falls back to them.");
  }
  program.locales.emplace_back("en");
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || text.find('@', at + 1) != std::string_view::npos) return false;
  const std::string_view domain = text.substr(at + 1);
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '<' || c == '>' || c == ',' || c == ';')
      return false;
  }
  return domain.find('.') != std::string_view::npos && !domain.starts_with('.') && !domain.ends_with('.') &&
         domain.find("..") == std::string_view::npos && text.size() <= 254;
}

// `day_end` is added to a date without a time.
std::optional<Instant> read_moment(TableReader& reader, std::string_view key, std::string_view day_end,
                                   const Program& program) {
  const Value* value = reader.any(key);
  if (value == nullptr) return std::nullopt;
  std::optional<Instant> at;
  const bool zone = is_time_zone(program.time_zone);
  const std::string_view name = zone ? std::string_view(program.time_zone) : "UTC";
  if (value->kind == Value::Kind::instant) at = parse_rfc3339(value->text);
  if (value->kind == Value::Kind::local_time) at = from_wall_clock(value->text, name);
  if (value->kind == Value::Kind::date) at = from_wall_clock(value->text + std::string(day_end), name);
  if (!at) {
    reader.report().error("bad-date", reader.at(key),
                          fmt::format("\"{}\" is {}, not a moment.", key, kind_name(value->kind)),
                          fmt::format("Write {} = 2026-03-01T17:00:00, without quotes: the time in time_zone.", key));
  }
  return at;
}

void read_dates(TableReader& reader, Program& program) {
  const PlacedText zone = reader.text("time_zone", Need::required);
  program.time_zone = zone.text;
  if (!zone.empty() && !is_time_zone(zone.text)) {
    reader.report().error("time-zone-unknown", reader.at("time_zone"),
                          fmt::format("{} names no time zone.", in_quotes(zone.text)),
                          "Give an IANA name such as \"Europe/Madrid\", \"Africa/Nairobi\" or \"UTC\".");
  }
  program.opens = read_moment(reader, "opens", "T00:00:00", program);
  program.closes = read_moment(reader, "closes", "T23:59:59", program);
  if (program.opens && program.closes && *program.closes <= *program.opens) {
    reader.report().error(
        "closes-before-opens", reader.at("closes"), "The program closes before it opens.",
        "Set closes to a later moment than opens; without closes applications are taken all the time.");
  }
}

constexpr std::int64_t kLongestGrace = 20'160;  // minutes: 14 days

void read_numbers(TableReader& reader, Program& program) {
  const auto days = [&](std::string_view key, std::int64_t least, std::int64_t most, std::int64_t otherwise) {
    return static_cast<int>(reader.whole(key, least, most).value_or(otherwise));
  };
  program.grace = std::chrono::minutes(reader.whole("grace_minutes", 0, kLongestGrace).value_or(0));
  program.decision_days = days("decision_days", 1, 730, 60);
  program.draft_days = days("draft_days", 1, 730, 90);
  program.retention_days = days("retention_days", 30, 3650, 730);
}

void read_identity(TableReader& reader, Program& program) {
  const PlacedText slug = reader.text("slug", Need::required);
  program.slug = slug.text;
  if (!slug.empty() && (!is_hyphened_key(slug.text))) {
    reader.report().error("bad-slug", reader.at("slug"),
                          fmt::format("{} cannot be the program's slug.", in_quotes(slug.text)),
                          "Use small letters, digits and hyphens, a letter first, at most 40.");
  }
  const PlacedText prefix = reader.text("reference_prefix", Need::required);
  program.reference_prefix = prefix.text;
  const bool letters = std::all_of(prefix.text.begin(), prefix.text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!prefix.empty() && (!letters || prefix.text.size() < 2 || prefix.text.size() > 4)) {
    reader.report().error("bad-reference-prefix", reader.at("reference_prefix"),
                          fmt::format("{} cannot begin a reference.", in_quotes(prefix.text)),
                          "Use two to four capital letters from A to Z: they are read out on the telephone.");
  }
  const PlacedText email = reader.text("contact_email", Need::required);
  program.contact_email = email.text;
  if (!email.empty() && !is_email(email.text)) {
    reader.report().error("bad-email", reader.at("contact_email"),
                          fmt::format("{} is not an e-mail address.", in_quotes(email.text)),
                          "Give one address, such as \"access@example.org\".");
  }
}

}  // namespace

void load_settings(Source& source, Program& program) {
  const auto document = source.toml("program.toml", Need::required);
  if (!document) {
    program.locales = {"en"};
    program.time_zone = "UTC";
  } else {
    TableReader reader(*document, "program.toml", "program.toml", source.report);
    read_locales(reader, source, program);
    source.languages_known = true;
    read_identity(reader, program);
    read_dates(reader, program);
    read_numbers(reader, program);
    read_steps(reader.table("steps"), program, source.report);
    const PlacedText policy = reader.text("unsupported_countries");
    if (policy.text == "block") program.unsupported = UnsupportedPolicy::block;
    if (!policy.empty() && policy.text != "block" && policy.text != "warn") {
      source.report.error("bad-word", reader.at("unsupported_countries"),
                          fmt::format("unsupported_countries is {}.", in_quotes(policy.text)),
                          "Write \"warn\" (they may apply and are told) or \"block\" (they cannot submit).");
    }
    program.transparency = reader.boolean("transparency", true);
    program.transparency_threshold = static_cast<int>(reader.whole("transparency_threshold", 3, 100).value_or(5));
    Translations texts(source, "program.toml");
    program.name = texts.text(reader.text("name", Need::required), "name", Markup::line);
    program.host = texts.text(reader.text("host", Need::required), "host", Markup::line);
    program.summary = texts.text(reader.text("summary", Need::required), "summary", Markup::line);
    texts.done();
    reader.done();
  }
  program.information = text_file(source, "texts/information.md", Markup::markdown);
  program.eligibility = text_file(source, "texts/eligibility.md", Markup::markdown);
  program.before_you_start = text_file(source, "texts/before-you-start.md", Markup::markdown);
  program.what_happens_next = text_file(source, "texts/what-happens-next.md", Markup::markdown);
}

}  // namespace bursary::programs
