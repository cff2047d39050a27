// What a call may say, what it costs at most, and what is read off its answer.
#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "features/gateway/ask.h"
#include "features/gateway/stream.h"

using namespace bursary;
using namespace bursary::gateway;
namespace json = boost::json;

namespace {

std::vector<programs::Model> models() {
  programs::Model talker;
  talker.name = "talker";
  talker.aliases = {"talker-1"};
  talker.upstream_model = "talker-upstream";
  talker.endpoints = {Endpoint::chat, Endpoint::responses, Endpoint::completions};
  talker.context_tokens = 1000;
  talker.output_tokens = 500;
  talker.image_tokens = 100;
  talker.prices = {150'000'000, 75'000'000, 600'000'000, 0, 0};
  programs::Model blind = talker;
  blind.name = "blind";
  blind.aliases.clear();
  blind.image_tokens = 0;
  programs::Model vectors;
  vectors.name = "vectors";
  vectors.upstream_model = "vectors";
  vectors.endpoints = {Endpoint::embeddings};
  vectors.context_tokens = 200;
  programs::Model painter;
  painter.name = "painter";
  painter.upstream_model = "painter";
  painter.endpoints = {Endpoint::images};
  painter.image_sizes = {"512x512"};
  painter.prices.image = 40'000'000;
  return {talker, blind, vectors, painter};
}

struct Read {
  std::optional<Refusal> refusal;
  Ask ask;
  json::object sent;
};
Read read(Endpoint endpoint, std::string_view body) {
  static const std::vector<programs::Model> known = models();
  Read read;
  read.refusal = read_ask(endpoint, body, known, "m-1", read.ask);
  if (!read.refusal) read.sent = json::parse(read.ask.body).as_object();
  return read;
}

struct Row {
  Endpoint endpoint;
  std::string_view body;
  std::string_view param, says;
};

std::string passed(std::string_view bytes, bool hide, std::size_t piece) {
  Stream stream(hide);
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += piece) stream.feed(bytes.substr(at, piece), out);
  stream.finish(out);
  return out;
}

}  // namespace

TEST_CASE("gateway: a chat goes to the provider under its model's name there, kept by nobody, with a pseudonym") {
  const Read chat =
      read(Endpoint::chat, R"({"model":"talker-1","messages":[{"role":"user","content":"Hello"}],"max_tokens":20,
    "n":2,"user":"ada@example.org","safety_identifier":"ada","store":true,"temperature":0.5})");
  REQUIRE(!chat.refusal);
  CHECK(chat.sent.at("model") == "talker-upstream");
  CHECK(chat.sent.at("store") == false);
  CHECK(chat.sent.at("safety_identifier") == "m-1");
  CHECK(!chat.sent.contains("user"));
  CHECK(chat.sent.at("temperature") == 0.5);
  CHECK(!chat.ask.stream);
  CHECK(chat.ask.worst.output == 40);
  CHECK(chat.ask.body.find("ada") == std::string::npos);
}

TEST_CASE(
    "gateway: the bound holds every byte of text, a fixed number for each picture, and no more than the context") {
  const std::string_view small = R"({"model":"talker","messages":[{"role":"user","content":"Hello"}]})";
  const Read chat = read(Endpoint::chat, small);
  CHECK(chat.ask.worst.input == static_cast<std::int64_t>(small.size()) + kOverheadOfCall + kOverheadOfMessage);
  CHECK(chat.ask.worst.output == 500);
  CHECK(read(Endpoint::chat,
             R"({"model":"talker","messages":[{"role":"user","content":")" + std::string(5000, 'x') + "\"}]}")
            .ask.worst.input == 1000);

  const std::string picture = "data:image/png;base64," + std::string(400, 'A');
  const std::string seen =
      R"({"model":"talker","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":")" + picture +
      "\"}}]}]}";
  const Read looked = read(Endpoint::chat, seen);
  REQUIRE(!looked.refusal);
  CHECK(looked.ask.worst.input ==
        static_cast<std::int64_t>(seen.size() - picture.size()) + 100 + kOverheadOfCall + kOverheadOfMessage);

  const Read prompts =
      read(Endpoint::completions, R"({"model":"talker","prompt":["a","b","c"],"max_tokens":10,"n":2,"best_of":4})");
  REQUIRE(!prompts.refusal);
  CHECK(prompts.ask.worst.output == 3 * 4 * 10);
  const Read tokens = read(Endpoint::embeddings, R"({"model":"vectors","input":[1,2,3]})");
  REQUIRE(!tokens.refusal);
  CHECK(tokens.ask.worst.output == 0);
  CHECK(tokens.sent.at("user") == "m-1");
  const Read drawn = read(Endpoint::images, R"({"model":"painter","prompt":"A tree","n":3,"size":"512x512"})");
  REQUIRE(!drawn.refusal);
  CHECK(drawn.ask.worst.images == 3);
  CHECK(cost(models().at(3).prices, drawn.ask.worst) == 120'000'000);
}

