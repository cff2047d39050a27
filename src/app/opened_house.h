// The house as it serves, on a folder of its own, for the tests of this folder alone.
#pragma once
#include <doctest/doctest.h>

#include "app/house.h"
#include "base/crypto.h"
#include "tests/support/databases.h"

namespace bursary::app {

struct OpenedHouse {
  explicit OpenedHouse(int undo_seconds = 600) {
    crypto_ready();
    ServeConfiguration configuration;
    configuration.undo_seconds = undo_seconds;
    configuration.store.data = folder.path() / "data";
    configuration.defence = false;
    auto built = House::build(configuration, "https://apply.example.org");
    REQUIRE(built.has_value());
    house = std::move(*built);
  }

  web::Request request(web::Method method, std::string path) const {
    web::Request made;
    made.method = method;
    if (const auto question = path.find('?'); question != std::string::npos) {
      made.query = path.substr(question + 1);
      path.resize(question);
    }
    made.path = std::move(path);
    made.peer = "203.0.113.7";
    made.secure = true;
    made.headers.add("Host", "apply.example.org");
    return made;
  }
  // Fit for its route in everything but its tokens. `fill` says what stands for {name}.
  web::Request to(const web::Route& route, const std::string& origin,
                  const std::function<std::string(const std::string&)>& fill) const {
    std::string path;
    for (std::size_t at = 0; at < route.path.size();) {
      const bool capture = route.path[at] == '{';
      const std::size_t end = capture ? route.path.find('}', at) : at;
      path += capture ? fill(route.path.substr(at + 1, end - at - 1)) : route.path.substr(at, 1);
      at = end + 1;
    }
    web::Request made = request(route.method, path);
    if (route.method == web::Method::get) return made;
    made.headers.add("Origin", origin);
    const bool json = route.body == web::BodyKind::json;
    if (route.body != web::BodyKind::none) {
      made.headers.add("Content-Type", json ? "application/json" : "application/x-www-form-urlencoded");
      made.body = std::make_shared<web::MemoryBody>(json ? "{}" : "a=1");
    }
    return made;
  }
  web::Request post_to(const web::Route& route, const std::string& origin) const {
    return to(route, origin, [](const std::string&) { return std::string("0123456789"); });
  }
  // "name=value" of a fresh session of the terminal's administrator.
  std::string session() const {
    web::Request open =
        request(web::Method::post, accounts::make_staff_link(house->accounts(), std::chrono::minutes(5)));
    open.headers.add("Origin", "https://apply.example.org");
    open.headers.add("Content-Type", "application/x-www-form-urlencoded");
    open.body = std::make_shared<web::MemoryBody>("");
    const web::Response response = house->pipeline().handle(open);
    const std::string cookie(response.headers.find("Set-Cookie").value_or(""));
    REQUIRE(cookie.starts_with("__Host-session="));
    return cookie.substr(0, cookie.find(';'));
  }
  // Somebody new with this verified address: `role` as role_grant keeps it, none: an applicant.
  web::PersonId add_person(const std::string& email, std::optional<int> role) const;
  // The same as session() of somebody; `strong`: by more than mail.
  std::string session_of(web::PersonId person, bool strong) const;
  std::string session_of(const std::string& email, std::optional<int> role, bool strong) const {
    return session_of(add_person(email, role), strong);
  }
  // "Bearer …" of a service token with these scopes; of somebody new without a role: it was taken since.
  std::string token_of(web::PersonId person, const std::string& scopes) const;
  std::string token_of(const std::string& email, std::optional<int> role, const std::string& scopes) const {
    return token_of(add_person(email, role), scopes);
  }

  // "table where …"
  std::int64_t count_of(const std::string& from_where) const;

  testing::TempFolder folder;
  std::unique_ptr<House> house;
};

inline std::string name_of(const web::Route& route) { return std::string(to_string(route.method)) + " " + route.path; }
inline bool is_api(const web::Route& route) { return route.operation != nullptr; }
inline bool changes_something(const web::Route& route) { return route.method != web::Method::get; }
inline std::string body_of(const web::Response& response) {
  if (const auto* text = std::get_if<std::string>(&response.body)) return *text;
  std::string whole, piece;
  const auto& source = std::get<std::shared_ptr<web::BodySource>>(response.body);
  while (source->next(piece)) whole += piece;
  return whole;
}

}  // namespace bursary::app
