#include "features/accounts/account_page.h"

#include "features/accounts/account.html.h"
#include "features/accounts/account_state.h"
#include "features/accounts/addresses.h"
#include "features/accounts/identities.h"
#include "features/accounts/pages.h"
#include "features/accounts/passkeys.h"
#include "features/accounts/password_sign_in.h"
#include "features/accounts/providers.h"
#include "web/router.h"

namespace bursary::accounts {
namespace {

class Drawing {
 public:
  Drawing(const Parts& parts, const web::Context& context, const AccountNote& note)
      : parts_(parts), context_(context), zone_(parts.programs.current()->time_zone) {
    view_.form_token = context.form_token;
    view_.name = context.viewer.name;
    view_.done = note.done;
    view_.refused = note.refused;
    view_.by_mail = !context.viewer.strong;
  }

  AccountView fill(db::Tx& tx, const std::string& asked) {
    const web::PersonId person = person_of(context_);
    const std::vector<std::string>& emails = context_.viewer.emails;
    for (const std::string& email : emails) view_.addresses.push_back({email, emails.size() == 1});
    if (const auto address = address_of_asking(tx, parts_, person, asked)) {
      view_.address_code = asked;
      view_.address_asked = *address;
    }
    const bool more = has_more_than_mail(tx, person);
    const bool proved = context_.viewer.proved_since(context_.now - web::kRecent);
    view_.must_confirm = more && !proved;
    view_.staff = act_of(tx, parts_, person).actor == audit::Actor::staff;
    view_.weak_staff = view_.staff && !context_.viewer.strong;
    add_passkeys(tx, person);
    const PasswordState password = password_state(tx, person);
    view_.password = password.set;
    view_.recovery_codes = Phrase("accounts.account.recovery_codes", {{"n", std::to_string(password.recovery_codes)}});
    add_identities(tx, person);
    add_sessions(tx, person);
    return std::move(view_);
  }

 private:
  std::string day(Instant at) const { return context_.phrases.date(at, zone_); }

  void add_passkeys(db::Tx& tx, web::PersonId person) {
    for (const Passkey& one : passkeys_of(tx, person)) {
      std::string facts = one.used_at
                              ? context_.phrases.text("accounts.passkey.facts_used",
                                                      {{"added", day(one.created_at)}, {"used", day(*one.used_at)}})
                              : context_.phrases.text("accounts.passkey.facts", {{"added", day(one.created_at)}});
      view_.passkeys.push_back({one.id.value, one.name, std::move(facts)});
    }
  }

  void add_identities(db::Tx& tx, web::PersonId person) {
    view_.providers = provider_views(parts_);
    for (const Identity& one : identities_of(tx, person)) {
      const auto known = std::ranges::find(view_.providers, one.provider, &ProviderView::key);
      view_.identities.push_back({known == view_.providers.end() ? one.issuer : known->name, one.issuer, one.subject,
                                  context_.phrases.text("accounts.account.connected",
                                                        {{"since", day(one.created_at)}, {"used", day(one.used_at)}})});
    }
  }

  void add_sessions(db::Tx& tx, web::PersonId person) {
    for (const SessionLine& one : sessions_of(tx, person, context_.now)) {
      view_.sessions.push_back({one.id, one.browser,
                                context_.phrases.text("accounts.account.session_facts",
                                                      {{"since", context_.phrases.date_time(one.created_at, zone_)},
                                                       {"seen", context_.phrases.date_time(one.seen_at, zone_)}}),
                                Phrase("accounts.method." + std::string(to_string(one.method))),
                                one.id == context_.viewer.session});
    }
  }

  const Parts& parts_;
  const web::Context& context_;
  std::string zone_;
  AccountView view_;
};

// What "?done=" may say.
constexpr std::string_view kDone[] = {"passkey",         "passkey_removed",  "name",          "address",
                                      "address_removed", "password_removed", "session_ended", "others_ended",
                                      "identity",        "identity_removed"};

}  // namespace

web::Response account_page(const Parts& parts, const web::Context& context, const AccountNote& note) {
  const AccountView view =
      parts.database.read([&](db::Tx& tx) { return Drawing(parts, context, note).fill(tx, note.asked); });
  html::Writer body(context.phrases);
  tpl::accounts::account(body, view);
  const std::string prefix = note.refused.problem.empty() ? "" : context.phrases.text("problem.error_prefix");
  return in_layout(parts, context, prefix + context.phrases.text("accounts.account.title"), body, note.status);
}

web::Response show_account(const Parts& parts, const web::Request& request, const web::Context& context) {
  AccountNote note;
  const std::string done = request.parameter("done").value_or("");
  if (std::ranges::find(kDone, done) != std::ranges::end(kDone)) note.done = Phrase("accounts.done." + done);
  note.asked = request.parameter("asked").value_or("");
  return account_page(parts, context, note);
}

}  // namespace bursary::accounts
