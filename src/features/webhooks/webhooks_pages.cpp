// All webhooks of a program, and one of them.

#include "base/number.h"
#include "features/site/site.h"
#include "features/webhooks/pages.h"
#include "features/webhooks/signature.h"
#include "features/webhooks/views.h"
#include "features/webhooks/webhook.html.h"
#include "features/webhooks/webhook_kind.h"
#include "features/webhooks/webhooks.html.h"
#include "web/form_data.h"

namespace bursary::webhooks {
namespace {

constexpr std::string_view kHome = "/staff/webhooks";
constexpr std::size_t kShown = 50;

web::Response in_layout(const Parts& parts, const web::Context& context, std::string title, html::Writer& body,
                        int status) {
  site::PageHead head;
  head.title = std::move(title);
  head.path = kHome;
  head.indexable = false;
  head.staff = true;
  return site::page(*parts.programs.current(), context, head, body.take(), status);
}

web::Response refused(const Parts& parts, const web::Request& request, const web::Context& context,
                      const Error& error) {
  return site::error_page(*parts.programs.current(), request, context, web::status_of(error), error);
}

web::PersonId person_of(const web::Context& context) {
  if (!context.viewer.person) throw std::logic_error("nobody is logged in");
  return *context.viewer.person;
}

std::string own_page(WebhookId id) { return fmt::format("{}/{}", kHome, id.value); }

// Whatever is not one of them says nothing.
Phrase done_in(const web::Request& request, std::initializer_list<std::string_view> known) {
  const std::string said = request.parameter("done").value_or("");
  return std::ranges::find(known, said) == known.end() ? Phrase() : Phrase("webhooks.done." + said);
}

Phrase shown_state(const Webhook& one) {
  if (!one.paused_at) return one.failures > 0 ? "webhooks.state.failing" : "webhooks.state.active";
  switch (one.paused_why.value_or(Why::staff)) {
    case Why::gone:
      return "webhooks.state.gone";
    case Why::silent:
      return "webhooks.state.silent";
    case Why::behind:
      return "webhooks.state.behind";
    case Why::staff:
      break;
  }
  return "webhooks.state.paused";
}

KindView kind_view(std::string_view name) {
  std::string key(name);
  std::ranges::replace(key, '.', '_');
  return {std::string(name), Phrase("webhooks.kind_means." + key), false};
}

struct Typed {
  std::string url;
  std::vector<std::string> kinds;
  std::vector<FieldError> problems;
};

web::Response webhooks_page(const Parts& parts, const web::Request& request, const web::Context& context,
                            const Typed& typed, int status) {
  const auto program = parts.programs.current();
  const html::Phrasebook& phrases = context.phrases;
  WebhooksView view;
  view.form_token = context.form_token;
  view.done = done_in(request, {"removed"});
  view.typed = typed.url;
  for (const FieldError& one : typed.problems)
    (one.field == "url" ? view.url_problem : view.kinds_problem) = phrases.text(one.message);
  for (const WebhookKind& kind : kWebhookKinds) {
    view.kinds.push_back(kind_view(kind.name));
    view.kinds.back().chosen = std::ranges::find(typed.kinds, kind.name) != typed.kinds.end();
  }
  for (const Webhook& one : parts.database.read([&](db::Tx& tx) { return list(tx, program->slug); })) {
    WebhookRow row{own_page(one.id),
                   one.url,
                   phrases.number(static_cast<std::int64_t>(one.kinds.size())),
                   shown_state(one),
                   one.paused_at || one.failures > 0,
                   {}};
    if (one.delivered_at) row.arrived = phrases.date_time(*one.delivered_at, program->time_zone);
    view.rows.push_back(std::move(row));
  }
  html::Writer body(phrases);
  tpl::webhooks::webhooks(body, view);
  return in_layout(parts, context,
                   (status == 200 ? "" : phrases.text("problem.error_prefix")) + phrases.text("webhooks.title"), body,
                   status);
}

DeliveryView view_of(const Delivery& one, const html::Phrasebook& phrases, const std::string& zone) {
  DeliveryView view;
  view.id = std::to_string(one.id.value);
  view.kind = one.kind;
  view.made = phrases.date_time(one.created_at, zone);
  view.attempts = phrases.number(one.attempts);
  view.over = one.state != DeliveryState::waiting;
  view.arrived = one.state == DeliveryState::arrived;
  view.state = one.state == DeliveryState::arrived    ? "webhooks.delivery.arrived"
               : one.state == DeliveryState::given_up ? "webhooks.delivery.given_up"
                                                      : "webhooks.delivery.waiting";
  if (one.status) view.status = std::to_string(*one.status);
  view.detail = one.detail;
  if (one.next_at && one.attempts > 0) view.next = phrases.date_time(*one.next_at, zone);
  return view;
}

web::Response webhook_page(const Parts& parts, const web::Request& request, const web::Context& context,
                           const Webhook& one, bool with_secret, const Phrase& problem = {}, int status = 200) {
  const auto program = parts.programs.current();
  const html::Phrasebook& phrases = context.phrases;
  const auto moment = [&](Instant at) { return phrases.date_time(at, program->time_zone); };
  WebhookView view;
  view.form_token = context.form_token;
  view.own_page = own_page(one.id);
  view.url = one.url;
  view.made = moment(one.created_at);
  view.done = done_in(request, {"added", "paused", "resumed", "tried", "again"});
  view.problem = problem;
  view.state = shown_state(one);
  view.paused = one.paused_at.has_value();
  view.trouble = view.paused || one.failures > 0;
  if (one.delivered_at) view.arrived = moment(*one.delivered_at);
  if (!one.paused_at && one.wait_until > context.now) view.waits_until = moment(one.wait_until);
  if (one.earlier_until && *one.earlier_until > context.now) view.earlier_until = moment(*one.earlier_until);
  for (const std::string& kind : one.kinds) view.kinds.push_back(kind_view(kind));
  if (with_secret) view.secret = secret_text(secret_bytes(parts.key, one.id.value, one.generation));
  for (const Delivery& delivery : parts.database.read([&](db::Tx& tx) { return deliveries_of(tx, one.id, kShown); }))
    view.deliveries.push_back(view_of(delivery, phrases, program->time_zone));
  html::Writer body(phrases);
  tpl::webhooks::webhook(body, view);
  return in_layout(parts, context, phrases.text("webhooks.one_title"), body, status);
}

std::optional<Webhook> named(const Parts& parts, const web::Context& context) {
  const auto program = parts.programs.current();
  const WebhookId id{read_row_number(context.path_value("webhook"))};
  return parts.database.read([&](db::Tx& tx) { return find(tx, program->slug, id); });
}

const Error& nothing_there() {
  static const Error error{ErrorKind::not_found, "problem.not_found", {}, {}};
  return error;
}

}  // namespace

web::Response show_webhooks(const Parts& parts, const web::Request& request, const web::Context& context) {
  return webhooks_page(parts, request, context, {}, 200);
}

web::Response post_webhook(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  Typed typed{form->get("url"), form->all("kinds"), {}};
  const auto added = add(parts, person_of(context), typed.url, typed.kinds);
  if (added) return web::see_other(own_page(*added) + "?done=added#secret");
  if (added.error().fields.empty()) return refused(parts, request, context, added.error());
  typed.problems = added.error().fields;
  return webhooks_page(parts, request, context, typed, 422);
}

web::Response show_webhook(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto one = named(parts, context);
  return one ? webhook_page(parts, request, context, *one, false) : refused(parts, request, context, nothing_there());
}

web::Response post_change(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  const auto one = named(parts, context);
  if (!one) return refused(parts, request, context, nothing_there());
  const web::PersonId by = person_of(context);
  const std::string action = form->get("_action");
  const auto after = [&](const Result<void>& result, const std::string& where) {
    if (result) return web::see_other(where);
    const auto now = named(parts, context);  // as whoever was faster left it
    if (!now || result.error().kind == ErrorKind::not_found) return refused(parts, request, context, result.error());
    return webhook_page(parts, request, context, *now, false, result.error().message, web::status_of(result.error()));
  };
  const std::string here = own_page(one->id) + "?done=";
  if (action == "pause") return after(pause(parts, by, one->id), here + "paused");
  if (action == "resume") return after(resume(parts, by, one->id), here + "resumed");
  if (action == "try") return after(try_out(parts, by, one->id), here + "tried#deliveries");
  if (action == "remove") return after(remove(parts, by, one->id), std::string(kHome) + "?done=removed");
  if (action == "again") {
    const DeliveryId delivery{read_row_number(form->get("delivery"))};
    return after(send_again(parts, by, one->id, delivery), here + "again#deliveries");
  }
  return refused(parts, request, context, Error{ErrorKind::invalid, "problem.status.400", {}, {}});
}

// In the answer to a post: an address that shows it could be kept.
web::Response show_secret_of(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  auto one = named(parts, context);
  if (!one) return refused(parts, request, context, nothing_there());
  if (form->get("_action") == "renew") {
    const auto renewed = renew_secret(parts, person_of(context), one->id);
    if (!renewed) return refused(parts, request, context, renewed.error());
    one = named(parts, context);
    if (!one) return refused(parts, request, context, nothing_there());
  }
  return webhook_page(parts, request, context, *one, true);
}

}  // namespace bursary::webhooks
