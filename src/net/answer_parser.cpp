#include "net/answer_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

namespace bursary::net {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using BeastView = boost::beast::string_view;

constexpr std::uint32_t kLongestHead = 64U * 1024;

std::string_view view_of(BeastView text) { return {text.data(), text.size()}; }

}  // namespace

class AnswerParser::Parser final : public http::basic_parser<false> {
 public:
  Parser() {
    header_limit(kLongestHead);
    body_limit(boost::none);
  }

  AnswerHead answer;
  BodyTaker* taker = nullptr;

  // As in HeadParser: between chunks Beast asserts that five bytes are there.
  bool can_go_on(std::string_view input) const {
    return !is_header_done() || !chunked() || chunk_left_ > 0 || input.size() >= 5;
  }

 private:
  void on_response_impl(int status, BeastView, int, error_code&) override { answer.status = status; }
  void on_field_impl(http::field, BeastView name, BeastView value, error_code&) override {
    if (!in_body_) answer.headers.add(std::string(view_of(name)), std::string(view_of(value)));
  }
  void on_header_impl(error_code&) override { in_body_ = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    if (length) answer.length = *length;
  }
  std::size_t on_body_impl(BeastView piece, error_code& ec) override {
    if (taker->take(view_of(piece)) != 0) ec = http::error::body_limit;
    return piece.size();
  }
  void on_chunk_header_impl(std::uint64_t size, BeastView, error_code&) override { chunk_left_ = size; }
  std::size_t on_chunk_body_impl(std::uint64_t, BeastView piece, error_code& ec) override {
    chunk_left_ -= piece.size();
    return on_body_impl(piece, ec);
  }
  void on_finish_impl(error_code&) override {}
  void on_request_impl(http::verb, BeastView, BeastView, int, error_code&) override {}

  bool in_body_ = false;
  std::uint64_t chunk_left_ = 0;
};

AnswerParser::AnswerParser() : parser_(std::make_unique<Parser>()) {}
AnswerParser::~AnswerParser() = default;
AnswerParser::AnswerParser(AnswerParser&&) noexcept = default;
AnswerParser& AnswerParser::operator=(AnswerParser&&) noexcept = default;

AnswerParser::Progress AnswerParser::parse(std::string_view input, BodyTaker& taker) {
  Progress progress;
  while (!parser_->is_done() && progress.used < input.size()) {
    parser_->taker = &taker;
    const std::string_view rest = input.substr(progress.used);
    if (!parser_->can_go_on(rest)) break;
    error_code failure;
    progress.used += parser_->put(boost::asio::const_buffer(rest.data(), rest.size()), failure);
    if (failure == http::error::need_more) break;
    if (failure) {
      progress.broken = true;
      return progress;
    }
    const bool interim = parser_->is_header_done() && parser_->answer.status < 200;
    if (interim) parser_ = std::make_unique<Parser>();
  }
  progress.head_done = parser_->is_header_done();
  progress.complete = parser_->is_done();
  return progress;
}

bool AnswerParser::ends_here() {
  if (parser_->is_done()) return true;
  if (!parser_->is_header_done() || !parser_->need_eof()) return false;
  error_code failure;
  parser_->put_eof(failure);
  return !failure;
}

const AnswerHead& AnswerParser::head() const { return parser_->answer; }
bool AnswerParser::may_keep() const { return parser_->keep_alive(); }

}  // namespace bursary::net
