#include <fcntl.h>
#include <unistd.h>

#include <cstring>

#include "features/simulator/answers.h"
#include "features/simulator/simulator.h"

namespace bursary::simulator {
namespace {

namespace json = boost::json;

constexpr std::size_t kLargestBody = 64UL * 1024 * 1024;

web::Response error(int status, std::string_view message) {
  const json::object said{{"message", message}, {"type", "simulated"}, {"param", nullptr}, {"code", nullptr}};
  return web::json(json::serialize(json::object{{"error", said}}), status);
}

// The events of one answer, one a piece.
class EventSource final : public web::BodySource {
 public:
  EventSource(Endpoint endpoint, Question question, Journal& journal)
      : question_(std::move(question)),
        events_(events_of(endpoint, question_)),
        journal_(journal),
        output_(output_of(endpoint, question_)) {}
  EventSource(const EventSource&) = delete;
  EventSource& operator=(const EventSource&) = delete;
  // Whoever asked has gone, or has it all.
  ~EventSource() override {
    const auto told = static_cast<std::int64_t>(tokens_told_);
    const std::int64_t output = whole_ ? output_ : std::min(told, output_);
    journal_.write({question_.call, question_.model, question_.input, output, 0, whole_});
  }

  bool next(std::string& piece) override {
    if (question_.close_after >= 0 && told_ >= question_.close_after)
      throw std::runtime_error("closed as it was asked to");
    const auto tokens = events_.before.size(), after = tokens + events_.tokens.size();
    const auto at = static_cast<std::size_t>(told_);
    if (at >= after + events_.after.size()) {
      whole_ = true;
      return false;
    }
    ++told_;
    if (at < tokens) {
      piece = events_.before.at(at);
    } else if (at < after) {
      ++tokens_told_;
      piece = events_.tokens.at(at - tokens);
    } else {
      piece = events_.after.at(at - after);
    }
    return true;
  }
  std::chrono::milliseconds pause() const override { return question_.delay; }

 private:
  const Question question_;
  const Events events_;
  Journal& journal_;
  const std::int64_t output_;
  std::int64_t told_ = 0;
  std::size_t tokens_told_ = 0;
  bool whole_ = false;
};

web::Response answer(Endpoint endpoint, Journal& journal, const std::string& key, const web::Request& request) {
  if (!key.empty() && request.header("Authorization") != "Bearer " + key)
    return error(401, "This key is not known here.");
  auto question = read_question(request.body_bytes(), request.header("X-Client-Request-Id"));
  if (!question) return error(400, "The body is not an object of JSON that names a model.");
  if (question->status != 200) {
    web::Response refused = error(question->status, "As it was asked to.");
    if (question->status == 429) refused.header("Retry-After", "1");
    return refused;
  }
  const bool speaks = endpoint != Endpoint::embeddings && endpoint != Endpoint::images;
  if (speaks && question->stream) {
    web::Response streamed;
    streamed.header("Content-Type", "text/event-stream; charset=utf-8").header("Cache-Control", "no-cache");
    streamed.body = std::make_shared<EventSource>(endpoint, std::move(*question), journal);
    return streamed;
  }
  const std::int64_t images = endpoint == Endpoint::images ? question->answers : 0;
  journal.write({question->call, question->model, question->input, output_of(endpoint, *question), images, true});
  return web::json(answer_of(endpoint, *question));
}

web::Response models() {
  json::array data;
  for (const std::string_view name :
       {"example-large", "example-small", "example-embedding", "example-image", "codex", "gpt-4-base"})
    data.push_back(
        json::object{{"id", name}, {"object", "model"}, {"created", 1'767'225'600}, {"owned_by", "simulator"}});
  return web::json(json::serialize(json::object{{"object", "list"}, {"data", data}}));
}

}  // namespace

Result<std::unique_ptr<Journal>> Journal::open(const std::string& path) {
  if (path.empty()) return std::unique_ptr<Journal>(new Journal(-1));
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return fail(ErrorKind::invalid, "problem.unavailable", path + ": " + std::strerror(errno));
  return std::unique_ptr<Journal>(new Journal(file));
}

Journal::~Journal() {
  if (file_ >= 0) ::close(file_);
}

void Journal::write(const Served& served) {
  if (file_ < 0) return;
  const json::object line{{"call", served.call},     {"model", served.model},   {"input", served.input},
                          {"output", served.output}, {"images", served.images}, {"whole", served.whole}};
  const std::string text = json::serialize(line) + "\n";
  // One write of a short line is whole or not there.
  [[maybe_unused]] const auto written = ::write(file_, text.data(), text.size());
}

void add_routes(web::Router& router, Journal& journal, const std::string& key) {
  struct Place {
    const char* path;
    Endpoint endpoint;
  };
  for (const Place& place :
       {Place{"/v1/chat/completions", Endpoint::chat}, Place{"/v1/completions", Endpoint::completions},
        Place{"/v1/responses", Endpoint::responses}, Place{"/v1/embeddings", Endpoint::embeddings},
        Place{"/v1/images/generations", Endpoint::images}}) {
    const auto handler = [endpoint = place.endpoint, &journal, &key](const web::Request& request, const web::Context&) {
      return answer(endpoint, journal, key, request);
    };
    router.add({web::Method::post, place.path, web::Permission::anyone, handler, kLargestBody, web::BodyKind::json,
                std::nullopt, web::Token::none});
  }
  router.add({web::Method::get, "/v1/models", web::Permission::anyone,
              [](const web::Request&, const web::Context&) { return models(); }});
}

}  // namespace bursary::simulator
