// Which addresses a page may link to. One rule for templates, Markdown and redirects.
#pragma once
#include <string>
#include <string_view>

namespace bursary::html {

// "/path", not "//host" nor "/\host" (also percent-encoded); printable ASCII alone, so that it fits a header.
bool is_local_path(std::string_view url);
// http, https, mailto, tel, a path, query or fragment of this site; no control characters. UTF-8 is allowed.
bool is_safe_url(std::string_view url);
// http or https: it leaves this site.
bool is_foreign_url(std::string_view url);
// Everything but RFC 3986's unreserved characters becomes %XX.
void append_percent_encoded(std::string& out, std::string_view text);

}  // namespace bursary::html