TEST_CASE("gateway: a stream is asked for its usage, whether the client wants it or not") {
  const Read hidden =
      read(Endpoint::chat, R"({"model":"talker","messages":[{"role":"user","content":"a"}],"stream":true})");
  REQUIRE(!hidden.refusal);
  CHECK(hidden.ask.stream);
  CHECK(!hidden.ask.wants_usage);
  CHECK(hidden.sent.at("stream_options").at("include_usage") == true);
  const Read wanted = read(
      Endpoint::chat,
      R"({"model":"talker","messages":[{"role":"user","content":"a"}],"stream":true,"stream_options":{"include_usage":true}})");
  CHECK(wanted.ask.wants_usage);
  const Read whole =
      read(Endpoint::chat,
           R"({"model":"talker","messages":[{"role":"user","content":"a"}],"stream_options":{"include_usage":true}})");
  CHECK(!whole.sent.contains("stream_options"));
}

TEST_CASE("gateway: what could cost more than anybody reckoned, or stays with the provider, is refused with its name") {
  const Row rows[] = {
      {Endpoint::chat, "not JSON", "", "not a JSON object"},
      {Endpoint::chat, "[]", "", "not a JSON object"},
      {Endpoint::chat, R"({"messages":[{"role":"user","content":"a"}]})", "model", "must name a model"},
      {Endpoint::chat, R"({"model":"other","messages":[{"role":"user","content":"a"}]})", "model", "/v1/models"},
      {Endpoint::embeddings, R"({"model":"talker","input":"a"})", "model", "embeddings"},
      {Endpoint::chat, R"({"model":"talker","messages":[]})", "messages", "at least one"},
      {Endpoint::chat, R"({"model":"talker","messages":[{"role":"user","content":"a"}],"max_tokens":-1})", "max_tokens",
       "at least 1"},
      {Endpoint::chat, R"({"model":"talker","messages":[{"role":"user","content":"a"}],"max_tokens":1e3})",
       "max_tokens", "integer"},
      {Endpoint::chat, R"({"model":"talker","messages":[{"role":"user","content":"a"}],"max_tokens":501})",
       "max_tokens", "at most 500"},
      {Endpoint::chat,
       R"({"model":"talker","messages":[{"role":"user","content":"a"}],"max_tokens":18446744073709551615})",
       "max_tokens", "at most"},
      {Endpoint::chat, R"({"model":"talker","messages":[{"role":"user","content":"a"}],"n":100})", "n", "at most 16"},
      {Endpoint::chat, R"({"model":"talker","messages":[{"role":"user","content":"a"}],"service_tier":"priority"})",
       "service_tier", "standard tier"},
      {Endpoint::chat, R"({"model":"talker","messages":[{"role":"user","content":"a"}],"web_search_options":{}})",
       "web_search_options", "hosted tools"},
      {Endpoint::chat, R"({"model":"talker","messages":[{"role":"user","content":"a"}],"modalities":["text","audio"]})",
       "modalities", "audio"},
      {Endpoint::chat,
       R"({"model":"talker","messages":[{"role":"user","content":"a"}],"tools":[{"type":"web_search"}]})", "tools",
       "function"},
      {Endpoint::chat, R"({"model":"talker","messages":[{"role":"user","content":"a"}],"made_up":1})", "made_up",
       "not a field"},
      {Endpoint::chat,
       R"({"model":"talker","messages":[{"role":"user","content":[{"type":"file","file":{"file_id":"f"}}]}]})",
       "messages", "bounded"},
      {Endpoint::chat,
       R"({"model":"talker","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"http://a"}}]}]})",
       "messages", "https://"},
      {Endpoint::chat,
       R"({"model":"blind","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://a"}}]}]})",
       "model", "no images"},
      {Endpoint::responses, R"({"model":"talker","input":"a","previous_response_id":"r"})", "previous_response_id",
       "whole conversation"},
      {Endpoint::responses, R"({"model":"talker","input":"a","conversation":"c"})", "conversation",
       "whole conversation"},
      {Endpoint::responses, R"({"model":"talker","input":"a","background":true})", "background", "wait for the answer"},
      {Endpoint::responses, R"({"model":"talker","input":[{"type":"item_reference","id":"i"}]})", "input",
       "not let through"},
      {Endpoint::responses,
       R"({"model":"talker","input":[{"role":"user","content":[{"type":"input_file","file_id":"f"}]}]})", "input",
       "not let through"},
      {Endpoint::responses,
       R"({"model":"talker","input":[{"role":"user","content":[{"type":"input_image","file_id":"f"}]}]})", "input",
       "keeps"},
      {Endpoint::responses, R"({"model":"talker","input":"a","include":["file_search_call.results"]})", "include",
       "alone"},
      {Endpoint::completions, R"({"model":"talker","prompt":[{"a":1}]})", "prompt", "list of texts"},
      {Endpoint::embeddings, R"({"model":"vectors","input":[]})", "input", "must hold"},
      {Endpoint::images, R"({"model":"painter","prompt":"a","size":"4096x4096"})", "size", "512x512"},
      {Endpoint::images, R"({"model":"painter","prompt":"a","quality":"hd"})", "quality", "Leave it out"},
      {Endpoint::images, R"({"model":"painter","prompt":"a","partial_images":2})", "partial_images", "partial images"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.body);
    const Read refused = read(row.endpoint, row.body);
    REQUIRE(refused.refusal);
    const Refusal refusal = refused.refusal.value_or(Refusal{});
    CHECK(refusal.param == row.param);
    CHECK_MESSAGE(refusal.message.find(row.says) != std::string::npos, refusal.message);
    const int status = refusal.code == "model_not_found" ? 404 : 400;
    CHECK(refusal.status == status);
  }
  const std::string deep = R"({"model":"talker","messages":)" + std::string(500, '[') + std::string(500, ']') + "}";
  CHECK(read(Endpoint::chat, deep).refusal);
}

