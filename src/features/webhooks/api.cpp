// Webhooks for programs: which there are, what became of deliveries, pausing and trying. Adding one and seeing its
// secret stay with people, who prove once more who they are: a token that leaked must not be able to carry data away.
#include "features/api/api.h"

#include "features/webhooks/webhook_kind.h"
#include "features/webhooks/webhooks.h"

namespace bursary::webhooks {
namespace {

namespace json = boost::json;
using api::Answer;
using api::Call;

Parts on_database(const Parts& parts, db::Database& inside) {
  return {inside, parts.clock, parts.ids, parts.programs, parts.fetcher, parts.key, parts.private_hosts};
}

json::value moment_or_null(const std::optional<Instant>& at) {
  return at ? json::value(to_rfc3339(*at)) : json::value(nullptr);
}

constexpr const char* kStates[] = {"active", "failing", "paused", "gone", "silent", "behind"};
const char* state_of(const Webhook& one) {
  if (!one.paused_at) return one.failures > 0 ? "failing" : "active";
  switch (one.paused_why.value_or(Why::staff)) {
    case Why::gone:
      return "gone";
    case Why::silent:
      return "silent";
    case Why::behind:
      return "behind";
    case Why::staff:
      break;
  }
  return "paused";
}

constexpr const char* kDeliveryStates[] = {"waiting", "arrived", "given_up"};  // by their codes

json::object webhook_json(const Webhook& one, Instant now) {
  json::array kinds;
  for (const std::string& kind : one.kinds) kinds.emplace_back(kind);
  const bool waits = !one.paused_at && one.wait_until > now;
  return {{"id", api::id_text(one.id.value)},
          {"url", one.url},
          {"kinds", std::move(kinds)},
          {"state", state_of(one)},
          {"created_at", to_rfc3339(one.created_at)},
          {"arrived_at", moment_or_null(one.delivered_at)},
          {"paused_at", moment_or_null(one.paused_at)},
          {"waits_until", moment_or_null(waits ? std::optional(one.wait_until) : std::nullopt)}};
}

json::object delivery_json(const Delivery& one) {
  return {{"id", api::id_text(one.id.value)},
          {"kind", one.kind},
          {"state", kDeliveryStates[static_cast<std::size_t>(one.state)]},
          {"attempts", one.attempts},
          {"status", one.status ? json::value(*one.status) : json::value(nullptr)},
          {"problem", one.detail},
          {"created_at", to_rfc3339(one.created_at)},
          {"tried_at", moment_or_null(one.tried_at)},
          {"next_at", moment_or_null(one.next_at)}};
}

Result<Answer> list_webhooks(const Parts& parts, const Call& call) {
  const auto program = parts.programs.current();
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    json::array items;
    for (const Webhook& one : list(tx, program->slug)) items.push_back(webhook_json(one, call.context.now));
    return Answer{json::object{{"items", std::move(items)}}};
  });
}

Result<Answer> read_webhook(const Parts& parts, const Call& call) {
  const auto program = parts.programs.current();
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    const auto one = find(tx, program->slug, WebhookId{call.id("webhook")});
    if (!one) return fail(api::not_found());
    return Answer{webhook_json(*one, call.context.now)};
  });
}

Result<Answer> list_deliveries(const Parts& parts, const Call& call) {
  const auto program = parts.programs.current();
  const auto most = static_cast<std::size_t>(call.number("limit", api::kUsualRows));
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    const auto one = find(tx, program->slug, WebhookId{call.id("webhook")});
    if (!one) return fail(api::not_found());
    json::array items;
    for (const Delivery& delivery : deliveries_of(tx, one->id, most)) items.push_back(delivery_json(delivery));
    return Answer{json::object{{"items", std::move(items)}}};
  });
}

Result<Answer> after(WebhookId id, const Result<void>& done) {
  if (!done) return fail(done.error());
  return Answer{json::object{{"webhook", api::id_text(id.value)}}};
}

Result<Answer> pause_it(const Parts& parts, const Call& call, db::Database& inside) {
  const WebhookId id{call.id("webhook")};
  return after(id, pause(on_database(parts, inside), call.person(), id));
}

Result<Answer> resume_it(const Parts& parts, const Call& call, db::Database& inside) {
  const WebhookId id{call.id("webhook")};
  return after(id, resume(on_database(parts, inside), call.person(), id));
}

