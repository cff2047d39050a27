#include "web/response.h"

#include <boost/json.hpp>

#include "base/text.h"
#include "html/url.h"
#include "web/form_data.h"

namespace bursary::web {
namespace {

Response with_text(std::string body, std::string_view media_type, int status) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", std::string(media_type));
  response.headers.add("Cache-Control", "no-store");
  response.body = std::move(body);
  return response;
}

// Old readers get the ASCII name, others the real one (RFC 6266, RFC 8187).
std::string disposition(std::string_view file_name) {
  std::string ascii;
  for (const char c : file_name) {
    const bool plain = c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '/' && c != '%';
    if (plain) {
      ascii += c;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      ascii += '_';  // one for each character, not for each byte
    }
  }
  if (ascii.empty()) return "attachment";
  std::string line = "attachment; filename=\"" + ascii + "\"";
  if (ascii != file_name) line += "; filename*=UTF-8''" + percent_encode(file_name);
  return line;
}

// A download is never a page: whatever it holds, the browser runs nothing of it.
void mark_as_download(Response& response, std::string_view media_type, std::string_view file_name) {
  response.headers.add("Content-Type", std::string(media_type));
  response.headers.add("Content-Disposition", disposition(file_name));
  response.headers.add("Content-Security-Policy",
                       "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; sandbox");
  response.headers.add("Cache-Control", "private, no-store");
}

}  // namespace

Response html_page(html::SafeHtml page, int status) {
  return with_text(std::move(page).str(), "text/html; charset=utf-8", status);
}

Response plain_text(std::string text, int status) {
  return with_text(std::move(text), "text/plain; charset=utf-8", status);
}

Response json(std::string document, int status) { return with_text(std::move(document), "application/json", status); }

int status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::not_found:
      return 404;
    case ErrorKind::forbidden:
      return 403;
    case ErrorKind::invalid:
      return 422;
    case ErrorKind::conflict:
      return 409;
    case ErrorKind::limit:
      return 429;
    case ErrorKind::unavailable:
      return 503;
  }
  return 500;
}

int status_of(const Error& error) {
  if (error.message.key == "problem.media_type") return 415;
  if (error.message.key.starts_with("problem.form.")) return 400;
  if (error.message.key.starts_with("problem.api.request.")) return 400;
  if (error.message.key == "problem.api.changed") return 412;
  return status_of(error.kind);
}

Response problem(const Error& error, const html::Phrasebook& phrases, std::string_view request_id) {
  return problem(error, status_of(error), phrases, request_id);
}

Response problem(const Error& error, int status, const html::Phrasebook& phrases, std::string_view request_id) {
  boost::json::object document;
  document["type"] = "/problems/" + error.message.key;
  document["title"] = phrases.text(error.message);
  document["status"] = status;
  document["request_id"] = request_id;
  if (!error.fields.empty()) {
    boost::json::array fields;
    for (const FieldError& field : error.fields) {
      fields.push_back(boost::json::object{{"field", field.field}, {"message", phrases.text(field.message)}});
    }
    document["errors"] = std::move(fields);
  }
  return with_text(boost::json::serialize(document), "application/problem+json", status);
}

Response api_problem(const Error& error, int status, const html::Phrasebook& phrases, std::string_view request_id) {
  boost::json::object document;
  document["type"] = "/problems/" + error.message.key;
  const std::string title = "problem.api.title." + std::to_string(status);
  document["title"] = phrases.text(phrases.has(title) ? title : "problem.api.title.500");
  document["status"] = status;
  document["detail"] = phrases.text(error.message);
  document["request_id"] = request_id;
  if (!error.fields.empty()) {
    boost::json::array fields;
    for (const FieldError& field : error.fields) {
      const bool parameter = field.field.starts_with('?');
      std::string place = parameter ? field.field.substr(1) : field.field;
      if (!parameter && !place.empty() && !place.starts_with('/')) place.insert(0, "/");
      fields.push_back(
          boost::json::object{{parameter ? "parameter" : "pointer", place}, {"detail", phrases.text(field.message)}});
    }
    document["errors"] = std::move(fields);
  }
  return with_text(boost::json::serialize(document), "application/problem+json", status);
}

Response see_other_site(const std::string& address) {
  const bool http = address.starts_with("https://") || address.starts_with("http://");
  const bool plain = std::all_of(address.begin(), address.end(), [](char c) { return c > ' ' && c < 127; });
  if (!http || !plain) throw std::invalid_argument("not an address to send anybody to");
  Response response;
  response.status = 303;
  response.headers.add("Location", address);
  return response;
}

bool is_local_path(std::string_view path) { return html::is_local_path(path); }

Response see_other(std::string_view local_path) {
  Response response;
  response.status = 303;
  response.headers.add("Location", std::string(is_local_path(local_path) ? local_path : "/"));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Response attachment(std::string bytes, std::string_view media_type, std::string_view file_name) {
  Response response;
  mark_as_download(response, media_type, file_name);
  response.body = std::move(bytes);
  return response;
}

Response streamed(std::shared_ptr<BodySource> source, std::string_view media_type, std::string_view file_name) {
  Response response;
  mark_as_download(response, media_type, file_name);
  response.body = std::move(source);
  return response;
}

}  // namespace bursary::web
