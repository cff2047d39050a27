#include "features/accounts/browser_name.h"

#include <utility>

namespace bursary::accounts {
namespace {

// In this order: each names those after it as well, for old servers' sake.
constexpr std::pair<std::string_view, std::string_view> kBrowsers[] = {
    {"Edg/", "Edge"},        {"OPR/", "Opera"},     {"SamsungBrowser/", "Samsung Internet"},
    {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"CriOS/", "Chrome"},
    {"FxiOS/", "Firefox"},   {"Safari/", "Safari"}, {"curl/", "curl"}};
constexpr std::pair<std::string_view, std::string_view> kSystems[] = {
    {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},   {"Windows", "Windows"},
    {"Mac OS X", "macOS"},  {"CrOS", "ChromeOS"}, {"Linux", "Linux"}, {"FreeBSD", "FreeBSD"}};

template <std::size_t N>
std::string_view first_in(std::string_view text, const std::pair<std::string_view, std::string_view> (&names)[N]) {
  for (const auto& [part, name] : names) {
    if (text.find(part) != std::string_view::npos) return name;
  }
  return {};
}

}  // namespace

std::string browser_name(std::string_view user_agent) {
  std::string name(first_in(user_agent, kBrowsers));
  const std::string_view system = first_in(user_agent, kSystems);
  if (!name.empty() && !system.empty()) name.append(", ");
  return name.append(system);
}

}  // namespace bursary::accounts
