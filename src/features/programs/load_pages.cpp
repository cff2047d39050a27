#include "base/crypto.h"
#include "base/text.h"
#include "features/programs/loaders.h"
#include "features/programs/site_paths.h"

namespace bursary::programs {
namespace {

constexpr std::string_view kFence = "+++";
constexpr std::string_view kFolder = "pages/";
constexpr std::string_view kEnding = ".md";

bool is_slug(std::string_view slug) {
  if (slug.size() > 100) return false;
  while (!slug.empty()) {
    const std::size_t end = slug.find('/');
    if (!is_hyphened_key(slug.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    slug.remove_prefix(end + 1);
  }
  return false;
}

// Takes one language's file into the page; true when there was one.
bool take_page_language(Source& source, const std::string& tag, const std::string& path, const HeadedFile& file,
                        TableReader& head, Page& page) {
  const auto line_of_text = [&](std::string_view key) {
    const PlacedText text = head.text(key, Need::required);
    if (!text.empty()) check_markup(text.text, {path, text.line}, Markup::line, source.report, source.links);
    return text.text;
  };
  if (const std::string title = line_of_text("title"); !title.empty()) page.title.set(tag, title);
  if (const std::string description = line_of_text("description"); !description.empty()) {
    page.description.set(tag, description);
  }
  const std::string body = accept_text(file.body, {path, file.body_line}, "the page", source.report, kLongestPage);
  if (body.empty()) {
    source.report.error("empty-text", {path, file.body_line}, "The page has no text.", "Write it below the head.");
    return false;
  }
  check_markup(body, {path, file.body_line}, Markup::markdown, source.report, source.links);
  page.body.set(tag, body);
  return true;
}

// pages/research/index.md is /research/index.
std::string slug_of(const std::string& path) {
  return path.substr(kFolder.size(), path.size() - kFolder.size() - kEnding.size());
}

void read_slug(TableReader& head, const std::string& path, Page& page) {
  page.slug = slug_of(path);
  const Value* given = head.any("slug");
  Place at{path, 0};
  if (given != nullptr && given->kind == Value::Kind::text) {
    page.slug = given->text;
    at = head.at("slug");
  } else if (given != nullptr) {
    head.text("slug");  // says that it is no text
  }
  if (page.slug.empty()) return;
  if (!is_slug(page.slug)) {
    head.report().error("bad-slug", at, fmt::format("{} cannot be a page's address.", in_quotes(page.slug)),
                        "Use small letters, digits and hyphens, a letter first, parts separated by /.");
  } else if (is_reserved_slug(page.slug)) {
    head.report().error("reserved-slug", at, fmt::format("/{} belongs to the product itself.", page.slug),
                        "Give the page another slug.");
  }
}

void take_translations(Source& source, const std::string& path, Page& page) {
  for (const std::string& tag : source.translations) {
    const std::string file = in_language(tag, path);
    if (!source.came(file)) {
      source.report.warning("missing-translation", {file, 0}, fmt::format("{} has no translation.", path),
                            "Write the file; until then English is shown.");
      continue;
    }
    const auto translated = read_headed(source, file);
    if (!translated) continue;
    TableReader head(translated->head, file, "the head", source.report);
    take_page_language(source, tag, file, *translated, head, page);
    head.done();
  }
}

void report_strangers(Source& source) {
  for (const std::string& tag : source.translations) {
    for (const std::string& file : source.below(tag + "/" + std::string(kFolder), kEnding)) {
      const std::string path = file.substr(tag.size() + 1);
      if (source.came(path)) continue;
      source.find(file);
      source.report.error("translation-unknown", {file, 0}, fmt::format("There is no English page {}.", path),
                          "Name the file as the English one is named, or take it away.");
    }
  }
}

void require(Source& source, const Program& program, std::string_view slug, std::string_view why) {
  if (program.page(slug) != nullptr) return;
  const std::string file = fmt::format("pages/{}.md", slug.empty() ? "home" : slug);
  if (source.came(file)) return;  // it is there and was refused
  source.report.error(
      "page-missing", {file, 0}, fmt::format("There is no page /{}: {}.", slug, why),
      slug.empty() ? fmt::format("Write {} with slug = \"\" in its head.", file) : fmt::format("Write {}.", file));
}

}  // namespace

std::optional<HeadedFile> read_headed(Source& source, const std::string& path) {
  const std::string* whole = source.find(path);
  if (whole == nullptr) return std::nullopt;
  const std::string fence = std::string(kFence) + "\n";
  const std::size_t end =
      whole->starts_with(fence) ? whole->find("\n" + std::string(kFence), fence.size() - 1) : std::string::npos;
  if (end == std::string::npos) {
    source.report.error("head-missing", {path, 1}, "The file does not begin with a head.",
                        "Begin it with a line +++, then title = \"…\" and so on, then a line +++, then the text.");
    return std::nullopt;
  }
  HeadedFile out;
  const std::string head = end < fence.size() ? std::string{} : whole->substr(fence.size(), end - fence.size() + 1);
  auto value = parse_toml(head, path, 2, source.report);
  if (!value) return std::nullopt;
  out.head = std::move(*value);
  out.head.line = 1;
  std::size_t body = whole->find('\n', end + 1);
  body = body == std::string::npos ? whole->size() : body + 1;
  while (body < whole->size() && (*whole)[body] == '\n') ++body;
  out.body = whole->substr(body);
  out.body_line =
      1 + static_cast<int>(std::count(whole->begin(), whole->begin() + static_cast<std::ptrdiff_t>(body), '\n'));
  return out;
}

void load_pages(Source& source, Program& program) {
  std::map<std::string, std::string> owner;  // slug → file
  for (const std::string& path : source.below(kFolder, kEnding)) {
    const auto file = read_headed(source, path);
    Page page;
    if (!file) {  // told; its address is kept, so that links to it are not told as well
      page.slug = slug_of(path);
      program.pages.push_back(std::move(page));
      continue;
    }
    TableReader head(file->head, path, "the head", source.report);
    read_slug(head, path, page);
    page.searchable = head.boolean("searchable", true);
    take_page_language(source, "en", path, *file, head, page);
    head.done();
    page.version = to_hex(bytes_of(sha256(page.body.in("en")))).substr(0, 12);
    take_translations(source, path, page);
    const auto [first, is_new] = owner.emplace(page.slug, path);
    if (!is_new) {
      source.report.error("duplicate-slug", head.at("slug"),
                          fmt::format("/{} is already the page {}.", page.slug, first->second),
                          "Give one of them another slug.");
      continue;
    }
    program.pages.push_back(std::move(page));
  }
  report_strangers(source);
  require(source, program, "", "it is the program's first page");
  require(source, program, "policy", "applicants are asked to read and accept it");
  require(source, program, "privacy", "every form says what becomes of the answers");
  require(source, program, "terms", "every page links to it");
}

}  // namespace bursary::programs
