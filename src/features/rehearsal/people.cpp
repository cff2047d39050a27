#include "features/rehearsal/people.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "base/text.h"
#include "features/rehearsal/chance.h"

namespace bursary::rehearsal {
namespace {

// How institutions are called where a language is spoken; {} is the city.
struct Style {
  std::string_view key;
  std::vector<std::string_view> names;
  std::string_view independent;
};

const std::vector<Style>& styles() {
  static const std::vector<Style> all = {
      {"en",
       {"University of {}", "{} University", "{} Institute of Technology", "{} State University",
        "{} College of Medicine", "{} School of Public Health", "{} Centre for Digital Policy", "{} Law School",
        "Open Research Collective {}", "{} Teachers' College", "{} Agricultural University",
        "Institute for Language and Society, {}", "{} Polytechnic", "{} Observatory for Responsible Technology"},
       "Independent"},
      {"es",
       {"Universidad de {}", "Universidad Autónoma de {}", "Universidad Tecnológica de {}",
        "Instituto de Investigación Social de {}", "Centro de Estudios del Lenguaje, {}", "Escuela Politécnica de {}",
        "Universidad Nacional de {}", "Fundación Datos Abiertos {}"},
       "Independiente"},
      {"pt",
       {"Universidade Federal de {}", "Universidade Estadual de {}", "Instituto de Pesquisa Aplicada de {}",
        "Universidade de {}", "Escola Politécnica de {}", "Laboratório de Linguagem, {}"},
       "Independente"},
      {"fr",
       {"Université de {}", "Institut polytechnique de {}", "École supérieure d'informatique de {}",
        "Laboratoire de linguistique, {}", "Centre de recherche en santé, {}", "Observatoire du numérique, {}"},
       "Indépendant"},
      {"de",
       {"Universität {}", "Technische Hochschule {}", "Institut für Sprachtechnologie {}",
        "Zentrum für Ethik der Informatik {}", "Pädagogische Hochschule {}", "Forschungsverbund {}"},
       "Unabhängig"},
      {"it",
       {"Università di {}", "Istituto di Linguistica Computazionale, {}", "Scuola Superiore di {}",
        "Centro Studi sul Diritto Digitale, {}"},
       "Indipendente"},
  };
  return all;
}

const Style& style_of(std::string_view key) {
  for (const Style& style : styles()) {
    if (style.key == key) return style;
  }
  throw std::logic_error("rehearsal: no style of institutions " + std::string(key));
}

std::vector<std::string_view> split_words(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(by), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

// Lower case letters, digits and single dashes: fit for a host name or a mailbox.
std::string slug(std::string_view text) {
  std::string out;
  for (const char c : fold(text)) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept) out += c;
    if (!kept && !out.empty() && out.back() != '-') out += '-';
  }
  out.resize(std::min<std::size_t>(out.size(), 40));
  while (out.ends_with('-')) out.pop_back();
  return out.empty() ? "name" : out;
}

}  // namespace

People::People(const forms::Definition& form) {
  const auto names = [](std::string_view list) {
    std::vector<Name> out;
    for (const std::string_view entry : split_words(list, ' ')) {
      std::string shown(entry.substr(0, entry.find('/')));
      const bool native = entry.find('/') != std::string_view::npos;
      const std::string latin(native ? entry.substr(entry.find('/') + 1) : entry);
      std::replace(shown.begin(), shown.end(), '_', ' ');
      out.push_back({shown, slug(latin), native});
    }
    return out;
  };
  for (const NameGroup& group : name_groups()) groups_.push_back({group.key, names(group.given), names(group.family)});
  std::uint64_t sum = 0;
  for (const Place& place : places()) {
    const forms::Country* country = form.country(place.country);
    if (country == nullptr || place.weight == 0) continue;
    Home home{&place, country->name.in("en"), {}, {}, sum += static_cast<std::uint64_t>(place.weight)};
    for (const std::string_view key : split_words(place.groups, ' ')) {
      const auto found =
          std::find_if(groups_.begin(), groups_.end(), [&](const Group& group) { return group.key == key; });
      if (found == groups_.end()) throw std::logic_error("rehearsal: no group of names " + std::string(key));
      home.groups.push_back(&*found);
    }
    for (const std::string_view city : split_words(place.cities, ',')) home.cities.emplace_back(city);
    homes_.push_back(std::move(home));
  }
  if (homes_.empty()) throw std::logic_error("rehearsal: the form has none of the countries that people come from");
}

const People::Home& People::home(Random& random) const {
  const std::uint64_t drawn = random.below(homes_.back().up_to);
  return *std::upper_bound(homes_.begin(), homes_.end(), drawn,
                           [](std::uint64_t value, const Home& home) { return value < home.up_to; });
}

Person People::make(Random& random) const {
  const Home& from = home(random);
  const Group& group = *from.groups[random.below(from.groups.size())];
  const Name& given = group.given[random.below(group.given.size())];
  // Both names in the same letters: a family name from where it fits.
  std::size_t at = random.below(group.family.size());
  for (std::size_t tried = 0; tried < group.family.size() && group.family[at].is_native != given.is_native; ++tried)
    at = (at + 1) % group.family.size();
  const Name& family = group.family[at];
  Person person;
  person.country = from.place->country;
  person.style = from.place->style;
  person.given = given.shown;
  person.family = family.shown;
  const bool has_initial =
      group.key == "english" || group.key == "filipino" || group.key == "nigerian" || group.key == "ghanaian";
  if (has_initial && one_in(random, 6)) person.given += fmt::format(" {}.", static_cast<char>('A' + random.below(26)));
  if (group.key == "spanish" && one_in(random, 2))
    person.family += " " + group.family[random.below(group.family.size())].shown;
  if (group.key == "indonesian" && one_in(random, 8)) person.family = person.given;  // one name

  const Style& style = style_of(from.place->style);
  const std::string city = from.cities.empty() ? from.country_name : from.cities[random.below(from.cities.size())];
  person.independent = one_in(random, 18);
  person.institution = person.independent
                           ? std::string(style.independent)
                           : fmt::format(fmt::runtime(style.names[random.below(style.names.size())]), city);
  const std::string number = one_in(random, 3) ? std::to_string(2 + random.below(97)) : std::string();
  const std::string mailbox =
      one_in(random, 4) ? given.latin.substr(0, 1) + family.latin : given.latin + "." + family.latin;
  person.email =
      mailbox + number + (person.independent ? "@mail.example.org" : "@" + slug(person.institution) + ".example.edu");
  return person;
}

}  // namespace bursary::rehearsal
