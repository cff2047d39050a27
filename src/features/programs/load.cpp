#include "base/crypto.h"
#include "features/programs/loaders.h"

namespace bursary::programs {
namespace {

// Over path and bytes of every file, each with its length, so that no two sets of files read alike.
std::string version_of(const Files& files) {
  std::string all;
  for (const auto& [path, bytes] : files) {
    all += fmt::format("{}:{}{}:", path.size(), path, bytes.size());
    all += to_hex(bytes_of(sha256(bytes)));
  }
  return to_hex(bytes_of(sha256(all)));
}

}  // namespace

bool is_key(std::string_view text) {
  if (text.empty() || text.size() > 40 || text[0] < 'a' || text[0] > 'z') return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

bool is_hyphened_key(std::string_view text) {
  if (text.empty() || text.size() > 40 || text[0] < 'a' || text[0] > 'z' || text.back() == '-') return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

Loaded load(const Files& files) {
  Report report;
  Source source(files, report);
  auto program = std::make_shared<Program>();
  load_settings(source, *program);
  load_pages(source, *program);
  load_questions(source, *program);
  load_countries(source, *program);
  load_form(source, *program);
  load_eligibility(source, *program);
  load_criteria(source, *program);
  load_models(source, *program);
  load_navigation(source, *program);
  load_mail(source, *program);
  const PhraseOverlays phrases = load_phrases(source, *program);
  check_links(source, *program);
  source.report_unused();

  Loaded out;
  if (!report.has_errors()) {
    program->form_version = forms::version_of(program->form);
    program->version = version_of(files);
    program->phrasebooks = html::Phrasebooks::build(program->locales, phrases);
    out.program = std::move(program);
  }
  out.problems = report.take();
  return out;
}

}  // namespace bursary::programs
