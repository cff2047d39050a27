#include "web/form_data.h"

#include <algorithm>

#include "base/text.h"
#include "web/form_parts.h"

namespace bursary::web {
namespace form_parts {

std::optional<Error> Collector::check_name(std::string_view name) const {
  if (name.size() > limits_.name_bytes) return refuse("name_too_long", limits_.name_bytes).value();
  const bool readable = !name.empty() && is_utf8(name) && !has_control_characters(name) && !has_bidi_controls(name) &&
                        name.find_first_of("\r\n\t") == std::string_view::npos;
  if (!readable) return refuse("name").value();
  return std::nullopt;
}

// The value as text, with a problem noted for each thing that was mended.
std::string Collector::mend(const std::string& name, std::string value) {
  const auto note = [&](const char* what) {
    kept_.problems.push_back({name, Phrase(std::string("problem.form.") + what, {{"field", name}})});
  };
  if (value.size() > limits_.field_bytes) {
    note("field_too_long");
    std::size_t end = limits_.field_bytes;
    while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;  // not inside a character
    value.resize(end);
  }
  if (!is_utf8(value)) {
    note("encoding");
    value = repair_utf8(value);
  }
  if (value.find('\0') != std::string::npos) {
    note("nul");
    std::erase(value, '\0');
  }
  return value.find('\r') == std::string::npos ? value : unify_newlines(value);
}

std::optional<Error> Collector::add_field(std::string name, std::string value) {
  if (auto problem = check_name(name)) return problem;
  if (kept_.form.fields.size() >= limits_.fields) return refuse("too_many_fields", limits_.fields).value();
  value = mend(name, std::move(value));
  kept_.form.fields.emplace_back(std::move(name), std::move(value));
  return std::nullopt;
}

std::optional<Error> Collector::add_file(UploadedFile file) {
  if (auto problem = check_name(file.field)) return problem;
  if (kept_.form.files.size() >= limits_.files) return refuse("too_many_files", limits_.files).value();
  kept_.form.files.push_back(std::move(file));
  return std::nullopt;
}

Result<KeptForm> urlencoded(std::string_view body, const FormLimits& limits) {
  Collector collector(limits);
  while (!body.empty()) {
    const std::size_t end = std::min(body.find('&'), body.size());
    const std::string_view pair = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    // Before decoding: what is too long is not worth the work.
    if (equals > limits.name_bytes * 3) return refuse("name_too_long", limits.name_bytes);
    auto name = percent_decode(pair.substr(0, equals), true);
    auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) return refuse("escape");
    if (auto problem = collector.add_field(std::move(*name), std::move(*value))) return fail(std::move(*problem));
  }
  return collector.take();
}

}  // namespace form_parts

namespace {

// A form with problems is no form: the first one is the message, each stands at its field.
Result<FormData> strict(Result<KeptForm> kept) {
  if (!kept) return fail(std::move(kept.error()));
  if (kept->problems.empty()) return std::move(kept->form);
  Phrase first = kept->problems.front().message;
  return fail(Error{ErrorKind::invalid, std::move(first), {}, std::move(kept->problems)});
}

}  // namespace

std::optional<std::string_view> FormData::find(std::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string FormData::get(std::string_view name) const { return std::string(find(name).value_or(std::string_view{})); }

std::vector<std::string> FormData::all(std::string_view name) const {
  std::vector<std::string> found;
  for (const auto& [key, value] : fields) {
    if (key == name) found.push_back(value);
  }
  return found;
}

Result<KeptForm> parse_form_keeping(const Request& request, const FormLimits& limits) {
  const std::string type = request.media_type();
  if (type == "application/x-www-form-urlencoded") return form_parts::urlencoded(request.body_bytes(), limits);
  if (type == "multipart/form-data")
    return form_parts::multipart(request.body_bytes(), request.header("Content-Type"), limits);
  return fail(ErrorKind::invalid, "problem.media_type");
}

Result<FormData> parse_form(const Request& request, const FormLimits& limits) {
  return strict(parse_form_keeping(request, limits));
}

Result<FormData> parse_urlencoded(std::string_view body, const FormLimits& limits) {
  return strict(form_parts::urlencoded(body, limits));
}

Result<FormData> parse_multipart(std::string_view body, std::string_view content_type, const FormLimits& limits) {
  return strict(form_parts::multipart(body, content_type, limits));
}

}  // namespace bursary::web
