// Addresses that the product serves itself, beside a program's pages.
#pragma once
#include <span>
#include <string_view>

namespace bursary::programs {

// Whether a page may not have this slug: its first part belongs to the product.
bool is_reserved_slug(std::string_view slug);
// Whether a program's text may link here: "/apply", "/countries" ….
bool is_product_page(std::string_view path);
std::span<const std::string_view> product_pages();

}  // namespace bursary::programs
