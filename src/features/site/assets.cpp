#include <boost/json.hpp>
#include <stdexcept>

#include "base/embedded.h"
#include "features/site/assets.h"
#include "features/site/site.h"

namespace bursary::site {
namespace {

constexpr std::string_view kManifest = "manifest.json";

std::map<std::string, std::string, std::less<>> read_manifest() {
  for (const EmbeddedFile& file : embedded_assets()) {
    if (file.path != kManifest) continue;
    std::map<std::string, std::string, std::less<>> paths;
    const boost::json::value manifest = boost::json::parse(file.bytes);
    for (const auto& [name, built] : manifest.as_object()) {
      paths.emplace(std::string(name), "/assets/" + std::string(built.as_string()));
    }
    return paths;
  }
  throw std::logic_error("the build has put no assets into the binary");
}

std::string_view media_type_of(std::string_view path) {
  if (path.ends_with(".css")) return "text/css; charset=utf-8";
  if (path.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (path.ends_with(".svg")) return "image/svg+xml";
  return "application/octet-stream";
}

}  // namespace

std::string asset_path(std::string_view name) {
  static const auto paths = read_manifest();  // never changes: it is part of the binary
  const auto found = paths.find(name);
  if (found == paths.end()) throw std::logic_error(fmt::format("no asset is called {}", name));
  return found->second;
}

std::vector<web::PublicPage> asset_pages() {
  std::vector<web::PublicPage> pages;
  for (const EmbeddedFile& file : embedded_assets()) {
    if (file.path == kManifest) continue;
    pages.push_back({"/assets/" + std::string(file.path), "", std::string(media_type_of(file.path)),
                     std::string(file.bytes), true});
  }
  return pages;
}

}  // namespace bursary::site
