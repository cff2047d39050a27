// Models and prices: every mistake in their file, and how a model is found.
#include "features/programs/models.h"

#include "features/programs/mistake.h"

namespace bursary::programs {
namespace {

constexpr std::string_view kModels = R"([[model]]
name = "small"
aliases = ["small-2026"]
upstream = "main"
endpoints = ["chat", "responses"]
context_tokens = 128000
output_tokens = 4096
image_tokens = 1100

[model.price]
currency = "USD"
input = "0.15"
cached_input = "0.0375"
output = "0.6"

[[model]]
name = "vectors"
upstream = "main"
upstream_model = "vectors-v3"
endpoints = ["embeddings"]
restricted = true
context_tokens = 8192

[model.price]
currency = "USD"
input = "0.02"
)";

std::function<void(Files&)> spoilt(std::string from, std::string to) {
  return [from = std::move(from), to = std::move(to)](Files& f) {
    f["models.toml"] = kModels;
    replace(f, "models.toml", from, to);
  };
}

}  // namespace

std::vector<Mistake> model_mistakes() {
  const std::string file = "models.toml";
  return {
      {"bad-model-name", file, "name = \"a model\"", "letters, digits", spoilt("\"small\"", "\"a model\"")},
      {"bad-model-name", file, "aliases", "letters, digits", spoilt("\"small-2026\"", "\"small?\"")},
      {"duplicate-model", file, "name = \"small-2026\"", "of its own", spoilt("\"vectors\"", "\"small-2026\"")},
      {"bad-word", file, "endpoints = [\"chat\", \"response\"]", "\"responses\"",
       spoilt("\"responses\"", "\"response\"")},
      {"missing-key", file, "[[model]]", "endpoints = [\"chat\"]",
       spoilt("endpoints = [\"chat\", \"responses\"]\n", ""), Kind::with_others},
      {"model-without-bound", file, "[[model]]", "output_tokens = 4096", spoilt("output_tokens = 4096\n", "")},
      {"model-without-bound", file, "[[model]]", "context_tokens", spoilt("context_tokens = 128000\n", "")},
      {"missing-key", file, "[[model]]", "[model.price]",
       [](Files& f) { f["models.toml"] = "[[model]]\nname = \"x\"\nupstream = \"m\"\nendpoints = [\"images\"]\n"; }},
      {"bad-currency", file, "currency", "three capitals", spoilt("\"USD\"", "\"usd\"")},
      {"bad-price", file, "input = \"0,15\"", "with a point", spoilt("\"0.15\"", "\"0,15\"")},
      {"bad-price", file, "input = \"-1\"", "with a point", spoilt("\"0.15\"", "\"-1\"")},
      {"unknown-key", file, "outputs", "\"output\"", spoilt("output = \"0.6\"", "outputs = \"0.6\"")},
  };
}

TEST_CASE("models.toml: every mistake is told with its line and its mend") {
  for (const Mistake& mistake : model_mistakes()) check_mistake(mistake);
}

TEST_CASE("models.toml: names, aliases, bounds and prices as they stand") {
  Files files = small_program();
  files["models.toml"] = kModels;
  const Loaded loaded = load(files);
  REQUIRE(loaded.program);
  const auto& models = loaded.program->models;
  REQUIRE(models.size() == 2);
  const Model* small = find_model(models, "small-2026");
  REQUIRE(small == &models.at(0));
  CHECK(small->serves(Endpoint::responses));
  CHECK(!small->serves(Endpoint::embeddings));
  CHECK(small->prices.input == 150'000'000);
  CHECK(small->prices.cached_input == 37'500'000);
  CHECK(small->prices.output == 600'000'000);
  CHECK(small->upstream_model == "small");
  CHECK(models.at(1).upstream_model == "vectors-v3");
  CHECK(models.at(1).prices.cached_input == 20'000'000);  // no less than what is not cached
  CHECK(models.at(1).restricted);
  CHECK(find_model(models, "smal") == nullptr);
}

}  // namespace bursary::programs
