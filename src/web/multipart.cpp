// multipart/form-data (RFC 7578) as browsers write it (WHATWG HTML, "multipart/form-data encoding algorithm"), and
// nothing looser: a body that two parsers could read in two ways is refused.
#include <algorithm>

#include "base/text.h"
#include "web/form_parts.h"

namespace bursary::web::form_parts {
namespace {

constexpr std::size_t kLongestPartHeaders = std::size_t{8} * 1024;
constexpr std::size_t kMostPartHeaders = 8;
constexpr std::size_t kLongestFileName = 255;

struct Part {
  std::string name;
  std::optional<std::string> file_name;
  std::string type;
};

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// RFC 2046 bchars; 1 to 70 of them, no space at the end.
bool is_boundary(std::string_view text) {
  constexpr std::string_view kOthers = "'()+_,-./:=? ";
  const auto fits = [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kOthers.find(c) != std::string_view::npos;
  };
  return !text.empty() && text.size() <= 70 && text.back() != ' ' && std::all_of(text.begin(), text.end(), fits);
}

// Takes `; name=value` or `; name="value"` off the front. Quotes inside are written %22 by browsers, \" by older
// programs.
struct Parameter {
  std::string name, value;
};
std::optional<Parameter> take_parameter(std::string_view& text) {
  if (!take_prefix(text, ";")) return std::nullopt;
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  Parameter parameter{to_lower_ascii(text.substr(0, equals)), {}};
  text.remove_prefix(equals + 1);
  if (!take_prefix(text, "\"")) {
    const std::size_t end = std::min(text.find(';'), text.size());
    parameter.value = trim(text.substr(0, end));
    text.remove_prefix(end);
    return parameter;
  }
  for (; !text.empty(); text.remove_prefix(1)) {
    if (text.starts_with('"')) break;
    if (text.starts_with("\\\"")) text.remove_prefix(1);
    parameter.value += text.front();
  }
  if (!take_prefix(text, "\"")) return std::nullopt;
  return parameter;
}

std::optional<std::string> boundary_of(std::string_view content_type) {
  std::string_view rest = content_type.substr(std::min(content_type.find(';'), content_type.size()));
  std::optional<std::string> boundary;
  while (!rest.empty()) {
    auto parameter = take_parameter(rest);
    if (!parameter) return std::nullopt;
    if (parameter->name != "boundary") continue;
    if (boundary || !is_boundary(parameter->value)) return std::nullopt;
    boundary = std::move(parameter->value);
  }
  return boundary;
}

// Browsers write only these three escapes; any other '%' is itself.
std::string unescape_name(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    if (take_prefix(name, "%22")) {
      out += '"';
    } else if (take_prefix(name, "%0D%0A") || take_prefix(name, "%0D") || take_prefix(name, "%0A")) {
      out += '\n';
    } else {
      out += name.front();
      name.remove_prefix(1);
    }
  }
  return out;
}

// What is left of a file's name once it can neither name a folder nor read as what it is not.
std::string plain_file_name(std::string_view name) {
  std::string text = is_utf8(name) ? std::string(name) : repair_utf8(name);
  text.erase(0, text.find_last_of("/\\") + 1);
  text = without_hidden(text);
  std::erase_if(text, [](char c) { return c == '\n' || c == '\t'; });
  if (text.size() > kLongestFileName) {
    std::size_t end = kLongestFileName;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
  }
  const std::string trimmed(trim(text));
  return trimmed == "." || trimmed == ".." ? std::string() : trimmed;
}

bool read_disposition(std::string_view value, Part& part) {
  const std::size_t end = std::min(value.find(';'), value.size());
  if (to_lower_ascii(trim(value.substr(0, end))) != "form-data") return false;
  std::optional<std::string> name;
  for (std::string_view rest = value.substr(end); !rest.empty();) {
    auto parameter = take_parameter(rest);
    if (!parameter) return false;
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    std::optional<std::string>* target = parameter->name == "name"       ? &name
                                         : parameter->name == "filename" ? &part.file_name
                                                                         : nullptr;
    if (target == nullptr || target->has_value()) return false;  // also filename*, which RFC 7578 forbids
    *target = unescape_name(parameter->value);
  }
  if (!name) return false;
  part.name = std::move(*name);
  return true;
}

// Header lines up to the empty line; all or nothing.
std::optional<Part> read_part_headers(std::string_view block) {
  Part part;
  bool named = false;
  std::vector<std::string> seen;
  while (!block.empty()) {
    const std::size_t end = block.find("\r\n");
    const std::string_view line = block.substr(0, end);
    block.remove_prefix(end == std::string_view::npos ? block.size() : end + 2);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || line.find('\0') != std::string_view::npos) return std::nullopt;
    const std::string name = to_lower_ascii(line.substr(0, colon));
    const std::string_view value = trim(line.substr(colon + 1));
    if (std::find(seen.begin(), seen.end(), name) != seen.end() || seen.size() >= kMostPartHeaders) return std::nullopt;
    seen.push_back(name);
    if (name == "content-disposition") {
      named = read_disposition(value, part);
      if (!named) return std::nullopt;
    } else if (name == "content-type") {
      part.type = to_lower_ascii(trim(value.substr(0, value.find(';'))));
    } else if (name == "content-transfer-encoding") {
      const std::string encoding = to_lower_ascii(value);
      if (encoding != "binary" && encoding != "8bit" && encoding != "7bit") return std::nullopt;
    }
  }
  return named ? std::optional<Part>(std::move(part)) : std::nullopt;
}

std::optional<Error> add_part(Collector& collector, Part part, std::string_view content) {
  if (!part.file_name) return collector.add_field(std::move(part.name), std::string(content));
  if (part.file_name->empty() && content.empty()) return std::nullopt;  // an input left alone
  return collector.add_file({std::move(part.name), plain_file_name(*part.file_name), std::move(part.type), content});
}

}  // namespace

Result<KeptForm> multipart(std::string_view body, std::string_view content_type, const FormLimits& limits) {
  const auto boundary = boundary_of(content_type);
  if (!boundary) return refuse("boundary");
  const std::string delimiter = "\r\n--" + *boundary;
  Collector collector(limits);
  std::string_view rest = body;
  if (!take_prefix(rest, std::string_view(delimiter).substr(2))) return refuse("malformed");
  // An empty form is one closing delimiter.
  for (std::size_t parts = 0; !rest.starts_with("--"); ++parts) {
    if (parts >= limits.fields + limits.files) return refuse("too_many_fields", limits.fields);
    if (!take_prefix(rest, "\r\n")) return refuse(rest.size() < 2 ? "truncated" : "malformed");
    const std::size_t headers_end = rest.substr(0, kLongestPartHeaders).find("\r\n\r\n");
    if (headers_end == std::string_view::npos)
      return refuse(rest.size() < kLongestPartHeaders ? "truncated" : "part_headers");
    auto part = read_part_headers(rest.substr(0, headers_end));
    if (!part) return refuse("part_headers");
    rest.remove_prefix(headers_end + 4);
    const std::size_t end = rest.find(delimiter);
    if (end == std::string_view::npos) return refuse("truncated");
    if (auto problem = add_part(collector, std::move(*part), rest.substr(0, end))) return fail(std::move(*problem));
    rest.remove_prefix(end + delimiter.size());
  }
  rest.remove_prefix(2);
  if (!rest.empty() && rest != "\r\n") return refuse("malformed");
  return collector.take();
}

}  // namespace bursary::web::form_parts
