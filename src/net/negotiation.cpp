#include "net/negotiation.h"

#include "base/text.h"

namespace bursary::net {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string_view take_item(std::string_view& list, char separator) {
  const auto end = list.find(separator);
  const auto item = list.substr(0, end);
  list = end == std::string_view::npos ? std::string_view{} : list.substr(end + 1);
  return trimmed(item);
}

// "0.5" in thousandths; what is not a weight counts as none.
int weight_of(std::string_view text) {
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return 0;
  if (text[0] == '1') return 1000;
  int weight = 0;
  int place = 100;
  for (std::size_t i = 2; i < text.size() && i < 5; ++i, place /= 10) {
    if (text[1] != '.' || text[i] < '0' || text[i] > '9') return 0;
    weight += (text[i] - '0') * place;
  }
  return weight;
}

struct Weights {
  int gzip = -1, brotli = -1, identity = -1, any = -1;  // thousandths; -1: not named
  int of(int named, int otherwise) const { return named >= 0 ? named : any >= 0 ? any : otherwise; }
};

Weights read_weights(std::string_view list) {
  Weights weights;
  while (!list.empty()) {
    auto item = take_item(list, ',');
    const auto name = take_item(item, ';');
    int weight = 1000;
    while (!item.empty()) {
      const auto parameter = take_item(item, ';');
      if (parameter.size() > 2 && (parameter[0] == 'q' || parameter[0] == 'Q') && parameter[1] == '=')
        weight = weight_of(parameter.substr(2));
    }
    if (name == "*") weights.any = weight;
    if (equal_ignoring_case_ascii(name, "br")) weights.brotli = weight;
    if (equal_ignoring_case_ascii(name, "gzip") || equal_ignoring_case_ascii(name, "x-gzip")) weights.gzip = weight;
    if (equal_ignoring_case_ascii(name, "identity")) weights.identity = weight;
  }
  return weights;
}

bool names_lang(std::string_view pair) {
  const auto name = trimmed(pair.substr(0, pair.find('=')));
  return name.ends_with("lang");  // with or without a prefix such as __Host-
}

}  // namespace

web::Encoding choose_encoding(std::string_view accept_encoding, bool has_brotli, bool has_gzip) {
  if (accept_encoding.empty()) return web::Encoding::identity;
  const Weights weights = read_weights(accept_encoding);
  const int brotli = has_brotli ? weights.of(weights.brotli, 0) : 0;
  const int gzip = has_gzip ? weights.of(weights.gzip, 0) : 0;
  const int identity = weights.identity >= 0 ? weights.identity : weights.any == 0 ? 0 : 1;
  if (brotli > 0 && brotli >= gzip && brotli >= identity) return web::Encoding::brotli;
  if (gzip > 0 && gzip >= identity) return web::Encoding::gzip;
  return web::Encoding::identity;
}

bool none_match_holds(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    auto item = take_item(if_none_match, ',');
    if (item.starts_with("W/")) item.remove_prefix(2);
    if (item == "*" || (!item.empty() && item == etag)) return true;
  }
  return false;
}

std::string language_key(std::string_view query, std::string_view cookie, std::string_view accept_language) {
  std::string key;
  while (!query.empty()) {
    const auto pair = take_item(query, '&');
    // An escaped name ("l%61ng") is rare and still means the same.
    if (pair.starts_with("lang=") || pair.find('%') < pair.find('=')) key.append(pair).append("&");
  }
  key.push_back('\n');
  while (!cookie.empty()) {
    const auto pair = take_item(cookie, ';');
    if (names_lang(pair)) key.append(pair).append("; ");
  }
  key.push_back('\n');
  key.append(accept_language);
  return key;
}

}  // namespace bursary::net
