// What is said to search engines.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace bursary::site {

// public_address may be empty: then no sitemap is named.
std::string robots_txt(std::string_view public_address);
// Absolute addresses of `paths`, each with its languages; the first of `locales` has no ?lang=.
std::string sitemap_xml(std::string_view public_address, const std::vector<std::string>& paths,
                        const std::vector<std::string>& locales);

}  // namespace bursary::site