Result<Answer> try_it(const Parts& parts, const Call& call, db::Database& inside) {
  const WebhookId id{call.id("webhook")};
  return after(id, try_out(on_database(parts, inside), call.person(), id));
}

Result<Answer> resend(const Parts& parts, const Call& call, db::Database& inside) {
  const WebhookId id{call.id("webhook")};
  return after(id, send_again(on_database(parts, inside), call.person(), id, DeliveryId{call.id("delivery")}));
}

web::Schema webhook_schema() {
  using namespace web;
  std::vector<std::string> kinds;
  for (const WebhookKind& one : kWebhookKinds) kinds.emplace_back(one.name);
  return named("Webhook", object({{"id", api::id_schema()},
                                  {"url", text()},
                                  {"kinds", list_of(choice(std::move(kinds))).said("What it is told of.")},
                                  {"state", choice({std::begin(kStates), std::end(kStates)})
                                                .said("The last three: paused by this server, which gave up.")},
                                  {"created_at", moment()},
                                  {"arrived_at", moment().or_null().said("The last delivery that did.")},
                                  {"paused_at", moment().or_null()},
                                  {"waits_until", moment().or_null().said("After failures.")}}));
}

web::Schema delivery_schema() {
  using namespace web;
  return named("Delivery", object({{"id", api::id_schema()},
                                   {"kind", text()},
                                   {"state", choice({std::begin(kDeliveryStates), std::end(kDeliveryStates)})},
                                   {"attempts", whole()},
                                   {"status", whole().or_null().said("That the receiver answered last.")},
                                   {"problem", text().said("Of the last attempt.")},
                                   {"created_at", moment()},
                                   {"tried_at", moment().or_null()},
                                   {"next_at", moment().or_null()}}));
}

web::Operation operation(std::string id, std::string summary, std::vector<web::Parameter> parameters,
                         web::Given given) {
  web::Operation out;
  out.id = std::move(id);
  out.tag = "webhooks";
  out.summary = std::move(summary);
  out.parameters = std::move(parameters);
  out.gives = {std::move(given)};
  return out;
}

}  // namespace

void add_api_routes(web::Router& router, const Parts& parts, const api::Parts& api) {
  using web::Method;
  const auto manages = web::Permission::manage_program;
  const auto bound = api::bound_to(parts);
  const web::Parameter webhook = api::path_part("webhook", "Its id.");
  const web::Parameter delivery = api::path_part("delivery", "Its id.");
  const auto reads = [&](const char* path, const web::Operation& what, auto* handler) {
    api::add_read(router, api, {.path = path, .permission = manages, .operation = what}, bound(handler));
  };
  const web::Given done = api::given("Done.", web::named("WebhookDone", web::object({{"webhook", api::id_schema()}})));
  const auto acts = [&](const char* path, const char* id, const char* summary, std::vector<web::Parameter> parameters,
                        auto* handler) {
    api::add_change(router, api,
                    {.method = Method::post,
                     .path = path,
                     .permission = manages,
                     .operation = operation(id, summary, std::move(parameters), done)},
                    bound(handler));
  };
  reads("/webhooks",
        operation("listWebhooks", "The program's webhooks", {},
                  api::given("All of them; no secret.",
                             web::named("Webhooks", web::object({{"items", web::list_of(webhook_schema())}})))),
        list_webhooks);
  reads("/webhooks/{webhook}",
        operation("readWebhook", "One webhook", {webhook}, api::given("It, without its secret.", webhook_schema())),
        read_webhook);
  reads(
      "/webhooks/{webhook}/deliveries",
      operation("listDeliveries", "What became of its deliveries, the newest first", {webhook, api::limit_parameter()},
                api::given("The newest, of the last thirty days.",
                           web::named("Deliveries", web::object({{"items", web::list_of(delivery_schema())}})))),
      list_deliveries);
  acts("/webhooks/{webhook}/pause", "pauseWebhook", "Tell it nothing for now", {webhook}, pause_it);
  acts("/webhooks/{webhook}/resume", "resumeWebhook", "Tell it again; what waits is sent at once", {webhook},
       resume_it);
  acts("/webhooks/{webhook}/trial", "tryWebhook", "Send it a delivery that means nothing", {webhook}, try_it);
  acts("/webhooks/{webhook}/deliveries/{delivery}/resend", "resendDelivery", "Send a delivery again",
       {webhook, delivery}, resend);
}

}  // namespace bursary::webhooks
