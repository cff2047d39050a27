// A small program that loads without a word, for tests and the fuzzer to spoil.
#pragma once
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "features/programs/programs.h"

namespace bursary::programs {

inline Files small_program() {
  Files files;
  files["program.toml"] = R"(slug = "small"
name = "Small Program"
host = "A Host"
summary = "A program for tests."
contact_email = "small@example.org"
reference_prefix = "SP"
time_zone = "Africa/Nairobi"
locales = ["en", "es"]
unsupported_countries = "warn"
)";
  files["texts/information.md"] = "Read the [policy](/policy).\n";
  files["texts/eligibility.md"] = "Everybody.\n";
  files["texts/before-you-start.md"] = "Ten minutes.\n";
  files["texts/what-happens-next.md"] = "We write to you.\n";
  files["pages/home.md"] =
      "+++\nslug = \"\"\ntitle = \"Small\"\ndescription = \"First page.\"\n+++\n\n[Apply](/apply#email)\n";
  files["pages/policy.md"] = "+++\ntitle = \"Policy\"\ndescription = \"Rules.\"\n+++\n\nBe good.\n";
  files["pages/privacy.md"] = "+++\ntitle = \"Privacy\"\ndescription = \"Data.\"\n+++\n\nWe keep little.\n";
  files["pages/terms.md"] = "+++\ntitle = \"Terms\"\ndescription = \"Terms.\"\n+++\n\nBe fair.\n";
  files["questions.toml"] = "[[question]]\nkey = \"who\"\nquestion = \"Who?\"\nanswer = \"Everybody.\"\n";
  files["countries.toml"] = R"([[country]]
code = "KE"
name = "Kenya"

[[country]]
code = "SY"
name = "Syria"
supported = false
)";
  files["institutions.txt"] = "# suggestions\nUniversity of Nairobi\n";
  files["form.toml"] = R"([meanings]
first_name = "given"
email = "email"
country = "place"

[[section]]
key = "main"
title = "Main"

[[section.question]]
key = "given"
type = "short_text"
label = "First name"
required = true

[[section.question]]
key = "email"
type = "email"
label = "Email"
required = true

[[section.question]]
key = "place"
type = "country"
label = "Country"

[[section.question]]
key = "topics"
type = "multiple_choice"
label = "Topics"

[[section.question.option]]
key = "one"
label = "One"

[[section.question.option]]
key = "two"
label = "Two"

[[section.question]]
key = "details"
type = "long_text"
label = "Details"
shown_when = { question = "topics", values = ["two"] }
max_words = 100

[[section.question]]
key = "accept"
type = "consent"
label = "Policy"
consent = "I accept the [policy](/policy)."
document = "policy"
required = true
)";
  files["navigation.toml"] = R"(quick = [{ label = "Log in", href = "/log-in" }]

[[header]]
title = "Home"
links = [{ label = "Rules", href = "/policy" }]

[[footer]]
title = "Home"
links = [{ label = "Terms", href = "/terms" }]
)";
  files["mail/submitted.md"] = "+++\nsubject = \"Received {reference}\"\n+++\n\nDear {name},\n\nsee {link}.\n";
  files["mail/draft_link.md"] = "+++\nsubject = \"Your draft\"\n+++\n\n[Open it]({link})\n";
  files["mail/sign_in.md"] = "+++\nsubject = \"Log in\"\n+++\n\nType {code} or open {link}.\n";
  files["mail/draft_expires.md"] = "+++\nsubject = \"Your draft\"\n+++\n\n{link} is deleted on {expires_date}.\n";

  files["es/program.toml"] =
      "name = \"Programa pequeño\"\nhost = \"Un anfitrión\"\nsummary = \"Un programa para pruebas.\"\n";
  files["es/texts/information.md"] = "Lea la [política](/policy).\n";
  files["es/texts/eligibility.md"] = "Todo el mundo.\n";
  files["es/texts/before-you-start.md"] = "Diez minutos.\n";
  files["es/texts/what-happens-next.md"] = "Le escribimos.\n";
  for (const char* page : {"home", "policy", "privacy", "terms"}) {
    files[fmt::format("es/pages/{}.md", page)] =
        "+++\ntitle = \"Título\"\ndescription = \"Descripción.\"\n+++\n\nTexto.\n";
  }
  files["es/questions.toml"] = "[who]\nquestion = \"¿Quién?\"\nanswer = \"Todos.\"\n";
  files["es/countries.toml"] = "KE = \"Kenia\"\nSY = \"Siria\"\n";
  files["es/form.toml"] = R"([sections.main]
title = "Principal"

[questions]
given.label = "Nombre"
email.label = "Correo"
place.label = "País"
topics.label = "Temas"
topics.options.one.label = "Uno"
topics.options.two.label = "Dos"
details.label = "Detalles"
accept.label = "Política"
accept.consent = "Acepto la [política](/policy)."
)";
  files["es/navigation.toml"] =
      "\"Log in\" = \"Iniciar sesión\"\nHome = \"Inicio\"\nRules = \"Reglas\"\nTerms = \"Condiciones\"\n";
  files["es/mail/submitted.md"] = "+++\nsubject = \"Recibida {reference}\"\n+++\n\nVea {link}.\n";
  files["es/mail/draft_link.md"] = "+++\nsubject = \"Su borrador\"\n+++\n\n{link}\n";
  files["es/mail/sign_in.md"] = "+++\nsubject = \"Acceso\"\n+++\n\nEscriba {code} o abra {link}.\n";
  files["es/mail/draft_expires.md"] = "+++\nsubject = \"Su borrador\"\n+++\n\n{link} se borra el {expires_date}.\n";
  return files;
}

}  // namespace bursary::programs
