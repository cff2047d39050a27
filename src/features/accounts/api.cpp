// People and service tokens, for programs.
#include "features/api/api.h"

#include "features/accounts/people.h"
#include "features/accounts/service_tokens.h"

namespace bursary::accounts {
namespace {

namespace json = boost::json;
using api::Answer;
using api::Call;

Parts on_database(const Parts& parts, db::Database& inside) {
  return {inside,         parts.clock,          parts.random, parts.ids,
          parts.programs, parts.public_address, parts.secret, parts.providers};
}

std::vector<std::string> role_names() {
  std::vector<std::string> names;
  for (const Role role : kAllRoles) names.emplace_back(to_string(role));
  return names;
}

json::value moment_or_null(const std::optional<Instant>& at) {
  return at ? json::value(to_rfc3339(*at)) : json::value(nullptr);
}

Result<Answer> list_people(const Parts& parts, const Call& call) {
  const std::string program = parts.programs.current()->slug;
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    json::array people, invitations;
    for (const StaffMember& one : staff_of(tx, program)) {
      json::array emails, roles;
      for (const std::string& email : one.emails) emails.emplace_back(email);
      for (const StaffRole& role : one.roles)
        roles.push_back({{"role", to_string(role.role)}, {"everywhere", role.everywhere}});
      people.push_back({{"id", api::id_text(one.person.value)},
                        {"name", one.name},
                        {"emails", std::move(emails)},
                        {"roles", std::move(roles)},
                        {"strong", one.strong}});
    }
    for (const Invitation& one : invitations_of(tx, program, call.context.now)) {
      invitations.push_back({{"id", api::id_text(one.id.value)},
                             {"email", one.email},
                             {"role", to_string(one.role)},
                             {"by", one.inviter},
                             {"expires_at", to_rfc3339(one.expires_at)}});
    }
    return Answer{json::object{{"items", std::move(people)}, {"invitations", std::move(invitations)}}};
  });
}

Result<Answer> post_invitation(const Parts& parts, const Call& call, db::Database& inside) {
  const auto role = role_named(call.text("role"));
  if (!role) return fail({{"role", "problem.api.missing"}});
  const auto language = call.text("language", call.context.phrases.tag());
  const auto& books = *parts.programs.current()->phrasebooks;
  const auto done =
      invite(on_database(parts, inside), call.person(), call.text("email"), *role, books.get(language).tag());
  if (!done && done.error().kind == ErrorKind::invalid) return fail({{"email", done.error().message}});
  if (!done) return fail(done.error());
  return Answer{json::object{{"role", to_string(*role)}}, 201};
}

Result<Answer> drop_invitation_by_id(const Parts& parts, const Call& call, db::Database& inside) {
  const InvitationId id{call.id("invitation")};
  const auto taken = take_invitation_back(on_database(parts, inside), call.person(), id);
  if (!taken) return fail(taken.error());
  if (!*taken) return fail(api::not_found());
  return Answer{json::object{{"invitation", api::id_text(id.value)}}};
}

using ChangeRole = Result<void>(const Parts& parts, web::PersonId by, web::PersonId person, Role role);

api::Change doing(const Parts& parts, ChangeRole* act) {
  return [&parts, act](const Call& call, db::Database& inside) -> Result<Answer> {
    const auto role = role_named(call.part("role"));
    if (!role) return fail(api::not_found());
    const web::PersonId person{call.id("person")};
    if (const auto done = act(on_database(parts, inside), call.person(), person, *role); !done)
      return fail(done.error());
    return Answer{json::object{{"person", api::id_text(person.value)}, {"role", to_string(*role)}}};
  };
}

json::object token_json(const ServiceToken& token, Instant now) {
  json::array scopes;
  for (const std::string& scope : token.scopes) scopes.emplace_back(scope);
  return {{"id", api::id_text(token.id.value)},
          {"name", token.name},
          {"maker", {{"id", api::id_text(token.person.value)}, {"name", token.maker}}},
          {"scopes", std::move(scopes)},
          {"good", token.good(now)},
          {"created_at", to_rfc3339(token.created_at)},
          {"expires_at", to_rfc3339(token.expires_at)},
          {"revoked_at", moment_or_null(token.revoked_at)},
          {"used_at", moment_or_null(token.used_at)}};
}

Result<Answer> list_tokens(const Parts& parts, const Call& call) {
  const std::string program = parts.programs.current()->slug;
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    json::array items;
    for (const ServiceToken& one : tokens_of(tx, program)) items.push_back(token_json(one, call.context.now));
    return Answer{json::object{{"items", std::move(items)}}};
  });
}

Result<Answer> read_own_token(const Parts& parts, const Call& call) {
  const std::string program = parts.programs.current()->slug;
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    const auto token = find_token(tx, program, TokenId{call.context.viewer.token});
    if (!token) return fail(api::not_found());
    json::object out = token_json(*token, call.context.now);
    json::array may;
    for (const std::string& permission : call.context.viewer.permissions) may.emplace_back(permission);
    out["may"] = std::move(may);
    return Answer{std::move(out)};
  });
}

Result<Answer> revoke(const Parts& parts, const Call& call, db::Database& inside) {
  const TokenId id{call.id("token")};
  const auto revoked = revoke_token(on_database(parts, inside), call.person(), id);
  if (!revoked) return fail(revoked.error());
  if (!*revoked) return fail(api::not_found());
  return Answer{json::object{{"token", api::id_text(id.value)}}};
}