TEST_CASE("gateway: a refusal has the shape that OpenAI's clients read") {
  const auto response = to_response(bad_field("n", "`n` must be at most 16."));
  CHECK(response.status == 400);
  CHECK(
      std::get<std::string>(response.body) ==
      R"({"error":{"message":"`n` must be at most 16.","type":"invalid_request_error","param":"n","code":"invalid_value"}})");
}

TEST_CASE("gateway: a price is exact to the nano-unit and rounded up once") {
  const programs::Prices prices{150'000'000, 37'500'000, 600'000'000, 40'000'000, 7};
  CHECK(cost(prices, {}) == 7);
  CHECK(cost(prices, {1, 0, 0, 0}) == 150 + 7);
  CHECK(cost(prices, {1, 1, 0, 0}) == 38 + 7);  // 37.5
  CHECK(cost(prices, {3, 2, 5, 1}) == 150 + 75 + 3000 + 40'000'000 + 7);
  CHECK(cost(prices, {1'000'000, 0, 1'000'000, 0}) == 750'000'000 + 7);
  CHECK(cost(prices, {-5, -5, -5, -5}) == 7);
  CHECK(cost({999'999'999'999'999, 0, 999'999'999'999'999, 0, 0}, {INT64_MAX, 0, INT64_MAX, 0}) > 0);
}

