#include "features/programs/site_paths.h"

#include <algorithm>
#include <array>

namespace bursary::programs {
namespace {

// What a reader may be sent to.
constexpr std::array<std::string_view, 8> kProductPages = {"/apply",  "/countries",    "/questions", "/receipt",
                                                           "/search", "/transparency", "/log-in",    "/sign-up"};

// First parts of the addresses that the product has or will need.
constexpr std::array<std::string_view, 43> kReserved = {
    "api",          "application", "applications", "apply",      "assets",    "audit",       "awards",      "challenge",
    "console",      "countries",   "draft",        "drafts",     "export",    "favicon.ico", "files",       "gateway",
    "health",       "healthz",     "keys",         "ledger",     "locales",   "log-in",      "log-out",     "mail",
    "messages",     "metrics",     "my",           "problems",   "questions", "queue",       "readyz",      "receipt",
    "receipts",     "register",    "reviews",      "robots.txt", "search",    "sign-up",     "sitemap.xml", "staff",
    "transparency", "v1",          "webhooks"};

}  // namespace

bool is_reserved_slug(std::string_view slug) {
  const std::string_view first = slug.substr(0, slug.find('/'));
  return std::find(kReserved.begin(), kReserved.end(), first) != kReserved.end();
}

std::span<const std::string_view> product_pages() { return kProductPages; }

bool is_product_page(std::string_view path) {
  return std::find(kProductPages.begin(), kProductPages.end(), path) != kProductPages.end();
}

}  // namespace bursary::programs
