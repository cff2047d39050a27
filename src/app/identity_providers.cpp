#include "app/identity_providers.h"

#include <toml++/toml.h>
#include <algorithm>
#include <set>

#include "base/secret_file.h"
#include "base/text.h"
#include "web/address.h"

namespace bursary::app {
namespace {

[[nodiscard]] auto wrong(std::string what) {
  return fail(ErrorKind::invalid, "app.problem.identity_providers", std::move(what));
}

// An https address; plain http only to this machine, to try it.
bool is_issuer(const std::string& text) {
  if (text.starts_with("https://") && text.size() > 8) return text.find_first_of("?# ") == std::string::npos;
  constexpr std::string_view kPlain = "http://";
  if (!text.starts_with(kPlain)) return false;
  const std::string_view rest = std::string_view(text).substr(kPlain.size());
  return web::is_loopback_host(rest.substr(0, rest.find('/')));
}

bool is_key(const std::string& text) {
  return !text.empty() && text.size() <= 30 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

class Reader {
 public:
  Reader(const toml::table& table, std::filesystem::path folder) : table_(table), folder_(std::move(folder)) {}

  Result<accounts::Provider> read() {
    accounts::Provider one;
    one.key = text("key");
    if (!is_key(one.key)) return wrong("a provider needs key = \"name\" of small letters, digits and hyphens");
    for (const auto& [name, value] : table_) {
      if (std::ranges::find(kKnown, name.str()) == std::ranges::end(kKnown))
        return wrong(one.key + " has an unknown line: " + std::string(name.str()));
    }
    one.name = text("name");
    one.issuer = text("issuer");
    one.client_id = text("client_id");
    if (one.name.empty()) return wrong(one.key + " needs name = \"…\", as its button says it");
    if (!is_issuer(one.issuer)) return wrong(one.key + " needs issuer = \"https://…\", as the provider writes it");
    if (one.client_id.empty()) return wrong(one.key + " needs client_id = \"…\"");
    if (const std::string scopes = text("scopes"); !scopes.empty()) one.scopes = scopes;
    if ((" " + one.scopes + " ").find(" openid ") == std::string::npos)
      return wrong(one.key + ": scopes must hold openid");
    one.trust_email = flag("trust_email");
    one.staff = flag("staff");
    one.private_network = flag("private_network");
    if (const std::string file = text("client_secret_file"); !file.empty()) {
      auto secret = read_secret_file(folder_ / file);
      if (!secret) return wrong(std::move(secret.error().detail));
      one.client_secret = std::move(*secret);
    }
    return one;
  }

 private:
  static constexpr std::string_view kKnown[] = {
      "key", "name", "issuer", "client_id", "client_secret_file", "scopes", "trust_email", "staff", "private_network"};
  std::string text(std::string_view name) const { return table_[name].value_or(std::string()); }
  bool flag(std::string_view name) const { return table_[name].value_or(false); }

  const toml::table& table_;
  std::filesystem::path folder_;
};

}  // namespace

Result<std::vector<accounts::Provider>> read_identity_providers(const std::filesystem::path& file) {
  std::vector<accounts::Provider> providers;
  toml::table document;
  try {
    document = toml::parse_file(file.string());
  } catch (const toml::parse_error& problem) {
    return wrong(fmt::format("{}:{}: {}", file.string(), problem.source().begin.line, problem.description()));
  }
  const toml::array* list = document["provider"].as_array();
  if (list == nullptr || document.size() != 1)
    return wrong(file.string() + " holds [[provider]] tables and nothing else");
  std::set<std::string> keys;
  for (const toml::node& node : *list) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return wrong(file.string() + " holds [[provider]] tables and nothing else");
    auto one = Reader(*table, file.parent_path()).read();
    if (!one) return fail(std::move(one).error());
    if (!keys.insert(one->key).second) return wrong("two providers are called " + one->key);
    providers.push_back(std::move(*one));
  }
  return providers;
}

}  // namespace bursary::app
