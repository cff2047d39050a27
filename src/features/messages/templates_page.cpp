// A message's text with the data of a real application, before anybody gets it: as the program has it, or as somebody
// would have it. Nothing is sent or kept.
#include <set>

#include "features/messages/desk_pages.h"
#include "features/messages/desk_pages.sql.h"
#include "features/messages/templates.html.h"

namespace bursary::messages {

namespace desk_pages_sql = sql::messages::desk_pages;

namespace {

constexpr std::size_t kLongestTrial = 20'000;  // bytes

// As words.cpp reads them.
std::vector<std::string> placeholders_in(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::size_t close = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", open + 1);
    if (close != std::string_view::npos && text[close] == '}' && close > open + 1)
      found.emplace_back(text.substr(open + 1, close - open - 1));
  }
  return found;
}

class Trial {
 public:
  Trial(const Visit& visit, std::string key, std::string language, std::string reference)
      : visit_(visit), key_(std::move(key)), language_(std::move(language)), reference_(std::move(reference)) {
    if (!visit_.program->mail.contains(key_)) key_ = "decision_declined";
    const auto& locales = visit_.program->locales;
    if (std::ranges::find(locales, language_) == locales.end()) language_ = locales.front();
    const programs::MailTemplate& text = visit_.program->mail.find(key_)->second;
    subject_ = text.subject.in(language_);
    text_ = text.body.in(language_);
  }
  void set_text(std::string subject, std::string text) {
    subject_ = std::move(subject);
    text_ = std::move(text);
  }

  web::Response show() {
    TemplatesView view;
    view.form_token = visit_.context.form_token;
    view.reference = reference_;
    view.subject = subject_;
    view.text = text_;
    for (const programs::MailKind& kind : programs::mail_kinds()) {
      view.keys.push_back({std::string(kind.key), kind.key == key_});
    }
    for (const std::string& tag : visit_.program->locales) view.languages.push_back({tag, tag == language_});
    for (const programs::Placeholder& one : programs::placeholders_of(key_)) {
      view.placeholders.push_back(fmt::format("{{{}}}", one.name));
    }
    check(view);
    if (!reference_.empty()) draw(view);
    html::Writer w(visit_.phrases());
    tpl::messages::templates(w, view);
    std::string title = visit_.phrases().text("messages.templates.title");
    if (!view.problems.empty()) title = visit_.phrases().text("problem.error_prefix") + title;
    return staff_page(visit_, title, {}, w, view.problems.empty() ? 200 : 422);
  }

 private:
  // As bursary check would say it.
  void check(TemplatesView& view) const {
    std::set<std::string> named;
    for (const std::string& name : placeholders_in(subject_ + "\n" + text_)) named.insert(name);
    const auto known = programs::placeholders_of(key_);
    for (const std::string& name : named) {
      if (std::ranges::none_of(known, [&](const auto& one) { return one.name == name; }))
        view.problems.push_back(
            visit_.phrases().text("messages.templates.unknown", {{"name", fmt::format("{{{}}}", name)}}));
    }
    for (const programs::Placeholder& one : known) {
      if (one.needed && !named.contains(std::string(one.name)))
        view.problems.push_back(
            visit_.phrases().text("messages.templates.missing", {{"name", fmt::format("{{{}}}", one.name)}}));
    }
  }

  void draw(TemplatesView& view) const {
    const auto row =
        visit_.parts.database.read([&](db::Tx& tx) { return tx.find(desk_pages_sql::application, reference_); });
    if (!row || row->text(1) != visit_.program->slug) {
      view.problems.push_back(visit_.phrases().text("messages.templates.no_application"));
      return;
    }
    Message message = message_for(row->text(2));
    programs::Program program = *visit_.program;
    programs::MailTemplate& text = program.mail.find(key_)->second;
    text.subject.set(language_, subject_);
    text.body.set(language_, text_);
    auto words = words_of(program, message);
    if (!words) return;
    view.to = visit_.phrases().text("messages.templates.preview", {{"name", row->text(2)}});
    view.shown_subject = words->subject;
    view.shown = std::move(words->html);
  }

  // What staff write stands for itself; what the application tells is its own.
  Message message_for(const std::string& name) const {
    Message message;
    message.template_key = key_;
    message.locale = language_;
    for (const programs::Placeholder& one : programs::placeholders_of(key_)) {
      const std::string placeholder(one.name);
      switch (one.type) {
        case programs::PlaceholderType::link:
          message.links[placeholder] = {"application", 0};
          break;
        case programs::PlaceholderType::date:
        case programs::PlaceholderType::date_time:
          message.placeholders[placeholder] = to_rfc3339(visit_.context.now);
          break;
        case programs::PlaceholderType::text:
          if (placeholder != "program" && placeholder != "host" && placeholder != "contact_email")
            message.placeholders[placeholder] =
                visit_.phrases().text("messages.templates.example", {{"name", placeholder}});
          break;
      }
    }
    if (message.placeholders.contains("name")) message.placeholders["name"] = name;
    if (message.placeholders.contains("reference")) message.placeholders["reference"] = reference_;
    return message;
  }

  const Visit& visit_;
  std::string key_, language_, reference_, subject_, text_;
};

}  // namespace

web::Response show_templates(const Visit& visit) {
  const auto asked = [&](const char* name) { return visit.request.parameter(name).value_or(""); };
  return Trial(visit, asked("key"), asked("language"), asked("reference")).show();
}

web::Response post_templates(const Visit& visit) {
  const auto form = web::parse_form(visit.request);
  if (!form) return refused(visit, form.error());
  Trial trial(visit, form->get("key"), form->get("language"), form->get("reference"));
  trial.set_text(form->get("subject").substr(0, kLongestTrial), form->get("text").substr(0, kLongestTrial));
  return trial.show();
}

}  // namespace bursary::messages
