// What the account page's forms do: name, addresses, passkeys, sessions.

#include "base/number.h"
#include "base/text.h"
#include "features/accounts/account_acts.sql.h"
#include "features/accounts/account_page.h"
#include "features/accounts/account_state.h"
#include "features/accounts/addresses.h"
#include "features/accounts/pages.h"
#include "features/accounts/passkeys.h"
#include "web/form_data.h"

namespace bursary::accounts {
namespace {

namespace account_acts_sql = sql::accounts::account_acts;

constexpr std::size_t kLongestPersonName = 200;

web::Response account_after(const char* what) { return web::see_other(std::string(kAccount) + "?done=" + what); }

web::Response not_found(const Parts& parts, const web::Request& request, const web::Context& context) {
  return refused(parts, request, context, Error{ErrorKind::not_found, "problem.not_found", {}, {}});
}

// With the field's name, what was typed, and why not.
web::Response again(const Parts& parts, const web::Context& context, const char* field, std::string typed,
                    const Error& error, std::string asked = {}) {
  return account_page(
      parts, context,
      {{}, {field, context.phrases.text(error.message), std::move(typed)}, std::move(asked), web::status_of(error)});
}

}  // namespace

web::Response save_name(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  const std::string name(first_characters(trim(without_hidden(form->get("name"))), kLongestPersonName));
  const auto saved = parts.database.write([&](db::Tx& tx) -> Result<void> {
    tx.post(account_acts_sql::rename, name, person_of(context));
    return {};
  });
  return saved ? account_after("name") : refused(parts, request, context, saved.error());
}

web::Response post_address(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  if (auto closed = ways_in_closed(parts, context)) return refused(parts, request, context, *closed);
  const auto asked = ask_address(parts, person_of(context), form->get("email"), context.phrases.tag());
  if (asked) return web::see_other(std::string(kAccount) + "?asked=" + *asked + "#code");
  if (asked.error().kind == ErrorKind::unavailable) return refused(parts, request, context, asked.error());
  return again(parts, context, "email", form->get("email"), asked.error());
}

web::Response post_address_code(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  if (auto closed = ways_in_closed(parts, context)) return refused(parts, request, context, *closed);
  const std::string asked = form->get("asked");
  const auto confirmed = confirm_address(parts, person_of(context), asked, form->get("code"));
  if (confirmed) return account_after("address");
  if (confirmed.error().kind == ErrorKind::unavailable) return refused(parts, request, context, confirmed.error());
  const bool wrong = confirmed.error().kind == ErrorKind::invalid;
  return again(parts, context, wrong ? "code" : "email", {}, confirmed.error(), wrong ? asked : std::string());
}

web::Response drop_address(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  if (auto closed = ways_in_closed(parts, context)) return refused(parts, request, context, *closed);
  const auto removed = remove_address(parts, person_of(context), form->get("email"));
  if (!removed) return refused(parts, request, context, removed.error());
  return *removed ? account_after("address_removed") : not_found(parts, request, context);
}

web::Response drop_passkey(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  if (auto closed = ways_in_closed(parts, context)) return refused(parts, request, context, *closed);
  const auto removed = remove_passkey(parts, person_of(context), PasskeyId{read_row_number(form->get("passkey"))});
  if (!removed) return refused(parts, request, context, removed.error());
  return *removed ? account_after("passkey_removed") : not_found(parts, request, context);
}

web::Response end_one_session(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  const std::int64_t id = read_row_number(form->get("session"));
  const auto ended = parts.database.write([&](db::Tx& tx) -> Result<bool> {
    if (!end_session_of(tx, person_of(context), id)) return false;
    write_account_event(tx, parts, person_of(context), "session_ended");
    return true;
  });
  if (!ended) return refused(parts, request, context, ended.error());
  return *ended ? account_after("session_ended") : not_found(parts, request, context);
}

web::Response end_all_others(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto ended = parts.database.write([&](db::Tx& tx) -> Result<void> {
    end_other_sessions(tx, person_of(context), context.viewer.session);
    write_account_event(tx, parts, person_of(context), "session_ended", R"({"all":true})");
    return {};
  });
  return ended ? account_after("others_ended") : refused(parts, request, context, ended.error());
}

}  // namespace bursary::accounts
