#include "features/simulator/simulator.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <unistd.h>

using namespace bursary;
namespace json = boost::json;

namespace {

struct Provider {
  Provider() {
    REQUIRE(journal);
    simulator::add_routes(router, **journal, key);
  }
  ~Provider() { std::filesystem::remove(file); }
  Provider(const Provider&) = delete;
  Provider& operator=(const Provider&) = delete;

  web::Response ask(const std::string& path, std::string body, const std::string& token = "Bearer k") {
    web::Request request;
    request.method = body.empty() ? web::Method::get : web::Method::post;
    request.path = path;
    request.headers.add("Authorization", token);
    request.headers.add("X-Client-Request-Id", "c1");
    request.body = std::make_shared<web::MemoryBody>(std::move(body));
    const auto match = router.find(request.method, path);
    REQUIRE(match.route != nullptr);
    const auto books = html::Phrasebooks::build({"en"}, {});
    const web::Context context{books->get("en"), {}, {}, {}, {}, {}};
    return match.route->handler(request, context);
  }
  json::object whole(const std::string& path, const std::string& body) {
    return json::parse(std::get<std::string>(ask(path, body).body)).as_object();
  }
  // Every event, until it ends or fails.
  std::string stream(const std::string& body, bool* failed = nullptr) {
    const auto response = ask("/v1/chat/completions", body);
    const auto source = std::get<std::shared_ptr<web::BodySource>>(response.body);
    std::string all;
    try {
      for (std::string piece; source->next(piece);) all += piece;
    } catch (const std::runtime_error&) {
      if (failed != nullptr) *failed = true;
    }
    return all;
  }
  std::string journalled() const {
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }

  std::string file =
      (std::filesystem::temp_directory_path() / ("bursary-simulator-" + std::to_string(::getpid()))).string();
  std::string key = "k";
  web::Router router;
  Result<std::unique_ptr<simulator::Journal>> journal = simulator::Journal::open(file);
};

constexpr const char* kHello = R"({"model":"m","messages":[{"role":"user","content":"Hello"}],"max_tokens":3})";

}  // namespace

TEST_CASE("simulator: the same question has the same answer, counted as it says") {
  Provider provider;
  const json::object first = provider.whole("/v1/chat/completions", kHello);
  CHECK(first == provider.whole("/v1/chat/completions", kHello));
  CHECK(first.at("usage").at("completion_tokens") == 3);
  CHECK(first.at("usage").at("prompt_tokens") == 6);  // "Hello\n" and one message
  CHECK(first.at("choices").at(0).at("finish_reason") == "length");
  CHECK(provider.journalled().starts_with(R"({"call":"c1","model":"m","input":6,"output":3,"images":0,"whole":true})"
                                          "\n"));
  CHECK(first !=
        provider.whole("/v1/chat/completions", R"({"model":"m","messages":[{"role":"user","content":"Hi"}]})"));
}

TEST_CASE("simulator: a stream says what the whole answer says, and its usage where that is asked for") {
  Provider provider;
  const std::string text = provider.stream(
      R"({"model":"m","messages":[{"role":"user","content":"Hello"}],"max_tokens":3,"stream":true,"stream_options":{"include_usage":true}})");
  CHECK(text.ends_with("data: [DONE]\n\n"));
  CHECK(text.find("\"usage\":null") != std::string::npos);
  CHECK(text.find("\"choices\":[],\"usage\":{\"prompt_tokens\":6") != std::string::npos);
  const std::string silent =
      provider.stream(R"({"model":"m","messages":[{"role":"user","content":"Hello"}],"stream":true})");
  CHECK(silent.find("usage") == std::string::npos);
}

TEST_CASE("simulator: fails as it is asked to, and journals what it had served by then") {
  Provider provider;
  const auto told = [](const std::string& what) {
    return R"({"model":"m","stream":true,"messages":[{"role":"user","content":"[simulate )" + what + R"(]"}]})";
  };
  const auto busy = provider.ask("/v1/chat/completions", told("status=429"));
  CHECK(busy.status == 429);
  CHECK(busy.headers.find("Retry-After") == "1");
  bool failed = false;
  provider.stream(told("close_after=4 tokens=9"), &failed);
  CHECK(failed);
  CHECK(provider.journalled().find("\"output\":3,\"images\":0,\"whole\":false") != std::string::npos);
  CHECK(!provider
             .whole("/v1/chat/completions",
                    R"({"model":"m","messages":[{"role":"user","content":"[simulate usage=no]"}]})")
             .contains("usage"));
}

TEST_CASE("simulator: every endpoint answers in its own shape, and nobody without the key") {
  Provider provider;
  CHECK(provider.whole("/v1/completions", R"({"model":"m","prompt":"a","n":2})").at("choices").as_array().size() == 2);
  CHECK(provider.whole("/v1/responses", R"({"model":"m","input":"a"})").at("output").at(0).at("type") == "message");
  CHECK(provider.whole("/v1/embeddings", R"({"model":"m","input":"a"})")
            .at("data")
            .at(0)
            .at("embedding")
            .as_array()
            .size() == 8);
  CHECK(provider.whole("/v1/images/generations", R"({"model":"m","prompt":"a","n":3})").at("data").as_array().size() ==
        3);
  CHECK(provider.whole("/v1/models", "").at("object") == "list");
  const auto tool = provider.whole(
      "/v1/chat/completions",
      R"({"model":"m","messages":[{"role":"user","content":"a"}],"tools":[{"type":"function","function":{"name":"look"}}]})");
  CHECK(tool.at("choices").at(0).at("message").at("tool_calls").at(0).at("function").at("name") == "look");
  const auto object = provider.whole(
      "/v1/chat/completions",
      R"({"model":"m","messages":[{"role":"user","content":"a"}],"response_format":{"type":"json_object"}})");
  CHECK(json::parse(object.at("choices").at(0).at("message").at("content").as_string()).is_object());
  CHECK(provider.ask("/v1/chat/completions", kHello, "Bearer other").status == 401);
  CHECK(provider.ask("/v1/chat/completions", "no").status == 400);
}
