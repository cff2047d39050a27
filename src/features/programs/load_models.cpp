#include <algorithm>
#include <array>

#include "base/money.h"
#include "features/programs/loaders.h"

namespace bursary::programs {
namespace {

constexpr std::array<std::string_view, kEndpoints> kEndpointNames = {"chat", "completions", "responses", "embeddings",
                                                                     "images"};
constexpr std::int64_t kMostTokens = 10'000'000;

// Letters, digits and what names of models are joined by; nothing that an address or a header would have to escape.
bool is_model_name(std::string_view text) {
  if (text.empty() || text.size() > 100) return false;
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == ':' || c == '/';
  });
}

// "0.15": at most six digits before the point and nine behind it. Nothing for what is no such number.
std::optional<std::int64_t> nanos_of(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  const std::string_view part = point < text.size() ? text.substr(point + 1) : std::string_view{};
  const auto digits = [](std::string_view some) {
    return some.find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (whole.empty() || whole.size() > 6 || part.size() > 9 || !digits(whole) || !digits(part)) return std::nullopt;
  if (point < text.size() && part.empty()) return std::nullopt;
  std::int64_t nanos = 0;
  for (const char c : whole) nanos = nanos * 10 + (c - '0');
  for (std::size_t i = 0; i < 9; ++i) nanos = nanos * 10 + (i < part.size() ? part[i] - '0' : 0);
  return nanos;
}

class ModelReader {
 public:
  ModelReader(std::string file, Program& program, Report& report)
      : file_(std::move(file)), program_(program), report_(report) {}

  void read(const Value& table) {
    TableReader reader(table, file_, "a model", report_);
    Model model;
    model.name = reader.text("name", Need::required).text;
    if (!model.name.empty()) reader.rename(fmt::format("model \"{}\"", model.name));
    check_name(reader, "name", model.name);
    for (const PlacedText& alias : reader.texts("aliases")) {
      check_name(reader, "aliases", alias.text);
      model.aliases.push_back(alias.text);
    }
    model.upstream = reader.text("upstream", Need::required).text;
    model.upstream_model = reader.text("upstream_model").text;
    if (model.upstream_model.empty()) model.upstream_model = model.name;
    read_endpoints(reader, model);
    model.restricted = reader.boolean("restricted", false);
    model.context_tokens = reader.whole("context_tokens", 1, kMostTokens).value_or(0);
    model.output_tokens = reader.whole("output_tokens", 0, kMostTokens).value_or(0);
    model.image_tokens = reader.whole("image_tokens", 0, kMostTokens).value_or(0);
    for (const PlacedText& one : reader.texts("image_sizes")) model.image_sizes.push_back(one.text);
    for (const PlacedText& one : reader.texts("image_qualities")) model.image_qualities.push_back(one.text);
    require_tokens(reader, model);
    read_prices(reader, model);
    reader.done();
    program_.models.push_back(std::move(model));
  }

 private:
  void check_name(TableReader& reader, std::string_view key, const std::string& name) {
    if (name.empty()) return;
    if (!is_model_name(name)) {
      report_.error("bad-model-name", reader.at(key), fmt::format("{} cannot name a model.", in_quotes(name)),
                    "Use letters, digits, hyphens, points, underscores, colons and slashes, at most 100.");
    } else if (!names_.insert(name).second) {
      report_.error("duplicate-model", reader.at(key), fmt::format("Two models are called {}.", in_quotes(name)),
                    "Give each a name and aliases of its own.");
    }
  }

  void read_endpoints(TableReader& reader, Model& model) {
    const std::vector<std::string> known(kEndpointNames.begin(), kEndpointNames.end());
    for (const PlacedText& one : reader.texts("endpoints")) {
      const auto found = std::ranges::find(kEndpointNames, one.text);
      if (found == kEndpointNames.end()) {
        report_.error("bad-word", reader.at("endpoints"), fmt::format("endpoints has {}.", in_quotes(one.text)),
                      fmt::format("Write some of {}.", listed(known)) + did_you_mean(one.text, known));
        continue;
      }
      model.endpoints.insert(static_cast<Endpoint>(found - kEndpointNames.begin()));
    }
    if (reader.any("endpoints") == nullptr) {
      report_.error("missing-key", reader.at(), fmt::format("{} lacks endpoints.", reader.what()),
                    fmt::format("Add endpoints = [\"chat\"]. There are {}.", listed(known)));
    }
  }

  // What a call may cost at worst is reckoned from these.
  void require_tokens(TableReader& reader, const Model& model) {
    const bool speaks =
        model.serves(Endpoint::chat) || model.serves(Endpoint::completions) || model.serves(Endpoint::responses);
    const bool reads = speaks || model.serves(Endpoint::embeddings);
    const auto lacks = [&](std::string_view key, bool needed, std::int64_t has) {
      if (!needed || has > 0) return;
      report_.error(
          "model-without-bound", reader.at(),
          fmt::format("{} does not say {}, so nobody could tell what a call costs at most.", reader.what(), key),
          fmt::format("Add {} = 4096, or what the model's maker says.", key));
    };
    lacks("context_tokens", reads, model.context_tokens);
    lacks("output_tokens", speaks, model.output_tokens);
  }

  void read_prices(TableReader& reader, Model& model) {
    const Value* table = reader.table("price");
    if (table == nullptr) {
      report_.error("missing-key", reader.at(), fmt::format("{} lacks its price.", reader.what()),
                    "Add [model.price] with currency = \"USD\", input = \"0.15\" and output = \"0.60\".");
      return;
    }
    TableReader price(*table, file_, "the price of " + reader.what(), report_);
    model.currency = price.text("currency", Need::required).text;
    const bool capitals =
        model.currency.size() == 3 && std::ranges::all_of(model.currency, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!model.currency.empty() && !capitals) {
      report_.error("bad-currency", price.at("currency"), fmt::format("{} is no currency.", in_quotes(model.currency)),
                    "Write its three capitals after ISO 4217: \"USD\".");
    }
    const auto read = [&](std::string_view key, std::int64_t otherwise) {
      const PlacedText text = price.text(key);
      if (text.empty()) return otherwise;
      if (const auto nanos = nanos_of(text.text)) return *nanos;
      report_.error("bad-price", price.at(key), fmt::format("{} is no price.", in_quotes(text.text)),
                    "Write a number in quotes with a point: \"0.15\".");
      return otherwise;
    };
    model.prices.input = read("input", 0);
    model.prices.cached_input = read("cached_input", model.prices.input);
    model.prices.output = read("output", 0);
    model.prices.image = read("image", 0);
    model.prices.request = read("request", 0);
    price.done();
  }

  const std::string file_;
  Program& program_;
  Report& report_;
  std::set<std::string> names_;
};

}  // namespace

std::string_view to_string(Endpoint endpoint) { return kEndpointNames.at(static_cast<std::size_t>(endpoint)); }

const Model* find_model(const std::vector<Model>& models, std::string_view name) {
  const auto found = std::ranges::find_if(models, [&](const Model& model) {
    return model.name == name || std::ranges::find(model.aliases, name) != model.aliases.end();
  });
  return found == models.end() ? nullptr : &*found;
}

void load_models(Source& source, Program& program) {
  const std::string file = "models.toml";
  const auto document = source.toml(file, Need::optional);
  if (!document) return;
  TableReader reader(*document, file, file, source.report);
  ModelReader models(file, program, source.report);
  for (const Value* table : reader.tables("model")) models.read(*table);
  reader.done();
}

}  // namespace bursary::programs
