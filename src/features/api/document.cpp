// The OpenAPI 3.1 document of every route there is.
#include <map>
#include <set>

#include "features/api/api.h"
#include "features/api/chapters.h"

namespace bursary::api {
namespace {

namespace json = boost::json;
using web::Operation;
using web::Parameter;
using web::Route;
using web::Schema;

Schema problem_schema() {
  using namespace web;
  return named(
      "Problem",
      object({{"type", text().said("Which problem it is: a path of this site that does not change.")},
              {"title", text()},
              {"status", whole()},
              {"detail", text().said("A sentence in the language of Accept-Language.")},
              {"request_id", text().said("Say this when you ask us about it.")},
              optional("errors", list_of(object({optional("pointer", text().said("Where in the body (RFC 6901).")),
                                                 optional("parameter", text()),
                                                 {"detail", text()}})))}));
}

class Document {
 public:
  explicit Document(std::string_view public_address) : public_address_(public_address) {}

  void add(const Route& route) {
    const Operation& operation = *route.operation;
    if (!ids_.insert(operation.id).second) throw std::logic_error("two operations are called " + operation.id);
    if (!known(operation.tag)) throw std::logic_error(operation.id + " is of no chapter: " + operation.tag);
    tags_.insert(operation.tag);
    json::object& path = paths_[route.path.substr(web::kApi.size())].emplace_object_if_null();
    path[method_of(route)] = of(route, operation);
  }

  std::string text() {
    json::object document;
    document["openapi"] = "3.1.1";
    document["info"] = info();
    document["servers"] = json::array{{{"url", public_address_ + std::string(web::kApi)}}};
    json::array tags;
    for (const Chapter& tag : kChapters) {
      if (tags_.contains(tag.name)) tags.push_back({{"name", tag.name}, {"description", tag.about}});
    }
    document["tags"] = std::move(tags);
    document["paths"] = paths();
    document["components"] = components();
    return json::serialize(document);
  }

 private:
  // Paths in the order of their names, so that the document changes only where a route does.
  struct Item {
    json::object value;
    json::object& emplace_object_if_null() { return value; }
  };

  static bool known(std::string_view tag) {
    return std::ranges::any_of(kChapters, [&](const Chapter& one) { return one.name == tag; });
  }
  static std::string method_of(const Route& route) {
    std::string name(web::to_string(route.method));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name;
  }

  static json::object info() {
    return {{"title", "Bursary"},
            {"version", "1"},
            {"license", {{"name", "Apache 2.0"}, {"identifier", "Apache-2.0"}}},
            {"description",
             "Everything that staff do in the console, for programs. Every operation asks for one scope of a service "
             "token and says which. What a token may not see is answered as if it were not there (404). Unknown "
             "parameters and members are refused. Times are RFC 3339 in UTC, ids are texts, lists are pages with "
             "cursors, and what is refused is an application/problem+json (RFC 9457)."}};
  }

  json::object of(const Route& route, const Operation& operation) {
    const bool open = route.permission == web::Permission::anyone;
    json::object out;
    out["operationId"] = operation.id;
    out["tags"] = json::array{operation.tag};
    out["summary"] = operation.summary;
    const std::string scope(web::to_string(route.permission));
    std::string about = operation.about;
    if (!open) {
      about += std::string(about.empty() ? "" : " ") +
               (route.permission == web::Permission::staff ? "Any token may." : "Scope: `" + scope + "`.");
    }
    if (!about.empty()) out["description"] = about;
    json::array scopes;
    if (!open && route.permission != web::Permission::staff) scopes.emplace_back(scope);
    out["security"] = open ? json::array{} : json::array{json::object{{"serviceToken", std::move(scopes)}}};
    json::array parameters;
    for (const Parameter& parameter : operation.parameters) parameters.push_back(of(parameter));
    if (!parameters.empty()) out["parameters"] = std::move(parameters);
    if (operation.takes) {
      out["requestBody"] = {{"required", true},
                            {"content", {{"application/json", {{"schema", of(*operation.takes)}}}}}};
    }
    out["responses"] = responses(route, operation);
    return out;
  }

  json::object of(const Parameter& parameter) {
    static constexpr const char* kIn[] = {"path", "query", "header"};
    json::object out{{"name", parameter.name}, {"in", kIn[static_cast<std::size_t>(parameter.in)]}};
    if (parameter.required) out["required"] = true;
    if (!parameter.about.empty()) out["description"] = parameter.about;
    out["schema"] = of(parameter.schema);
    return out;
  }

  json::object responses(const Route& route, const Operation& operation) {
    json::object out;
    for (const web::Given& given : operation.gives) {
      json::object& one = out[std::to_string(given.status)].is_null()
                              ? out[std::to_string(given.status)].emplace_object()
                              : out[std::to_string(given.status)].as_object();
      one["description"] = given.about;
      one["headers"] = {{"RateLimit", {{"$ref", "#/components/headers/RateLimit"}}},
                        {"RateLimit-Policy", {{"$ref", "#/components/headers/RateLimit-Policy"}}}};
      json::object content = one.contains("content") ? one.at("content").as_object() : json::object{};
      content[given.media_type] = {{"schema", of(given.schema)}};
      one["content"] = std::move(content);
    }
    const bool open = route.permission == web::Permission::anyone;
    std::vector<int> refusals{400, 429};
    if (!open) refusals.insert(refusals.end(), {401, 404});
    if (route.method != web::Method::get) refusals.insert(refusals.end(), {403, 409, 412, 422});
    if (operation.takes) refusals.insert(refusals.end(), {413, 415});
    std::ranges::sort(refusals);
    for (const int status : refusals) out[std::to_string(status)] = {{"$ref", "#/components/responses/Problem"}};
    out["default"] = {{"$ref", "#/components/responses/Problem"}};
    return out;
  }

