#include "features/programs/loaders.h"

namespace bursary::programs {
namespace {

// A word has one translation wherever it stands: <tag>/navigation.toml maps the English word to it.
Link read_link(const Value& table, const std::string& file, Source& source, Translations& texts) {
  TableReader reader(table, file, "a link", source.report);
  Link link;
  const PlacedText label = reader.text("label", Need::required);
  if (!label.empty()) reader.rename(fmt::format("link {}", in_quotes(label.text)));
  link.label = texts.text(label, label.text, Markup::line);
  const PlacedText href = reader.text("href", Need::required);
  link.href = href.text;
  if (!href.empty() && !is_allowed_link(href.text)) {
    source.report.error("bad-link", reader.at("href"), fmt::format("The link leads to {}.", in_quotes(href.text)),
                        "Begin a path of this site with one /, another site with https://.");
  } else if (!href.empty()) {
    source.links.push_back({reader.at("href"), href.text});
  }
  reader.done();
  return link;
}

std::vector<LinkGroup> read_groups(TableReader& reader, std::string_view key, const std::string& file, Source& source,
                                   Translations& texts) {
  std::vector<LinkGroup> groups;
  for (const Value* table : reader.tables(key)) {
    TableReader entry(*table, file, fmt::format("a group of {}", key), source.report);
    LinkGroup group;
    const PlacedText title = entry.text("title", Need::required);
    if (!title.empty()) entry.rename(fmt::format("group {}", in_quotes(title.text)));
    group.title = texts.text(title, title.text, Markup::line);
    for (const Value* link : entry.tables("links")) group.links.push_back(read_link(*link, file, source, texts));
    if (group.links.empty()) {
      source.report.error("group-empty", entry.at(), fmt::format("{} has no links.", entry.what()),
                          "Add links = [ { label = \"…\", href = \"/…\" } ], or take the group away.");
    }
    entry.done();
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace

void load_navigation(Source& source, Program& program) {
  const std::string file = "navigation.toml";
  const auto document = source.toml(file, Need::required);
  if (!document) return;
  TableReader reader(*document, file, file, source.report);
  Translations texts(source, file);
  const PlacedText copyright = reader.text("copyright");
  program.navigation.copyright = texts.text(copyright, copyright.text, Markup::line);
  for (const Value* link : reader.tables("quick")) {
    program.navigation.quick.push_back(read_link(*link, file, source, texts));
  }
  program.navigation.header = read_groups(reader, "header", file, source, texts);
  program.navigation.footer = read_groups(reader, "footer", file, source, texts);
  reader.done();
  texts.done();
}

}  // namespace bursary::programs
