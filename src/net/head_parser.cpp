#include "net/head_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <limits>
#include <optional>

#include "base/text.h"

namespace bursary::net {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using BeastView = boost::beast::string_view;

// A chunk's extension means nothing to us and a long one is an attack.
constexpr std::size_t kLongestChunkExtension = 256;

std::string_view view_of(BeastView text) { return {text.data(), text.size()}; }

web::Method method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return web::Method::get;
    case http::verb::head:
      return web::Method::head;
    case http::verb::post:
      return web::Method::post;
    case http::verb::put:
      return web::Method::put;
    case http::verb::patch:
      return web::Method::patch;
    case http::verb::delete_:
      return web::Method::del;
    case http::verb::options:
      return web::Method::options;
    default:
      return web::Method::other;
  }
}

// "HTTP/2.0" is a version that is not ours; "HTTQ" is no version.
bool is_foreign_version(std::string_view head) {
  const auto line = head.substr(0, head.find('\r'));
  const auto space = line.rfind(' ');
  if (space == std::string_view::npos) return false;
  const auto version = line.substr(space + 1);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return version.size() == 8 && version.starts_with("HTTP/") && digit(version[5]) && version[6] == '.' &&
         digit(version[7]);
}

}  // namespace

class HeadParser::Parser final : public http::basic_parser<true> {
 public:
  explicit Parser(const HeadLimits& limits) : limits_(limits) {
    header_limit(std::numeric_limits<std::uint32_t>::max());  // the scanner has seen to that
    body_limit(boost::none);                                  // the taker sees to that
  }

  Head head;
  BodyTaker* taker = nullptr;
  int refused = 0;

  // Between chunks Beast 1.81 asserts that five bytes are there ("0 CR LF CR LF") once it has seen the last chunk's
  // size; they may come one by one, and before the fifth there is nothing to parse.
  bool can_go_on(std::string_view input) const { return !chunked() || chunk_left_ > 0 || input.size() >= 5; }

  std::optional<std::uint64_t> length() const {
    const auto known = content_length();
    return known ? std::optional<std::uint64_t>(*known) : std::nullopt;
  }

 private:
  void refuse(int status, error_code& ec) {
    refused = status;
    ec = http::error::bad_field;
  }

  void on_request_impl(http::verb verb, BeastView, BeastView target, int version, error_code& ec) override {
    head.method = method_of(verb);
    head.target = view_of(target);
    head.http_1_1 = version == 11;
    if (target.size() > limits_.target_bytes) return refuse(414, ec);
    if (head.method == web::Method::other) return refuse(501, ec);
  }

  void on_field_impl(http::field field, BeastView name, BeastView value, error_code& ec) override {
    if (in_body_) return;  // a trailer: checked by Beast, of no use to us
    if (head.lines.size() >= limits_.lines) return refuse(431, ec);
    head.lines.emplace_back(view_of(name), view_of(value));
    note(field, view_of(value), ec);
  }

  void note(http::field field, std::string_view value, error_code& ec) {
    switch (field) {
      case http::field::host:
        head.host = value;
        ++head.hosts;
        break;
      case http::field::accept_encoding:
        head.accept_encoding = value;
        break;
      case http::field::accept_language:
        head.accept_language = value;
        break;
      case http::field::cookie:
        head.cookie = value;
        break;
      case http::field::if_none_match:
        head.if_none_match = value;
        break;
      case http::field::expect:
        head.expect = value;
        break;
      case http::field::forwarded:
        head.forwarded = true;
        break;
      case http::field::content_length:
        // One line with one number: Beast would take "5, 5" and two equal lines.
        if (has_length_ || value.find_first_not_of("0123456789") != std::string_view::npos) return refuse(400, ec);
        has_length_ = true;
        break;
      case http::field::transfer_encoding:
        if (has_coding_ || !head.http_1_1) return refuse(400, ec);
        if (!equal_ignoring_case_ascii(value, "chunked")) return refuse(501, ec);
        has_coding_ = true;
        break;
      default:
        if (!head.lines.back().first.empty() && (head.lines.back().first[0] | 0x20) == 'x' &&
            to_lower_ascii(head.lines.back().first.substr(0, 11)) == "x-forwarded")
          head.forwarded = true;
    }
  }

  void on_header_impl(error_code& ec) override {
    in_body_ = true;
    if (has_length_ && has_coding_) return refuse(400, ec);
    if (head.hosts > 1 || (head.http_1_1 && head.hosts == 0)) return refuse(400, ec);
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}

  std::size_t on_body_impl(BeastView piece, error_code& ec) override {
    const int status = taker->take(view_of(piece));
    if (status != 0) refuse(status, ec);
    return piece.size();
  }

  void on_chunk_header_impl(std::uint64_t size, BeastView extension, error_code& ec) override {
    chunk_left_ = size;
    if (extension.size() > kLongestChunkExtension || extension.find('\n') != BeastView::npos) refuse(400, ec);
  }

  std::size_t on_chunk_body_impl(std::uint64_t, BeastView piece, error_code& ec) override {
    chunk_left_ -= piece.size();
    return on_body_impl(piece, ec);
  }
  void on_finish_impl(error_code&) override {}
  void on_response_impl(int, BeastView, int, error_code&) override {}

  HeadLimits limits_;
  bool in_body_ = false;
  std::uint64_t chunk_left_ = 0;
  bool has_length_ = false;
  bool has_coding_ = false;
};

// Made anew for each request, in the same place and with the same list of lines.
struct HeadParser::Place {
  std::optional<Parser> parser;
};

HeadParser::HeadParser() : place_(std::make_unique<Place>()) {}
HeadParser::~HeadParser() = default;
HeadParser::HeadParser(HeadParser&&) noexcept = default;
HeadParser& HeadParser::operator=(HeadParser&&) noexcept = default;

const Head& HeadParser::parse(std::string_view input, const HeadLimits& limits) {
  auto& parser = place_->parser;
  auto lines = parser ? std::move(parser->head.lines) : decltype(Head::lines){};
  lines.clear();
  parser.emplace(limits);
  Head& head = parser->head;
  head.lines = std::move(lines);

  error_code failure;
  parser->put(boost::asio::const_buffer(input.data(), input.size()), failure);
  if (parser->refused != 0) {
    head.refused = parser->refused;
  } else if (failure || !parser->is_header_done()) {
    head.refused = failure == http::error::bad_version && is_foreign_version(input) ? 505 : 400;
  }
  if (!parser->is_header_done()) return head;
  head.chunked = parser->chunked();
  head.content_length = parser->length();
  head.keep_alive = parser->keep_alive();
  head.close = head.http_1_1 && !head.keep_alive;
  return head;
}

HeadParser::Progress HeadParser::parse_body(std::string_view input, BodyTaker& taker) {
  auto& begun = place_->parser;
  if (!begun) return {0, false, 400};  // no head came before
  Parser& parser = *begun;
  parser.taker = &taker;
  Progress progress;
  while (!parser.is_done() && progress.used < input.size()) {
    error_code failure;
    const auto rest = input.substr(progress.used);
    if (!parser.can_go_on(rest)) break;
    progress.used += parser.put(boost::asio::const_buffer(rest.data(), rest.size()), failure);
    if (failure == http::error::need_more) break;
    if (failure) {
      progress.refused = parser.refused != 0 ? parser.refused : 400;
      return progress;
    }
  }
  progress.complete = parser.is_done();
  return progress;
}

}  // namespace bursary::net
