// Which of a stored page's forms a request gets.
#pragma once
#include <string>
#include <string_view>

#include "web/page_store.h"

namespace bursary::net {

// By Accept-Encoding with its q-values (RFC 9110, 12.5.3): the best that the client takes, Brotli before gzip where it
// does not mind. A client that forbids even identity gets identity.
web::Encoding choose_encoding(std::string_view accept_encoding, bool has_brotli, bool has_gzip);

// If-None-Match: "*", or a list that holds the tag; compared weakly (RFC 9110, 13.1.2).
bool none_match_holds(std::string_view if_none_match, std::string_view etag);

// The part of a request that decides its language, as a key of a cache: ?lang=, the cookie `lang`, Accept-Language.
std::string language_key(std::string_view query, std::string_view cookie, std::string_view accept_language);

}  // namespace bursary::net
