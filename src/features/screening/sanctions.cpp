#include "features/screening/sanctions.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "base/crypto.h"
#include "base/search_words.h"
#include "base/text.h"

namespace bursary::screening {
namespace {

// One line of CSV (RFC 4180) apart; a quoted field may not run over lines here.
std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back() += '"';
      ++i;
    } else if (c == '"' && (quoted || fields.back().empty())) {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

std::vector<std::string> split(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(separators);
    if (const std::string_view part = trim(text.substr(0, end)); !part.empty()) parts.emplace_back(part);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return parts;
}

std::vector<std::string> name_words(std::string_view name) {
  std::vector<std::string> words = search_parts(name);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

struct Header {
  std::size_t name = std::string::npos, aliases = std::string::npos, countries = std::string::npos;
};
std::optional<Header> header_of(const std::vector<std::string>& fields) {
  Header header;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string column = to_lower_ascii(trim(fields[i]));
    if (column == "name") header.name = i;
    if (column == "aliases") header.aliases = i;
    if (column == "countries") header.countries = i;
  }
  if (header.name == std::string::npos) return std::nullopt;
  return header;
}

// How much of the longer name has its like in the other: each of its words takes the best that is left. A name of one
// word says too little to be like a longer one.
int score_of(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const auto& longer = a.size() >= b.size() ? a : b;
  const auto& shorter = a.size() >= b.size() ? b : a;
  if (shorter.empty() || (shorter.size() == 1 && longer.size() > 1)) return 0;
  std::vector<bool> taken(longer.size(), false);
  double sum = 0;
  for (const std::string& word : shorter) {
    double best = 0;
    std::size_t at = longer.size();
    for (std::size_t i = 0; i < longer.size(); ++i) {
      const double like = taken[i] ? 0 : jaro_winkler(word, longer[i]);
      if (like > best) best = like, at = i;
    }
    if (at < longer.size()) taken[at] = true;
    sum += best;
  }
  // A second given name that one of them leaves out weighs little.
  const auto missing = static_cast<double>(longer.size() - shorter.size());
  return static_cast<int>(std::lround(100.0 * sum / (static_cast<double>(shorter.size()) + missing * 0.25)));
}

}  // namespace

double jaro_winkler(std::string_view a, std::string_view b) {
  if (a == b) return 1;
  if (a.empty() || b.empty()) return 0;
  const std::size_t reach = std::max(a.size(), b.size()) / 2 - (std::max(a.size(), b.size()) > 1 ? 1 : 0);
  std::vector<bool> of_a(a.size()), of_b(b.size());
  double matches = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t from = i > reach ? i - reach : 0;
    for (std::size_t j = from; j < std::min(b.size(), i + reach + 1); ++j) {
      if (of_b[j] || a[i] != b[j]) continue;
      of_a[i] = of_b[j] = true;
      ++matches;
      break;
    }
  }
  if (matches == 0) return 0;
  double moved = 0;
  for (std::size_t i = 0, j = 0; i < a.size(); ++i) {
    if (!of_a[i]) continue;
    while (!of_b[j]) ++j;
    if (a[i] != b[j++]) moved += 0.5;
  }
  const double jaro = (matches / static_cast<double>(a.size()) + matches / static_cast<double>(b.size()) +
                       (matches - moved) / matches) /
                      3;
  std::size_t prefix = 0;
  while (prefix < 4 && prefix < std::min(a.size(), b.size()) && a[prefix] == b[prefix]) ++prefix;
  return jaro + static_cast<double>(prefix) * 0.1 * (1 - jaro);
}

void SanctionsList::add(const std::string& name, const std::vector<std::string>& aliases,
                        std::vector<std::string> countries) {
  const std::size_t entry = entries_.size();
  for (std::string& country : countries) {
    for (char& c : country) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  entries_.push_back({name, std::move(countries)});
  names_.push_back({entry, name_words(name), false, name});
  for (const std::string& alias : aliases) names_.push_back({entry, name_words(alias), true, alias});
}

Result<SanctionsList> SanctionsList::read(std::string_view text) {
  SanctionsList list;
  const std::string clean = unify_newlines(repair_utf8(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text));
  std::optional<Header> header;
  bool first = true;
  for (const std::string& line : split(clean, "\n")) {
    if (line.starts_with('#')) continue;
    if (list.entries_.size() >= kMostEntries)
      return fail(ErrorKind::limit, "screening.problem.list", "the list has more than 200,000 entries");
    const std::vector<std::string> fields = fields_of(line);
    if (std::exchange(first, false)) {
      header = header_of(fields);
      if (header) continue;
    }
    if (!header) {
      list.add(line, {}, {});
      continue;
    }
    const auto field = [&](std::size_t at) { return at < fields.size() ? fields[at] : std::string(); };
    const std::string name(trim(field(header->name)));
    if (!name.empty()) list.add(name, split(field(header->aliases), ";"), split(field(header->countries), "; "));
  }
  return list;
}

std::vector<SanctionsMatch> SanctionsList::find(const Person& person) const {
  const std::vector<std::string> words = name_words(person.name);
  std::vector<SanctionsMatch> found;
  if (words.empty()) return found;
  std::map<std::size_t, SanctionsMatch> best;
  for (const Name& name : names_) {
    const int score = score_of(words, name.words);
    if (score < kLeastScore) continue;
    const Entry& entry = entries_[name.entry];
    SanctionsMatch& match = best[name.entry];
    if (match.score >= score) continue;
    const auto& countries = entry.countries;
    const bool same = std::ranges::find(countries, person.country) != countries.end();
    std::string key = "screening.sanctions.why.";
    key += name.alias ? "alias" : "name";
    key += countries.empty() || person.country.empty() ? "" : same ? "_same_country" : "_other_country";
    match = {entry.name, score, Phrase(std::move(key), {{"name", name.text}})};
  }
  for (auto& [entry, match] : best) found.push_back(std::move(match));
  std::ranges::stable_sort(found, [](const auto& a, const auto& b) { return a.score > b.score; });
  if (found.size() > 5) found.resize(5);
  return found;
}

Result<std::size_t> SanctionsFile::reload() {
  if (path_.empty()) return std::size_t{0};
  std::ifstream file(path_, std::ios::binary);
  std::stringstream text;
  if (!file || !(text << file.rdbuf()))
    return fail(ErrorKind::not_found, "screening.problem.list", "cannot read the list " + path_.string());
  auto list = SanctionsList::read(text.str());
  if (!list) return fail(std::move(list.error()));
  const std::size_t size = list->size();
  const std::lock_guard lock(mutex_);
  list_ = std::make_shared<const SanctionsList>(std::move(*list));
  version_ = to_hex(bytes_of(sha256(text.str())));
  return size;
}

std::shared_ptr<const SanctionsList> SanctionsFile::list() const {
  const std::lock_guard lock(mutex_);
  return list_;
}

std::vector<SanctionsMatch> SanctionsFile::find(const SanctionsList::Person& person) const {
  const auto list = this->list();
  return list ? list->find(person) : std::vector<SanctionsMatch>();
}

std::string SanctionsFile::version() const {
  const std::lock_guard lock(mutex_);
  return version_;
}

}  // namespace bursary::screening
