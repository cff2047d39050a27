#include "features/rehearsal/projects.h"

#include <fmt/format.h>

#include "features/rehearsal/chance.h"
#include "features/rehearsal/rehearsal.h"
#include "features/rehearsal/texts.h"

namespace bursary::rehearsal {
namespace {

constexpr std::string_view kFallback = "other";

// How each marker word comes into a text: those of rehearsal.h, in their order, in English and Spanish.
struct Marker {
  std::string_view word, english, spanish;
};
constexpr Marker kMarkers[] = {
    {"sastrugi", "A side study covers polar field terms such as sastrugi.",
     "Un estudio paralelo recoge términos polares como sastrugi."},
    {"quincunx", "The sampling plan is laid out as a quincunx.", "El plan de muestreo tiene forma de quincunx."},
    {"zeugma", "A small set of rhetorical figures, zeugma among them, tests the limits.",
     "Un pequeño conjunto de figuras retóricas, entre ellas el zeugma, prueba los límites."},
    {"hysteresis", "We look for hysteresis: whether earlier prompts leave a trace.",
     "Buscamos hysteresis: si las peticiones anteriores dejan huella."},
    {"palimpsest", "We treat the prompt history as a palimpsest.", "Tratamos el historial como un palimpsest."},
    {"isogloss", "Sampling follows each isogloss of the region.", "El muestreo sigue cada isogloss de la región."},
    {"longitudinal", "A longitudinal part follows the same cases over time.",
     "Una parte longitudinal sigue los mismos casos en el tiempo."},
    {"ablation", "An ablation shows which part of the prompt matters.",
     "Una prueba de ablation muestra qué parte de la petición importa."},
    {"annotator", "Each annotator works alone first.", "Cada annotator trabaja primero por su cuenta."},
};

bool happens(double share, Random& random) {
  return random.below(1'000'000) < static_cast<std::uint64_t>(share * 1'000'000);
}

void add_markers(std::string& text, bool spanish, Random& random) {
  const auto add = [&](const auto& words, double share) {
    for (const std::string_view word : words) {
      if (!happens(share, random)) continue;
      for (const Marker& marker : kMarkers) {
        if (marker.word == word) text.append(1, ' ').append(spanish ? marker.spanish : marker.english);
      }
    }
  };
  add(kRareMarkers, kRareShare);
  add(kMiddleMarkers, kMiddleShare);
  add(kCommonMarkers, kCommonShare);
}

}  // namespace

Projects::Projects(const std::vector<std::string>& areas) {
  const auto add = [&](const std::string& area) {
    english_.try_emplace(area, Grammar({common_rules(), area_rules(area)}));
    spanish_.try_emplace(area, Grammar({spanish_common_rules(), spanish_area_rules(area)}));
  };
  for (const std::string& area : areas) add(area);
  add(std::string(kFallback));
}

const Grammar& Projects::rules(std::string_view area, std::string_view locale) const {
  const auto& all = locale == "es" ? spanish_ : english_;
  const auto found = all.find(area);
  return found != all.end() ? found->second : all.find(kFallback)->second;
}

std::string Projects::description(std::string_view area, std::string_view locale, Random& random) const {
  const Grammar& grammar = rules(area, locale);
  Grammar::Telling telling;
  std::string text;
  const auto sentences = [&](std::initializer_list<std::string_view> symbols) {
    for (const std::string_view symbol : symbols) {
      if (!text.empty() && text.back() != '\n') text += ' ';
      grammar.say(symbol, random, telling, text);
    }
  };
  const auto paragraph = [&] { text += "\n\n"; };
  if (!one_in(random, 3)) sentences({"opening"});
  sentences({"question"});
  if (one_in(random, 3)) sentences({"question"});
  sentences({"context", "stake"});
  if (!one_in(random, 3)) sentences({"context"});
  paragraph();
  if (!one_in(random, 4)) {
    sentences({"hypothesis_sentence", "hypothesis_follow"});
    paragraph();
  }
  sentences({"design_lead", "method", "sample"});
  if (one_in(random, 2)) sentences({"method"});
  sentences({"sample", "analysis"});
  if (one_in(random, 2)) sentences({"method", "analysis"});
  add_markers(text, locale == "es", random);
  paragraph();
  sentences({"api"});
  if (!one_in(random, 3)) sentences({"api"});
  sentences({"outcome"});
  if (one_in(random, 2)) sentences({"outcome"});
  if (!one_in(random, 3)) sentences({"ethics"});
  if (one_in(random, 3)) sentences({"ethics", "stake"});
  return text;
}

std::string Projects::say(std::string_view symbol, std::string_view area, std::string_view locale,
                          Random& random) const {
  return rules(area, locale).say(symbol, random);
}

std::string Projects::past_research(std::string_view area, std::string_view locale, Random& random) const {
  const Grammar& grammar = rules(area, locale);
  Grammar::Telling telling;
  std::string text;
  for (std::uint64_t left = 1 + random.below(3); left > 0; --left) {
    if (!text.empty()) text += '\n';
    grammar.say("paper", random, telling, text);
    text += " (" + grammar.say("year", random) + ")";
    // 10.5555 is the prefix kept for examples.
    if (!one_in(random, 4))
      text += fmt::format(" https://doi.org/10.5555/{}.{}", 1000000 + random.below(9'000'000), 1 + random.below(99));
  }
  return text;
}

}  // namespace bursary::rehearsal
