// What one route under /api/v1 does, takes and gives, said where it is added. A route there without one is refused at
// start, so the OpenAPI document (GET /api/v1/openapi.json) lacks none.
#pragma once
#include <string>
#include <vector>

#include "web/schema.h"

namespace bursary::web {

inline constexpr std::string_view kApi = "/api/v1";
// Whether a path belongs to the API: only a service token's bearer is somebody there, and every refusal is
// problem+json.
bool is_api_path(std::string_view path);

struct Parameter {
  enum class In { path, query, header };
  std::string name;
  In in = In::query;
  std::string about;
  Schema schema;
  bool required = false;
};

// What a route answers when it does what was asked. What it refuses by is the same everywhere.
struct Given {
  int status = 200;
  std::string about;
  Schema schema = {};
  std::string media_type = "application/json";
};

struct Operation {
  std::string id;          // "listApplications": unique, what generated clients call it
  std::string tag;         // the chapter it stands in
  std::string summary;     // in a few words
  std::string about = {};  // in sentences; may be empty
  std::vector<Parameter> parameters = {};
  std::optional<Schema> takes = std::nullopt;  // the request's JSON; none: no body
  std::vector<Given> gives;                    // at least one
};

}  // namespace bursary::web