  static const char* type_of(Schema::Kind kind) {
    switch (kind) {
      case Schema::Kind::text:
        return "string";
      case Schema::Kind::integer:
        return "integer";
      case Schema::Kind::number:
        return "number";
      case Schema::Kind::boolean:
        return "boolean";
      case Schema::Kind::list:
        return "array";
      default:
        return "object";
    }
  }

  json::value of(const Schema& schema) {
    if (schema.kind == Schema::Kind::named) {
      keep(schema);
      json::object reference{{"$ref", "#/components/schemas/" + schema.name}};
      if (!schema.nullable) return reference;
      return json::object{{"anyOf", json::array{std::move(reference), json::object{{"type", "null"}}}}};
    }
    json::object out;
    if (schema.kind == Schema::Kind::any) {
      if (!schema.about.empty()) out["description"] = schema.about;
      return out;
    }
    const char* type = type_of(schema.kind);
    if (schema.nullable) {
      out["type"] = json::array{type, "null"};
    } else {
      out["type"] = type;
    }
    if (!schema.about.empty()) out["description"] = schema.about;
    if (!schema.format.empty()) out["format"] = schema.format;
    if (!schema.choices.empty()) {
      json::array choices;
      for (const auto& one : schema.choices) choices.emplace_back(one);
      if (schema.nullable) choices.emplace_back(nullptr);
      out["enum"] = std::move(choices);
    }
    put_bounds(schema, out);
    if (schema.kind == Schema::Kind::list) out["items"] = of(schema.items.front());
    if (schema.kind == Schema::Kind::object) put_members(schema, out);
    return out;
  }

  static void put_bounds(const Schema& schema, json::object& out) {
    const bool text = schema.kind == Schema::Kind::text, list = schema.kind == Schema::Kind::list;
    if (schema.least) out[text ? "minLength" : list ? "minItems" : "minimum"] = *schema.least;
    if (schema.most) out[text ? "maxLength" : list ? "maxItems" : "maximum"] = *schema.most;
  }

  void put_members(const Schema& schema, json::object& out) {
    json::object properties;
    json::array required;
    for (const web::Member& member : schema.members) {
      properties[member.name] = of(member.schema);
      if (member.required) required.emplace_back(member.name);
    }
    if (!properties.empty()) out["properties"] = std::move(properties);
    if (!required.empty()) out["required"] = std::move(required);
    out["additionalProperties"] = schema.items.empty() ? json::value(false) : of(schema.items.front());
  }

  void keep(const Schema& schema) {
    if (drawing_.contains(schema.name)) return;
    drawing_.insert(schema.name);
    json::value drawn = of(*schema.definition);
    drawing_.erase(schema.name);
    const auto [at, fresh] = schemas_.emplace(schema.name, drawn);
    if (!fresh && at->second != drawn) throw std::logic_error("two schemas are called " + schema.name);
  }

  json::object paths() {
    json::object out;
    for (auto& [path, item] : paths_) out[path] = std::move(item.value);
    return out;
  }

  json::object components() {
    const json::value problem = of(problem_schema());
    json::object schemas;
    for (auto& [name, schema] : schemas_) schemas[name] = schema;
    const json::object text{{"type", "string"}};
    return {
        {"schemas", std::move(schemas)},
        {"headers",
         {{"RateLimit", {{"description", "What is left to this token, and when it is whole again."}, {"schema", text}}},
          {"RateLimit-Policy", {{"description", "Requests at once, and in which seconds."}, {"schema", text}}}}},
        {"responses",
         {{"Problem",
           {{"description", "It was refused; `detail` says why."},
            {"content", {{"application/problem+json", {{"schema", problem}}}}}}}}},
        {"securitySchemes",
         {{"serviceToken",
           {{"type", "http"},
            {"scheme", "bearer"},
            {"description", "Made by an administrator at /staff/tokens; acts as its maker, never with more."}}}}}};
  }

  std::string public_address_;
  std::set<std::string> ids_, drawing_;
  std::set<std::string, std::less<>> tags_;
  std::map<std::string, Item> paths_;
  std::map<std::string, json::value> schemas_;
};

}  // namespace

std::string openapi(const web::Router& router, std::string_view public_address) {
  Document document(public_address);
  for (const auto& route : router.routes()) {
    if (route->operation) document.add(*route);
  }
  return document.text();
}

void add_document(web::Router& router, const Parts& parts) {
  Operation operation;
  operation.id = "getOpenapi";
  operation.tag = "operations";
  operation.summary = "This document";
  operation.gives = {given("The OpenAPI document of everything under /api/v1.", web::map_of(web::anything()))};
  auto text = std::make_shared<std::string>();
  web::Route route;
  route.method = web::Method::get;
  route.path = std::string(web::kApi) + "/openapi.json";
  route.permission = web::Permission::anyone;
  route.operation = std::make_shared<const Operation>(std::move(operation));
  route.handler = [text](const web::Request&, const web::Context&) {
    web::Response response = web::json(*text);
    response.headers.set("Cache-Control", "public, max-age=300");
    return response;
  };
  router.add(std::move(route));
  *text = openapi(router, parts.public_address);
}

}  // namespace bursary::api
