// Service tokens: which there are, one more, one less.
#include "base/number.h"
#include "features/accounts/page.h"
#include "features/accounts/pages.h"
#include "features/accounts/service_token_made.html.h"
#include "features/accounts/service_tokens.h"
#include "features/accounts/service_tokens.html.h"
#include "features/accounts/service_tokens_view.h"
#include "web/form_data.h"

namespace bursary::accounts {
namespace {

constexpr std::string_view kTokens = "/staff/tokens";
constexpr int kUsualLife = 90;

TokenRowView row_of(const ServiceToken& token, const web::Context& context, const std::string& zone) {
  const html::Phrasebook& phrases = context.phrases;
  TokenRowView row;
  row.id = token.id.value;
  row.name = token.name.empty() ? std::to_string(token.id.value) : token.name;
  row.maker = token.maker;
  row.scopes = fmt::format("{}", fmt::join(token.scopes, ", "));
  row.created = phrases.date(token.created_at, zone);
  if (token.used_at) row.used = phrases.date_time(*token.used_at, zone);
  row.good = token.good(context.now);
  const char* state = token.revoked_at ? "revoked" : row.good ? "good" : "expired";
  row.state = Phrase(std::string("accounts.token.") + state);
  row.state_class = row.good ? "tag tag--success" : "tag";
  row.expires = phrases.text(token.revoked_at ? "accounts.token.revoked_on" : "accounts.token.until",
                             {{"day", phrases.date(token.revoked_at.value_or(token.expires_at), zone)}});
  return row;
}

TokenWish wish_in(const web::FormData& form) {
  return {form.get("name"), form.all("scope"), read_row_number(form.get("days"))};
}

web::Response tokens_page(const Parts& parts, const web::Context& context, const Phrase& done, const TokenWish& wish,
                          const Error* wrong) {
  const auto program = parts.programs.current();
  const html::Phrasebook& phrases = context.phrases;
  TokensView view;
  view.form_token = context.form_token;
  view.done = done;
  view.name = wish.name;
  const auto tokens = parts.database.read([&](db::Tx& tx) { return tokens_of(tx, program->slug); });
  for (const ServiceToken& token : tokens) view.rows.push_back(row_of(token, context, program->time_zone));
  for (const web::Permission one : kScopes) {
    const std::string name(web::to_string(one));
    if (!context.viewer.may(name)) continue;
    view.scopes.push_back(
        {name, Phrase("accounts.scope." + name), std::ranges::find(wish.scopes, name) != wish.scopes.end()});
  }
  for (const int days : kTokenLives) view.lives.push_back({days, days == (wish.days == 0 ? kUsualLife : wish.days)});
  if (wrong != nullptr && wrong->fields.empty()) view.problem = phrases.text(wrong->message);
  for (const FieldError& problem : wrong != nullptr ? wrong->fields : std::vector<FieldError>{}) {
    const std::string text = phrases.text(problem.message);
    (problem.field == "name"   ? view.name_problem
     : problem.field == "days" ? view.days_problem
                               : view.scopes_problem) = text;
  }
  html::Writer body(phrases);
  tpl::accounts::service_tokens(body, view);
  return in_layout(
      parts, context,
      (wrong != nullptr ? phrases.text("problem.error_prefix") : "") + phrases.text("accounts.token.title"), body,
      wrong != nullptr ? web::status_of(*wrong) : 200, Place::console);
}

}  // namespace

web::Response show_tokens(const Parts& parts, const web::Request& request, const web::Context& context) {
  const bool revoked = request.parameter("done").value_or("") == "revoked";
  return tokens_page(parts, context, revoked ? Phrase("accounts.token.done") : Phrase(), {}, nullptr);
}

// The token is in this answer and nowhere else: there is nothing that could be led to.
web::Response post_token(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  const TokenWish wish = wish_in(*form);
  const auto made = make_token(parts, context.viewer, wish);
  if (!made && made.error().kind == ErrorKind::unavailable) return refused(parts, request, context, made.error());
  if (!made) return tokens_page(parts, context, {}, wish, &made.error());
  TokenMadeView view;
  view.secret = made->secret;
  view.name = wish.name;
  view.example = fmt::format("curl -H 'Authorization: Bearer {}' {}/api/v1/token", made->secret, parts.public_address);
  html::Writer body(context.phrases);
  tpl::accounts::service_token_made(body, view);
  return in_layout(parts, context, context.phrases.text("accounts.token.made_title"), body, 200, Place::console);
}

web::Response drop_token(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  const TokenId id{read_row_number(form->get("token"))};
  const auto revoked = revoke_token(parts, person_of(context), id);
  if (!revoked) return refused(parts, request, context, revoked.error());
  return *revoked ? web::see_other(std::string(kTokens) + "?done=revoked")
                  : refused(parts, request, context, Error{ErrorKind::not_found, "problem.not_found", {}, {}});
}

}  // namespace bursary::accounts
