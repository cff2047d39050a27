#include "features/programs/loaders.h"
#include "features/programs/site_paths.h"

namespace bursary::programs {
namespace {

std::vector<std::string> all_paths(const Program& program) {
  std::vector<std::string> out(product_pages().begin(), product_pages().end());
  for (const Page& page : program.pages) out.push_back("/" + page.slug);
  return out;
}

// The part after # of a link to the questions or to the form; elsewhere nothing is known to be there.
void check_fragment(const FoundLink& link, std::string_view path, std::string_view fragment, const Program& program,
                    Report& report) {
  std::vector<std::string> known;
  if (path == "/questions") {
    for (const QuestionAndAnswer& entry : program.questions) known.push_back(entry.key);
  } else if (path == "/apply") {
    for (const forms::Section& section : program.form.sections) {
      known.push_back(section.key);
      for (const forms::Question& question : section.questions) known.push_back(question.key);
    }
  } else {
    return;
  }
  if (known.empty() || std::find(known.begin(), known.end(), fragment) != known.end()) return;
  report.error("dead-link", link.at, fmt::format("{} has no {}.", path, in_quotes(fragment)),
               "Link to a key that is there." + did_you_mean(fragment, known));
}

}  // namespace

void check_links(Source& source, const Program& program) {
  const std::vector<std::string> known = all_paths(program);
  for (const FoundLink& link : source.links) {
    if (!is_site_path(link.href)) continue;
    const std::string_view href = link.href;
    const std::string_view path = href.substr(0, href.find_first_of("?#"));
    if (path == "/transparency" && !program.transparency) {
      source.report.error("dead-link", link.at,
                          "/transparency is not there, because program.toml says transparency = false.",
                          "Take the link away, or say transparency = true.");
      continue;
    }
    if (!is_product_page(path) && program.page(path.substr(1)) == nullptr) {
      source.report.error("dead-link", link.at, fmt::format("There is no page {}.", in_quotes(path)),
                          "Write the page, or link to one that is there." + did_you_mean(path, known));
      continue;
    }
    const std::size_t hash = href.find('#');
    if (hash != std::string_view::npos) check_fragment(link, path, href.substr(hash + 1), program, source.report);
  }
}

}  // namespace bursary::programs