web::Schema people_schema() {
  using namespace web;
  const Schema member =
      named("Member", object({{"id", api::id_schema()},
                              {"name", text()},
                              {"emails", list_of(text())},
                              {"roles", list_of(object({{"role", choice(role_names())},
                                                        {"everywhere", yes_no().said("In every program.")}}))},
                              {"strong", yes_no().said("Has a second factor: else the console is closed to them.")}}));
  const Schema invitation = named("Invitation", object({{"id", api::id_schema()},
                                                        {"email", text()},
                                                        {"role", choice(role_names())},
                                                        {"by", text()},
                                                        {"expires_at", moment()}}));
  return named("People", object({{"items", list_of(member)}, {"invitations", list_of(invitation)}}));
}

web::Schema token_schema(bool own) {
  using namespace web;
  const Schema person = named("Person", object({{"id", api::id_schema()}, {"name", text()}}));
  std::vector<Member> members = {{"id", api::id_schema()},
                                 {"name", text()},
                                 {"maker", person},
                                 {"scopes", list_of(text())},
                                 {"good", yes_no()},
                                 {"created_at", moment()},
                                 {"expires_at", moment()},
                                 {"revoked_at", moment().or_null()},
                                 {"used_at", moment().or_null().said("To the hour.")}};
  if (own)
    members.push_back({"may", list_of(text()).said("What its scopes and its maker's roles have in common now.")});
  return named(own ? "OwnToken" : "ServiceToken", object(std::move(members)));
}

void add_people_routes(web::Router& router, const Parts& parts, const api::Parts& api) {
  const auto manages = web::Permission::manage_people;
  const auto bound = api::bound_to(parts);
  const std::vector<web::Parameter> role_of = {api::path_part("person", "Their id."),
                                               api::path_part("role", "`coordinator` and the like.")};
  const web::Given role_given = api::given(
      "Done.", web::named("RoleChanged", web::object({{"person", api::id_schema()}, {"role", web::text()}})));
  api::add_read(router, api,
                {.path = "/people",
                 .permission = manages,
                 .operation = {.id = "listPeople",
                               .tag = "people",
                               .summary = "Who works with the program, and who is invited",
                               .gives = {api::given("All of them.", people_schema())}}},
                [&parts](const Call& call) { return list_people(parts, call); });
  api::add_change(
      router, api,
      {.method = web::Method::post,
       .path = "/people/invitations",
       .permission = manages,
       .operation = {.id = "invite",
                     .tag = "people",
                     .summary = "Invite somebody by mail",
                     .takes = web::named("NewInvitation", web::object({{"email", web::text()},
                                                                       {"role", web::choice(role_names())},
                                                                       web::optional("language", web::text())})),
                     .gives = {api::given("It is on its way.",
                                          web::named("Invited", web::object({{"role", web::text()}})), 201)}},
       .rate = web::RateClass::costly},
      bound(post_invitation));
  api::add_change(router, api,
                  {.method = web::Method::del,
                   .path = "/people/invitations/{invitation}",
                   .permission = manages,
                   .operation = {.id = "takeInvitationBack",
                                 .tag = "people",
                                 .summary = "Take an invitation back",
                                 .parameters = {api::path_part("invitation", "Its id.")},
                                 .gives = {api::given(
                                     "It opens nothing any more.",
                                     web::named("InvitationGone", web::object({{"invitation", api::id_schema()}})))}}},
                  bound(drop_invitation_by_id));
  api::add_change(router, api,
                  {.method = web::Method::put,
                   .path = "/people/{person}/roles/{role}",
                   .permission = manages,
                   .operation = {.id = "giveRole",
                                 .tag = "people",
                                 .summary = "Give a role to somebody who works here",
                                 .parameters = role_of,
                                 .gives = {role_given}}},
                  doing(parts, &grant_role));
  api::add_change(router, api,
                  {.method = web::Method::del,
                   .path = "/people/{person}/roles/{role}",
                   .permission = manages,
                   .operation = {.id = "takeRole",
                                 .tag = "people",
                                 .summary = "Take a role; the last administrator keeps theirs",
                                 .parameters = role_of,
                                 .gives = {role_given}}},
                  doing(parts, &take_role));
}

}  // namespace

void add_api_routes(web::Router& router, const Parts& parts, const api::Parts& api) {
  add_people_routes(router, parts, api);
  const auto manages = web::Permission::manage_program;
  api::add_read(router, api,
                {.path = "/token",
                 .permission = web::Permission::staff,
                 .operation = {.id = "readOwnToken",
                               .tag = "tokens",
                               .summary = "The token that asks",
                               .gives = {api::given("It, without its secret.", token_schema(true))}}},
                [&parts](const Call& call) { return read_own_token(parts, call); });
  api::add_read(
      router, api,
      {.path = "/tokens",
       .permission = manages,
       .operation = {.id = "listTokens",
                     .tag = "tokens",
                     .summary = "Every service token",
                     .about = "They are made by people alone, at /staff/tokens.",
                     .gives = {api::given(
                         "The newest first.",
                         web::named("ServiceTokens", web::object({{"items", web::list_of(token_schema(false))}})))}}},
      [&parts](const Call& call) { return list_tokens(parts, call); });
  api::add_change(
      router, api,
      {.method = web::Method::post,
       .path = "/tokens/{token}/revoke",
       .permission = manages,
       .operation = {.id = "revokeToken",
                     .tag = "tokens",
                     .summary = "Revoke a token",
                     .parameters = {api::path_part("token", "Its id.")},
                     .gives = {api::given("It is good for nothing any more.",
                                          web::named("TokenRevoked", web::object({{"token", api::id_schema()}})))}}},
      [&parts](const Call& call, db::Database& inside) { return revoke(parts, call, inside); });
}

}  // namespace bursary::accounts
