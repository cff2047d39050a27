// A small program with mail templates, for the tests of this folder.
#pragma once
#include <memory>

#include "features/messages/messages.h"

namespace bursary::messages::testing {

inline std::shared_ptr<const programs::Program> test_program() {
  auto program = std::make_shared<programs::Program>();
  program->name = programs::LocalText("Researcher Access Program");
  program->name.set("es", "Programa de acceso para investigación");
  program->host = programs::LocalText("Example Lab");
  program->contact_email = "help@example.org";
  program->time_zone = "Europe/Madrid";
  program->locales = {"en", "es"};
  programs::MailTemplate submitted;
  submitted.key = "submitted";
  submitted.subject = programs::LocalText("We have your application {reference}");
  submitted.subject.set("es", "Hemos recibido su solicitud {reference}");
  submitted.body = programs::LocalText(
      "Dear {name},\n\nyour application to the **{program}** came in on {submitted_at}. Its reference is "
      "**{reference}**.\n\n"
      "## What happens next\n\n- We read it and decide by {decision_date}.\n- Until then, [see what you "
      "sent]({link}).\n\n"
      "Something is wrong? Write to {contact_email}.\n");
  submitted.body.set("es",
                     "Estimado/a {name}:\n\nRecibimos su solicitud al **{program}** el {submitted_at}. Su referencia "
                     "es **{reference}**.\n\n"
                     "## Qué ocurre ahora\n\n- La leeremos y decidiremos antes del {decision_date}.\n- Mientras tanto, "
                     "[vea lo que envió]({link}).\n\n¿Hay algún error? Escriba a {contact_email}.\n");
  program->mail["submitted"] = submitted;
  programs::MailTemplate link;
  link.key = "draft_link";
  link.subject = programs::LocalText("Your draft, {name}");
  link.body = programs::LocalText("{link}\n\nIt is kept until {expires_date}. {name} {unknown} {not a placeholder}\n");
  program->mail["draft_link"] = link;
  program->phrasebooks = html::Phrasebooks::build({"en", "es"}, {});
  return program;
}

inline Message submitted_message() {
  Message message;
  message.id = {4711};
  message.application = 42;
  message.template_key = "submitted";
  message.locale = "en";
  message.recipient = "amina@example.edu";
  message.message_id = "<4711.c2VlZA@apply.example.org>";
  message.placeholders = {{"name", "Amina Odhiambo"},
                          {"reference", "RA-7K3M-Q9XT5"},
                          {"submitted_at", "2026-03-01T09:30:00Z"},
                          {"decision_date", "2026-04-12T00:00:00Z"}};
  message.links = {{"link", {"application", 42}}};
  return message;
}

inline std::optional<std::string> tell_link(const PrivateLink& link) {
  if (link.id != 42) return std::nullopt;
  return "https://apply.example.org/" + link.opens + "s/0123-abc";
}

}  // namespace bursary::messages::testing