TEST_CASE("gateway: usage is read off a whole answer, however it is cut into pieces") {
  const std::string chat =
      R"({"id":"x","choices":[{"message":{"content":"\"usage\":{\"prompt_tokens\":9}"}}],"usage":{"prompt_tokens":12,"completion_tokens":34,"total_tokens":46,"prompt_tokens_details":{"cached_tokens":5,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":30}}})";
  const std::string answer =
      R"({"id":"r","output":[{"usage":{"input_tokens":1}}],"usage":{"input_tokens":7,"input_tokens_details":{"cached_tokens":2},"output_tokens":8}})";
  const std::string images =
      R"({"created":1,"data":[{"b64_json":")" + std::string(3000, 'A') + R"("},{"b64_json":"B"}]})";
  for (const std::size_t piece : {1UL, 2UL, 7UL, 10'000UL}) {
    const auto told = [&](const std::string& text, bool count) {
      UsageReader reader;
      for (std::size_t at = 0; at < text.size(); at += piece) reader.feed(std::string_view(text).substr(at, piece));
      return reader.finish(count);
    };
    CHECK(told(chat, false) == Usage{12, 5, 34, 0});
    CHECK(told(answer, false) == Usage{7, 2, 8, 0});
    CHECK(told(images, true) == Usage{0, 0, 0, 2});
    CHECK(!told(images, false));
    CHECK(!told(chat.substr(0, chat.size() - 2), false));
    CHECK(!told("<html>", false));
    CHECK(!told("", false));
    CHECK(told(R"({"usage":{"prompt_tokens":99999999999999999999,"completion_tokens":-4}})", false) == Usage{});
  }
}

TEST_CASE("gateway: a stream is passed on byte for byte, but for the usage that the client did not ask for") {
  const std::string a = "data: {\"id\":\"1\",\"choices\":[{\"delta\":{\"content\":\"Hel,\\\"usage\\\":null\"}}]";
  const std::string asked = a + ",\"usage\":null}\n\n" +
                            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\n" +
                            "data: [DONE]\n\n";
  const std::string plain = a + "}\n\ndata: [DONE]\n\n";
  for (const std::size_t piece : {1UL, 3UL, 17UL, 4096UL}) {
    CHECK(passed(asked, true, piece) == plain);
    CHECK(passed(asked, false, piece) == asked);
    CHECK(passed(": a comment\r\n\r\nevent: x\r\ndata: {\"usage\": null, \"b\":1}\r\n\r\nrest", true, piece) ==
          ": a comment\r\n\r\nevent: x\r\ndata: {\"b\":1}\r\n\r\nrest");
  }
  Stream stream(true);
  std::string out;
  stream.feed(asked.substr(0, a.size() + 20), out);
  CHECK(stream.counted() == 5);  // of 17 bytes
  CHECK(!stream.usage());
  CHECK(!stream.ended());
  stream.feed(asked.substr(a.size() + 20), out);
  CHECK(stream.usage() == Usage{3, 0, 2, 0});
  CHECK(stream.ended());

  Stream answer(false);
  answer.feed(
      "event: response.completed\ndata: "
      "{\"type\":\"response.completed\",\"response\":{\"usage\":{\"input_tokens\":4,\"output_tokens\":6}}}\n\n",
      out);
  CHECK(answer.usage() == Usage{4, 0, 6, 0});
  CHECK(answer.ended());
}

TEST_CASE("gateway: an event without an end is not kept for ever") {
  Stream stream(true);
  std::string out;
  const std::string piece(1024UL * 1024, 'x');
  for (int i = 0; i < 8; ++i) stream.feed(piece, out);
  CHECK(out.size() == 8 * piece.size());
  CHECK(!stream.usage());
}
