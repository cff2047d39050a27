// What every page of this feature does alike. Private.
#pragma once
#include <string>
#include <string_view>

#include "features/accounts/accounts.h"
#include "html/writer.h"
#include "web/response.h"

namespace bursary::accounts {

inline constexpr std::string_view kHome = "/my";
inline constexpr std::string_view kAccount = "/my/account";
inline constexpr std::string_view kDeviceCookie = "device";   // of a browser that a password was used in
inline constexpr std::string_view kAwaitedCookie = "second";  // names the sign-in whose code is awaited

enum class Place { site, console };
web::Response in_layout(const Parts& parts, const web::Context& context, std::string title, html::Writer& body,
                        int status = 200, Place place = Place::site);
// The page of an Error that no form of ours can show.
web::Response refused(const Parts& parts, const web::Request& request, const web::Context& context, const Error& error);
// Who is logged in; only behind a permission that asks for it (throws std::logic_error otherwise).
web::PersonId person_of(const web::Context& context);
// A cookie's value; empty without it.
std::string cookie(const web::Request& request, std::string_view name);
void keep_session(web::Response& response, const web::Request& request, const std::string& session);
// `typed` where it is a path of ours, else `otherwise`.
std::string next_or(std::string_view typed, std::string_view otherwise);

}  // namespace bursary::accounts
