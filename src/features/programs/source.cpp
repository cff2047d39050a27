#include "features/programs/source.h"

#include "base/text.h"

namespace bursary::programs {
namespace {

int first_bad_line(std::string_view bytes) {
  int line = 1;
  for (;; ++line) {
    const std::size_t end = bytes.find('\n');
    if (end == std::string_view::npos || !is_utf8(bytes.substr(0, end))) return line;
    bytes.remove_prefix(end + 1);
  }
}

}  // namespace

Source::Source(const Files& files, Report& into) : report(into) {
  std::size_t total = 0;
  for (const auto& [path, bytes] : files) {
    came_.insert(path);
    total += bytes.size();
    if (bytes.size() > kLargestFile) {
      used_.insert(path);
      report.error("file-too-large", {path, 0}, fmt::format("The file is larger than {} KB.", kLargestFile / 1024),
                   "Shorten it or split it.");
    } else if (!is_utf8(bytes)) {
      used_.insert(path);
      report.error("bad-utf8", {path, first_bad_line(bytes)}, "The file is not UTF-8 text.",
                   "Save it again with the encoding UTF-8.");
    } else {
      const bool marked = bytes.starts_with("\xEF\xBB\xBF");
      readable_[path] = unify_newlines(std::string_view(bytes).substr(marked ? 3 : 0));
    }
  }
  if (files.size() > kMostFiles || total > kLargestProgram) {
    report.error("program-too-large", {"program.toml", 0},
                 fmt::format("The folder holds {} files with {} bytes.", files.size(), total),
                 fmt::format("Keep to {} files and {} MB.", kMostFiles, kLargestProgram / 1024 / 1024));
  }
}

const std::string* Source::find(std::string_view path) {
  const auto found = readable_.find(path);
  if (found == readable_.end()) return nullptr;
  used_.insert(found->first);
  return &found->second;
}

std::optional<Value> Source::toml(const std::string& path, Need need) {
  const std::string* text = find(path);
  if (text != nullptr) return parse_toml(*text, path, 1, report);
  if (need == Need::required && !came(path)) {
    report.error("missing-file", {path, 0}, fmt::format("There is no file {}.", path),
                 "Write it; docs/formats/program.md says what stands in it.");
  }
  return std::nullopt;
}

std::vector<std::string> Source::below(std::string_view folder, std::string_view ending) const {
  std::vector<std::string> out;
  for (auto at = came_.lower_bound(std::string(folder)); at != came_.end() && at->starts_with(folder); ++at) {
    if (at->ends_with(ending)) out.push_back(*at);
  }
  return out;
}

void Source::report_unused() {
  for (const std::string& path : came_) {
    if (used_.contains(path)) continue;
    const std::string folder = path.substr(0, path.find('/'));
    const bool has_english = folder.size() < path.size() && came_.contains(path.substr(folder.size() + 1));
    const bool listed = std::find(translations.begin(), translations.end(), folder) != translations.end();
    if (has_english && (listed || !languages_known))
      continue;  // not asked for, because another mistake stopped its reader
    if (has_english && folder.size() <= 10) {
      report.warning("locale-unlisted", {path, 0},
                     fmt::format("The file is a translation, but \"{}\" is not among the program's locales.", folder),
                     fmt::format("Add \"{}\" to locales in program.toml, or take the folder away.", folder));
    } else {
      report.warning("unused-file", {path, 0}, "Nothing reads this file.",
                     "Check its name and folder against docs/formats/program.md, or take it away.");
    }
  }
}

std::string in_language(std::string_view tag, std::string_view path) { return fmt::format("{}/{}", tag, path); }

Translations::Translations(Source& source, std::string file) : source_(source), file_(std::move(file)) {
  for (const std::string& tag : source.translations) {
    Language language{tag, in_language(tag, file_), source.came(in_language(tag, file_)), {}};
    if (const auto document = source.toml(language.file, Need::optional)) flatten(*document, "", language);
    languages_.push_back(std::move(language));
  }
}

void Translations::flatten(const Value& table, const std::string& prefix, Language& language) {
  for (const Value::Entry& entry : table.entries) {
    const std::string path = prefix + entry.key;
    const Place at{language.file, entry.line};
    if (entry.value.kind == Value::Kind::table) {
      flatten(entry.value, path + ".", language);
    } else if (entry.value.kind != Value::Kind::text) {
      source_.report.error(
          "wrong-type", at, fmt::format("{} is {}.", in_quotes(path), kind_name(entry.value.kind)),
          "A translation holds texts in quotes and nothing else; all rules stand in the English file.");
    } else if (trim(entry.value.text).empty()) {
      source_.report.error("empty-text", at, fmt::format("The translation of {} is empty.", in_quotes(path)),
                           "Write it, or take the line away: English is shown then.");
    } else {
      language.entries[path] = {accept_text(entry.value.text, at, in_quotes(path), source_.report),
                                entry.value.text_line, false};
    }
  }
}

LocalText Translations::text(const PlacedText& english, const std::string& path, Markup markup) {
  LocalText out;
  for (Language& language : languages_) {
    const auto found = language.entries.find(path);
    if (found != language.entries.end()) found->second.used = true;
    if (english.empty()) continue;  // a translation of nothing is told by the English mistake
    if (found == language.entries.end()) {
      if (!language.there) continue;  // done() tells that once
      source_.report.warning(
          "missing-translation", {language.file, 0}, fmt::format("{} has no translation.", in_quotes(path)),
          fmt::format("Add it to {}; until then English is shown: {}.", language.file, in_quotes(english.text)));
      continue;
    }
    check_markup(found->second.text, {language.file, found->second.line}, markup, source_.report, source_.links);
    out.set(language.tag, found->second.text);
  }
  if (english.empty()) return {};
  check_markup(english.text, {file_, english.line}, markup, source_.report, source_.links);
  out.set("en", english.text);
  return out;
}

void Translations::done() {
  for (const Language& language : languages_) {
    if (!language.there) {
      source_.report.warning("missing-translation", {language.file, 0}, fmt::format("{} has no translation.", file_),
                             "Write the file; until then English is shown.");
    }
    std::vector<std::string> unclaimed;
    for (const auto& [path, entry] : language.entries) {
      if (!entry.used) unclaimed.push_back(path);
    }
    for (const std::string& path : unclaimed) {
      source_.report.error("translation-unknown", {language.file, language.entries.find(path)->second.line},
                           fmt::format("{} has no English text {}.", file_, in_quotes(path)),
                           "Write the key as it stands in the English file, or take the line away.");
    }
  }
}

LocalText text_file(Source& source, const std::string& path, Markup markup) {
  LocalText out;
  const auto take = [&](const std::string& tag, const std::string& file) {
    const std::string* text = source.find(file);
    if (text == nullptr) return false;
    if (trim(*text).empty()) {
      source.report.error("empty-text", {file, 0}, "The file is empty.", "Write the text.");
      return true;
    }
    const std::string accepted = accept_text(*text, {file, 1}, "the file", source.report, kLongestPage);
    const auto before = text->find_first_not_of(" \n\t");
    const auto line =
        1 + static_cast<int>(std::count(text->begin(), text->begin() + static_cast<std::ptrdiff_t>(before), '\n'));
    check_markup(accepted, {file, line}, markup, source.report, source.links);
    out.set(tag, accepted);
    return true;
  };
  if (!take("en", path) && !source.came(path)) {
    source.report.error("missing-file", {path, 0}, fmt::format("There is no file {}.", path),
                        "Write it; docs/formats/program.md says what stands in it.");
  }
  for (const std::string& tag : source.translations) {
    const std::string file = in_language(tag, path);
    if (!take(tag, file) && !source.came(file)) {
      source.report.warning("missing-translation", {file, 0}, fmt::format("{} has no translation.", path),
                            "Write the file; until then English is shown.");
    }
  }
  return out;
}

}  // namespace bursary::programs
