#include "base/text.h"
#include "features/programs/loaders.h"

namespace bursary::programs {
namespace {

bool is_country_code(std::string_view code) {
  return code.size() == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z';
}

// "AF.name" would be tidy, but a translator's list reads best as: AF = "Afganistán".
void read_country(const Value& table, const std::string& file, Source& source, Translations& texts, Program& program) {
  TableReader reader(table, file, "a country", source.report);
  forms::Country country;
  country.code = reader.text("code", Need::required).text;
  if (!country.code.empty()) reader.rename(fmt::format("country \"{}\"", country.code));
  if (!country.code.empty() && !is_country_code(country.code)) {
    source.report.error(
        "bad-country-code", reader.at("code"), fmt::format("{} is not a country's code.", in_quotes(country.code)),
        "Give the two capital letters of ISO 3166-1, such as \"KE\"; a program's own may be \"XA\" to \"XZ\".");
  }
  country.name = texts.text(reader.text("name", Need::required), country.code, Markup::line);
  country.supported = reader.boolean("supported", true);
  reader.done();
  const bool twice = std::any_of(program.form.countries.begin(), program.form.countries.end(),
                                 [&](const forms::Country& other) { return other.code == country.code; });
  if (twice && !country.code.empty()) {
    source.report.error("duplicate-country", reader.at("code"),
                        fmt::format("{} is listed twice.", in_quotes(country.code)), "Take one of them away.");
    return;
  }
  program.form.countries.push_back(std::move(country));
}

void load_institutions(Source& source, Program& program) {
  const std::string file = "institutions.txt";
  const std::string* text = source.find(file);
  if (text == nullptr) return;
  std::string_view rest = *text;
  std::set<std::string> known;
  for (int line = 1; !rest.empty(); ++line) {
    const std::size_t end = rest.find('\n');
    const std::string_view entry = trim(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (entry.empty() || entry.starts_with('#')) continue;
    if (entry.size() > 300) {
      source.report.error("text-too-long", {file, line}, "The name of an institution is longer than 300 bytes.",
                          "Write one name on each line.");
    } else if (!known.insert(fold(entry)).second) {
      source.report.warning("duplicate-institution", {file, line},
                            fmt::format("{} stands there twice.", in_quotes(entry)), "Take one of them away.");
    } else {
      program.institutions.push_back(accept_text(entry, {file, line}, "an institution", source.report));
    }
  }
}

}  // namespace

void load_countries(Source& source, Program& program) {
  load_institutions(source, program);
  const std::string file = "countries.toml";
  const auto document = source.toml(file, Need::optional);
  if (!document) return;
  constexpr std::size_t kMost = 1000;
  TableReader reader(*document, file, file, source.report);
  Translations texts(source, file);
  for (const Value* table : reader.tables("country")) {
    if (program.form.countries.size() >= kMost) break;
    read_country(*table, file, source, texts, program);
  }
  reader.done();
  texts.done();
}

}  // namespace bursary::programs
