// What the browser's script asks and answers for passkeys: JSON both ways.
#include <boost/json.hpp>

#include "base/crypto.h"
#include "features/accounts/account_state.h"
#include "features/accounts/page.h"
#include "features/accounts/pages.h"
#include "features/accounts/passkeys.h"

namespace bursary::accounts {
namespace {

// A flat JSON object of strings.
class Posted {
 public:
  explicit Posted(const web::Request& request) {
    boost::system::error_code problem;
    value_ = boost::json::parse(request.body_bytes(), problem);
    if (problem || !value_.is_object()) value_ = boost::json::object();
  }
  std::string text(const char* name) const {
    const auto* value = value_.get_object().if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
  }
  // In base64url; empty when it is not.
  std::string bytes(const char* name) const { return from_base64url(text(name)).value_or(""); }

 private:
  boost::json::value value_;
};

web::Response answer(const web::Request& request, const web::Context& context, const Error& error) {
  return web::problem(error, context.phrases, request.id);
}

web::Response options(const web::Request& request, const web::Context& context, const Result<std::string>& made) {
  return made ? web::json(*made) : answer(request, context, made.error());
}

web::Response go_on(std::string_view next) {
  return web::json(boost::json::serialize(boost::json::object{{"next", next}}));
}

PasskeyAnswer answer_in(const Posted& posted) {
  return {posted.bytes("credential"),
          {posted.bytes("clientData"), posted.bytes("authenticatorData"), posted.bytes("signature")}};
}

web::Response after_passkey(const web::Request& request, const web::Context& context,
                            const Result<std::string>& session, const std::string& next) {
  if (!session) return answer(request, context, session.error());
  web::Response response = go_on(next);
  keep_session(response, request, *session);
  return response;
}

}  // namespace

web::Response passkey_sign_in_options(const Parts& parts, const web::Request& request, const web::Context& context) {
  return options(request, context, begin_passkey_sign_in(parts));
}

web::Response passkey_sign_in(const Parts& parts, const web::Request& request, const web::Context& context) {
  const Posted posted(request);
  return after_passkey(request, context, enter_by_passkey(parts, answer_in(posted), Visitor::of(request)),
                       next_or(posted.text("next"), kHome));
}

web::Response passkey_confirm_options(const Parts& parts, const web::Request& request, const web::Context& context) {
  return options(request, context, begin_passkey_confirmation(parts, person_of(context)));
}

web::Response passkey_confirm(const Parts& parts, const web::Request& request, const web::Context& context) {
  const Posted posted(request);
  return after_passkey(request, context,
                       confirm_by_passkey(parts, person_of(context), answer_in(posted), Visitor::of(request)),
                       next_or(posted.text("next"), kAccount));
}

web::Response passkey_new_options(const Parts& parts, const web::Request& request, const web::Context& context) {
  const web::Viewer& viewer = context.viewer;
  if (auto closed = ways_in_closed(parts, context)) return answer(request, context, *closed);
  const std::string name = !viewer.emails.empty() ? viewer.emails.front() : viewer.name;
  return options(request, context, begin_passkey(parts, person_of(context), name));
}

web::Response passkey_new(const Parts& parts, const web::Request& request, const web::Context& context) {
  const Posted posted(request);
  if (auto closed = ways_in_closed(parts, context)) return answer(request, context, *closed);
  const Visitor visitor = Visitor::of(request);
  const std::string name = visitor.browser.empty() ? context.phrases.text("accounts.passkey.unnamed") : visitor.browser;
  const Result<void> added =
      add_passkey(parts, person_of(context), {posted.bytes("clientData"), posted.bytes("attestationObject")}, name);
  return added ? go_on("/my/account?done=passkey") : answer(request, context, added.error());
}

}  // namespace bursary::accounts
